package dev.llmconfig.crd;

import static dev.llmconfig.crd.Objects.apiKeyConfig;
import static dev.llmconfig.crd.Objects.modelConfig;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a platform engineer sees of our kinds at a terminal.
@ExtendWith(ControlPlaneExtension.class)
class KubectlIT {

  private ControlPlane plane;
  private Actor engineer;
  private Kubectl kubectl;

  @BeforeEach
  void engages(ControlPlane joined) {
    plane = joined;
    Crds.install(plane);
    engineer = plane.clusterActor("platform-engineer", Objects.EVERYTHING_OF_OURS);
    kubectl = plane.closedLater(Kubectl.of(engineer));
  }

  @Test
  void oneCategoryListsBothKindsInAllNamespaces() {
    // Given
    create(apiKeyConfig("openai-team-a", "{provider: OpenAI, secretRef: {name: openai-team-a}}"));
    create(modelConfig("support", "{apiKeyRef: {name: openai-team-a}, model: gpt-5-mini}"));

    // When
    var listed = kubectl.run("get", "llm", "-A");

    // Then
    assertThat(listed)
        .containsPattern(plane.namespace() + " +apikeyconfig.llmconfig.dev/openai-team-a +OpenAI")
        .containsPattern(plane.namespace() + " +modelconfig.llmconfig.dev/support +gpt-5-mini");
  }

  @ParameterizedTest
  @ValueSource(strings = {"akc", "apikeyconfig", "apikeyconfigs", "apikeyconfigs.llmconfig.dev"})
  void anApiKeyConfigAnswersToItsNames(String name) {
    create(apiKeyConfig("echo", "{provider: Echo}"));

    assertThat(kubectl.run("get", name, "-o", "name"))
        .isEqualTo("apikeyconfig.llmconfig.dev/echo\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mcfg", "modelconfig", "modelconfigs", "modelconfigs.llmconfig.dev"})
  void aModelConfigAnswersToItsNames(String name) {
    create(modelConfig("support", "{apiKeyRef: {name: echo}, model: echo}"));

    assertThat(kubectl.run("get", name, "-o", "name"))
        .isEqualTo("modelconfig.llmconfig.dev/support\n");
  }

  @Test
  void explainReadsAsDocumentation() {
    assertThat(kubectl.run("explain", "mcfg.spec.parameters"))
        .contains(
            "Parameters of every request.",
            "temperature\t<number>\n    Randomness of the answer, 0 to 2.",
            "extra\t<Object>\n    Further parameters of the provider")
        .doesNotContain("<no description>");
    assertThat(kubectl.run("explain", "akc"))
        .contains("A credential of an LLM provider", "spec\t<Object> -required-");
  }

  @Test
  void columnsOfAnApiKeyConfigShowItsState() {
    // Given
    create(
        apiKeyConfig(
            "openai-team-a",
            "{provider: OpenAI, secretRef: {name: s}, expiresAt: '2027-03-31T00:00:00Z'}"));
    report(
        apiKeyConfig("openai-team-a", "{}"),
        Map.of(
            "maskedKey",
            "sk-***3f9c",
            "modelCount",
            41,
            "usedBy",
            3,
            "endpoint",
            "https://api.openai.com/v1",
            "conditions",
            List.of(condition("Resolved", "SecretFound"), condition("Ready", "Verified"))));

    // When
    var rows = rows(kubectl.run("get", "akc", "-o", "wide"));

    // Then
    assertThat(rows)
        .containsExactly(
            List.of(
                "NAME",
                "PROVIDER",
                "READY",
                "REASON",
                "KEY",
                "MODELS",
                "USED-BY",
                "CHECKED",
                "AGE",
                "ENDPOINT",
                "SOURCE",
                "EXPIRES"),
            // CHECKED is empty: nothing was verified yet.
            List.of(
                "openai-team-a",
                "OpenAI",
                "True",
                "Verified",
                "sk-***3f9c",
                "41",
                "3",
                "<age>",
                "https://api.openai.com/v1",
                "SecretFound",
                "2027-03-31T00:00:00Z"));
  }

