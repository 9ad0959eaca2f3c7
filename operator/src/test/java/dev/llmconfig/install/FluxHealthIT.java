package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What Flux says of our objects. The engine is that of the API server, which is the same as Flux's
/// own: a policy has the expressions, refuses every object, and its message is their result.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class FluxHealthIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KINDS = "healthcases.tests.llmconfig.dev";
  private static final Duration SOON = Duration.ofSeconds(60);

  private String space;

  /// A kind that takes anything, so that an object of ours fits into it in whatever state it is.
  private static final String KIND =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: %s}
      spec:
        group: tests.llmconfig.dev
        names: {kind: HealthCase, plural: healthcases, singular: healthcase}
        scope: Namespaced
        versions:
        - name: v1
          served: true
          storage: true
          schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      """
          .formatted(KINDS);

  @BeforeAll
  void ask(ControlPlane plane) {
    space = plane.namespace();
    kubectl(KIND, "apply", "-f", "-").orFail();
    kubectl("", "wait", "crd/" + KINDS, "--for=condition=Established", "--timeout=30s").orFail();
    kubectl(policy(), "apply", "-f", "-").orFail();
    await("the policy to be in force")
        .atMost(SOON)
        .until(() -> !answer(HealthCase.ALL.getFirst().object()).contains("dry run"));
  }

  @AfterAll
  void forget() {
    kubectl(policy(), "delete", "-f", "-", "--ignore-not-found").orFail();
    kubectl("", "delete", "crd", KINDS, "--ignore-not-found").orFail();
  }

  @TestFactory
  Stream<DynamicTest> healthIsAsDocumented() {
    return HealthCase.ALL.stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.object(),
                () -> assertThat(answer(one.object())).endsWith("health is " + one.flux())));
  }

  @Test
  void bothKindsAreJudgedAlike() {
    assertThat(expressions("ModelConfig")).isEqualTo(without(expressions("ApiKeyConfig")));
  }

  private static JsonNode without(JsonNode ofKeys) {
    return ((ObjectNode) ofKeys.deepCopy()).put("kind", "ModelConfig");
  }

  private static JsonNode expressions(String kind) {
    try {
      var flux =
          Yaml.documents(Files.readString(Chart.FILES.resolveSibling("gitops/flux.yaml"))).stream()
              .filter(object -> object.at("/spec").has("healthCheckExprs"))
              .findFirst()
              .orElseThrow();
      return StreamSupport.stream(flux.at("/spec/healthCheckExprs").spliterator(), false)
          .filter(one -> one.path("kind").asText().equals(kind))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// In Flux's order: what failed is failed, whatever else it is. An object's parts have the names
  /// there that the loops give them here.
  private static String policy() {
    var of = expressions("ApiKeyConfig");
    var result =
        "[object.of.metadata].map(metadata, [object.of.spec].map(spec,"
            + " [object.of.status].map(status,"
            + " (%s) ? 'Failed' : (%s) ? 'Current' : 'InProgress')[0])[0])[0]"
                .formatted(of.path("failed").asText(), of.path("current").asText());
    var policy =
        Yaml.documents(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: healthcases}
                spec:
                  failurePolicy: Fail
                  matchConstraints:
                    resourceRules:
                    - {apiGroups: [tests.llmconfig.dev], apiVersions: [v1], operations: [CREATE], resources: [healthcases]}
                """)
            .getFirst();
    ((ObjectNode) policy.path("spec"))
        .putArray("validations")
        .addObject()
        .put("expression", "false")
        .put("messageExpression", "'health is ' + " + result);
    return policy
        + "\n---\n"
        + """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: healthcases}
        spec: {policyName: healthcases, validationActions: [Deny]}
        """;
  }

  /// A spec is required, and a status has a default: both are always there.
  private String answer(String object) {
    var whole = JSON.createObjectNode();
    whole.putObject("spec");
    whole.putObject("status").put("observedGeneration", -1);
    whole.setAll((ObjectNode) Yaml.documents(object).getFirst());
    var asked =
        JSON.createObjectNode()
            .put("apiVersion", "tests.llmconfig.dev/v1")
            .put("kind", "HealthCase");
    asked.putObject("metadata").put("name", "one").put("namespace", space);
    asked.set("of", whole);
    return kubectl(asked.toString(), "create", "--dry-run=server", "-f", "-").output().strip();
  }

  private static Program kubectl(String input, String... words) {
    return Program.run(
        input, Stream.concat(Stream.of("kubectl"), Stream.of(words)).toArray(String[]::new));
  }
}
