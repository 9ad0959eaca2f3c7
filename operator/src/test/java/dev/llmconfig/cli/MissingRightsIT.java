package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A right that was forgotten is said where people look, instead of nothing happening.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class MissingRightsIT {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String KEY = RunningOperator.newKey();

  private ControlPlane plane;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
  }

  @Test
  void aWriteThatIsForbiddenIsSaidInTheStatus() throws Exception {
    var account = plane.actor("no-patch", rightsWithout("secrets", "patch"));
    try (var _ = RunningOperator.start(plane, account, KEY)) {
      create();
      await("the first key")
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> condition("Ready").getStatus().equals("True"));

      plane
          .admin()
          .client()
          .secrets()
          .inNamespace(plane.namespace())
          .withName("x")
          .edit(one ->
              new SecretBuilder(one)
                  .withStringData(Map.of("api-key", "sk-rotated-key-0123456789"))
                  .build());

      await("the reason")
          .atMost(SOON)
          .ignoreExceptions()
          .untilAsserted(() -> {
            assertThat(condition("Ready").getReason()).isEqualTo("Forbidden");
            assertThat(condition("Ready").getMessage()).contains("secrets");
            assertThat(condition("Stalled").getStatus()).isEqualTo("True");
          });
    }
  }

  @Test
  void aKeyRingThatCannotBeReadMakesItUnreadyAndSaysSo() throws Exception {
    var account = plane.actor("no-secrets", rightsWithout("secrets", "get"));
    try (var operator = RunningOperator.start(plane, account, KEY)) {
      await("readiness to say it")
          .atMost(SOON)
          .until(() -> operator.get("/readyz").body().contains("could not start"));
      assertThat(operator.get("/readyz").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void whatCannotBeWatchedMakesItUnready() throws Exception {
    var account = plane.actor("no-list", rightsWithout("apikeyconfigs", "list"));
    try (var operator = RunningOperator.start(plane, account, KEY)) {
      await("readiness to say it")
          .atMost(Duration.ofSeconds(60))
          .until(() -> operator.get("/readyz").body().contains("cannot be watched"));
    }
  }

  static PolicyRule[] rightsWithout(String resource, String verb) {
    return Stream.of(RunningOperator.RIGHTS)
        .map(rule ->
            rule.getResources().contains(resource)
                ? new PolicyRuleBuilder(rule).removeFromVerbs(verb).build()
                : rule)
        .toArray(PolicyRule[]::new);
  }

  private void create() {
    var client = plane.admin().client();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName("x")
                .endMetadata()
                .withStringData(Map.of("api-key", "sk-forbidden-key-0123456789"))
                .build())
        .create();
    var config =
        Serialization.unmarshal(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ApiKeyConfig
            metadata: {name: x}
            spec: {provider: OpenAI, secretRef: {name: x}, verification: {mode: Disabled}, models: {discovery: Disabled}}
            """,
            ApiKeyConfig.class);
    config.getMetadata().setNamespace(plane.namespace());
    client.resource(config).create();
  }

  private Condition condition(String type) {
    var conditions =
        plane
            .admin()
            .client()
            .resources(ApiKeyConfig.class)
            .inNamespace(plane.namespace())
            .withName("x")
            .require()
            .getStatus()
            .getConditions();
    return Objects.requireNonNullElse(conditions, List.<Condition>of()).stream()
        .filter(one -> one.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
