package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The chart with many values, rendered by the real helm; the API server is asked about every
/// object.
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class ChartIT {

  private static final Path RESOURCES = Path.of("src/test/resources/install");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ControlPlane plane;
  private Chart chart;
  private List<ValueSet> sets;
  private final Map<String, List<JsonNode>> rendered = new HashMap<>();

  @BeforeAll
  void join(ControlPlane plane, @TempDir Path folder) {
    this.plane = plane;
    chart = Chart.in(folder, "llm", plane.namespace());
    sets =
        ValueSet.all(
            Map.of(
                "F", "llm",
                "H", plane.namespace(),
                "A", "default",
                "B", "kube-public",
                "APP", Yaml.read(Chart.FILES.resolve("Chart.yaml")).path("appVersion").asText()));
  }

  @TestFactory
  Stream<DynamicTest> valuesBecomeWhatTheyShould() {
    assertThat(sets).hasSizeGreaterThanOrEqualTo(25);
    return sets.stream()
        .map(set ->
            DynamicTest.dynamicTest(
                set.name(),
                () -> {
                  var text = chart.text(set.values());
                  assertThat(chart.text(set.values())).as("a second rendering").isEqualTo(text);
                  assertThat(set.unmet(Yaml.documents(text))).isEmpty();
                }));
  }

  @TestFactory
  Stream<DynamicTest> whatDoesNotGoTogetherIsRefusedWithTheRemedy() {
    return StreamSupport.stream(
            Yaml.read(RESOURCES.resolve("refused-values.yaml")).spliterator(), false)
        .map(one ->
            DynamicTest.dynamicTest(
                one.path("values").toString(),
                () ->
                    assertThat(chart.refuses(one.path("values")))
                        .contains(one.path("says").asText())));
  }

  /// The names of releases are wider than those of Services.
  @TestFactory
  Stream<DynamicTest> whateverTheReleaseIsCalledItsObjectsMayBeCalledSo() {
    var long49 = "a".repeat(49);
    return Map.of(
            "my.release", "my-release", long49 + ".aaa", long49, long49 + "--b", long49, "on", "on")
        .entrySet()
        .stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name.getKey(),
                () -> {
                  var release =
                      new Chart(chart.helm(), chart.folder(), name.getKey(), plane.namespace());
                  var objects = release.objects(JSON.createObjectNode());
                  assertThat(objects.stream().map(ValueSet::id))
                      .contains("Deployment/" + name.getValue());
                  try (var kubectl = Kubectl.admin()) {
                    accepted(kubectl, objects);
                  }
                }));
  }

  @Test
  void aNameThatNoServiceMayHaveIsRefused(@TempDir Path folder) {
    assertThat(Chart.in(folder, "1abc", "home").refuses(JSON.createObjectNode()))
        .contains("set fullnameOverride to a name that begins with a letter");
  }

  /// The page of the commands is what they say of themselves.
  @Test
  void everyArgumentIsAnOptionOfItsCommand() throws IOException {
    var page = Files.readString(Path.of("../docs/reference/cli.md"));
    for (var set : sets) {
      for (var object : objects(set)) {
        for (var container : object.at("/spec/template/spec/containers")) {
          var command = container.path("args").path(0).asText();
          var options = page.split("### `llmconfig " + command + "`\n", 2)[1].split("\n### ", 2)[0];
          for (var argument : container.path("args")) {
            if (!argument.asText().equals(command)) {
              assertThat(options)
                  .as("%s, of %s", command, set.name())
                  .contains("| `" + argument.asText().split("=", 2)[0] + " ");
            }
          }
        }
      }
    }
  }

  /// Whatever the values are.
  @Test
  void theSidecarIsMountedNoToken() {
    var looked = 0;
    for (var set : sets) {
      for (var object : objects(set)) {
        var pod = object.at("/spec/template/spec");
        for (var container : pod.path("containers")) {
          if (container.path("name").asText().equals("sidecar")) {
            var mounted = container.path("volumeMounts").findValuesAsText("name");
            for (var volume : pod.path("volumes")) {
              if (mounted.contains(volume.path("name").asText())) {
                assertThat(volume.findValues("serviceAccountToken")).as(set.name()).isEmpty();
              }
            }
            looked++;
          }
        }
        if (!pod.isMissingNode()) {
          assertThat(pod.path("automountServiceAccountToken").asText()).isEqualTo("false");
        }
      }
    }
    assertThat(looked).isGreaterThan(20);
  }

  @Test
  void holdsNoKeyMaterial() {
    assertThat(sets)
        .allSatisfy(set ->
            assertThat(objects(set))
                .noneMatch(object -> object.path("kind").asText().equals("Secret")));
  }

  @Test
  void lintersFindNothingThatIsNotExplained() {
    var explained = Yaml.read(RESOURCES.resolve("findings.yaml")).valueStream().toList();
    var findings =
        sets.stream().flatMap(set -> Finding.in(set.name(), objects(set)).stream()).toList();

    assertThat(sets).allSatisfy(set -> chart.lints(set.values()));
    assertThat(findings)
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(explained).anyMatch(finding::explainedBy));
    assertThat(explained)
        .allSatisfy(line -> assertThat(findings).anyMatch(one -> one.explainedBy(line)));
  }

  /// By the schemas of this API server, as somebody's pipeline would look who has no cluster at
  /// hand.
  @Test
  void everyObjectIsWhatItsKindSays(@TempDir Path folder) throws IOException {
    try (var kubectl = Kubectl.admin()) {
      installKindsOfOthers(kubectl);
      var schemas =
          await("the kinds of others in the server's document")
              .atMost(Duration.ofSeconds(30))
              .until(
                  () -> kubectl.run("get", "--raw", "/openapi/v2"),
                  document -> document.contains("\"ServiceMonitor\""));
      var kinds = KindSchemas.of(schemas, folder);
      var broken = objects(sets.getFirst()).getFirst().deepCopy();
      ((ObjectNode) broken.path("metadata")).put("nmae", "x");

      assertThat(kinds.refuse(List.of(broken))).singleElement().asString().contains("nmae");
      assertThat(sets)
          .allSatisfy(set -> assertThat(kinds.refuse(objects(set))).as(set.name()).isEmpty());
    }
  }

  private static void installKindsOfOthers(Kubectl kubectl) {
    var file = RESOURCES.resolve("crds-of-others.yaml").toString();
    kubectl.run("apply", "-f", file);
    kubectl.run("wait", "--for=condition=Established", "--timeout=30s", "-f", file);
  }

  /// All objects of all sets at once; nothing is stored.
  @Test
  void theApiServerAcceptsEveryObjectUnderTheStrictestPodSecurity() throws IOException {
    Crds.install(plane);
    try (var kubectl = Kubectl.admin()) {
      installKindsOfOthers(kubectl);
      kubectl.run(
          "label", "namespace", plane.namespace(), "pod-security.kubernetes.io/enforce=restricted");
      accepted(kubectl, sets.stream().flatMap(set -> objects(set).stream()).toList());
    }
  }

  private void accepted(Kubectl kubectl, List<JsonNode> rendered) throws IOException {
    Set<JsonNode> objects = new LinkedHashSet<>();
    for (var object : rendered) {
      objects.add(
          object.path("kind").asText().equals("Pod")
              ? pod(object.path("spec"), objects.size())
              : object);
      if (object.path("kind").asText().equals("Deployment")) {
        objects.add(pod(object.at("/spec/template/spec"), objects.size()));
      }
    }
    var list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    list.putArray("items").addAll(objects);
    var file = Files.writeString(chart.folder().resolve("objects.json"), list.toString());

    var said = kubectl.run("apply", "--dry-run=server", "--validate=strict", "-f", file.toString());

    assertThat(said.lines().filter(line -> !line.startsWith("Warning: resource ")))
        .hasSize(objects.size())
        .allMatch(line -> line.endsWith("(server dry run)"));
  }

  /// Each set once: what only looks at the objects need not wait for helm.
  private List<JsonNode> objects(ValueSet set) {
    return rendered.computeIfAbsent(set.name(), _ -> chart.objects(set.values()));
  }

  /// As the Deployment's controller would make it, but that its account need not be there.
  private ObjectNode pod(JsonNode spec, int number) {
    var pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", "pod-" + number).put("namespace", plane.namespace());
    pod.set("spec", ((ObjectNode) spec.deepCopy()).put("serviceAccountName", "default"));
    return pod;
  }
}
