package dev.llmconfig.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/// How the client reads and writes our types.
class BeansTest {

  private final KubernetesSerialization client = new KubernetesSerialization();

  /// One object that an operator cannot read ends the watch of all.
  @Test
  void fieldsOfANewerVersionAreReadOver() {
    var config =
        client.unmarshal(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ApiKeyConfig
            metadata: {name: a}
            spec: {provider: Echo, colour: blue, models: {colour: blue}}
            status: {colour: blue}
            """,
            ApiKeyConfig.class);

    assertThat(config.getSpec().getProvider()).hasToString("Echo");
  }

  /// With server-side apply a null claims the field and takes its value away.
  @Test
  void whatIsUnsetIsNotWritten() {
    var config =
        client.unmarshal(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ApiKeyConfig
            metadata: {name: a}
            spec: {provider: Echo, models: {allow: []}}
            """,
            ApiKeyConfig.class);

    assertThat(client.asJson(config))
        .isEqualTo(
            """
            {"apiVersion":"llmconfig.dev/v1alpha1","kind":"ApiKeyConfig","metadata":{"name":"a"},\
            "spec":{"provider":"Echo","models":{"allow":[]}}}\
            """);
  }
}