  @Test
  void columnsOfAModelConfigShowItsState() {
    // Given
    create(
        modelConfig(
            "support",
            "{apiKeyRef: {name: openai-team-a}, model: gpt-5-mini, isDefault: true, parameters: {temperature: 0.2, maxOutputTokens: 2048}}"));
    report(
        modelConfig("support", "{}"),
        Map.of(
            "agents", "4/5",
            "resolved", Map.of("provider", "OpenAI", "retiresOn", "2027-06-01"),
            "applied", Map.of("mode", "Env", "profile", "openai@1"),
            "conditions", List.of(condition("Ready", "Delivered"))));

    // When
    var rows = rows(kubectl.run("get", "mcfg", "-o", "wide"));

    // Then
    assertThat(rows)
        .containsExactly(
            List.of(
                "NAME",
                "MODEL",
                "PROVIDER",
                "DEFAULT",
                "READY",
                "REASON",
                "AGENTS",
                "AGE",
                "KEY",
                "MODE",
                "PROFILE",
                "TEMP",
                "MAXTOKENS",
                "RETIRES"),
            List.of(
                "support",
                "gpt-5-mini",
                "OpenAI",
                "true",
                "True",
                "Delivered",
                "4/5",
                "<age>",
                "openai-team-a",
                "Env",
                "openai@1",
                "0.2",
                "2048",
                "2027-06-01"));
  }

  @Test
  void theNarrowTableEndsWithTheAge() {
    create(apiKeyConfig("echo", "{provider: Echo}"));
    create(modelConfig("support", "{apiKeyRef: {name: echo}, model: echo}"));

    assertThat(rows(kubectl.run("get", "akc")).getFirst()).endsWith("CHECKED", "AGE");
    assertThat(rows(kubectl.run("get", "mcfg")).getFirst()).endsWith("AGENTS", "AGE");
  }

  @Test
  void objectsAreSelectedByTheFieldsThatPeopleAskFor() {
    create(apiKeyConfig("openai-team-a", "{provider: OpenAI, secretRef: {name: openai-team-a}}"));
    create(apiKeyConfig("echo", "{provider: Echo}"));
    create(modelConfig("support", "{apiKeyRef: {name: openai-team-a}, model: gpt-5-mini}"));
    create(modelConfig("demo", "{apiKeyRef: {name: echo}, model: echo}"));

    assertThat(selected("akc", "spec.provider=OpenAI"))
        .isEqualTo("apikeyconfig.llmconfig.dev/openai-team-a\n");
    assertThat(selected("mcfg", "spec.apiKeyRef.name=echo"))
        .isEqualTo("modelconfig.llmconfig.dev/demo\n");
    assertThat(selected("mcfg", "spec.model=gpt-5-mini"))
        .isEqualTo("modelconfig.llmconfig.dev/support\n");
  }

  private String selected(String kind, String selector) {
    return kubectl.run("get", kind, "--field-selector", selector, "-o", "name");
  }

  private void create(GenericKubernetesResource object) {
    engineer.client().resource(object).inNamespace(plane.namespace()).create();
  }

  private void report(GenericKubernetesResource object, Map<String, Object> status) {
    var stored = engineer.client().resource(object).inNamespace(plane.namespace()).get();
    stored.setAdditionalProperty("status", status);
    engineer.client().resource(stored).updateStatus();
  }

  private static Map<String, String> condition(String type, String reason) {
    return Map.of(
        "type", type,
        "status", "True",
        "reason", reason,
        "message", "As it should be.",
        "lastTransitionTime", "2026-11-20T00:00:00Z");
  }

  private static List<List<String>> rows(String table) {
    return table
        .lines()
        .map(line ->
            Stream.of(line.split(" +"))
                .map(cell -> cell.replaceFirst("^[0-9]+s$", "<age>"))
                .toList())
        .toList();
  }
}
