package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The material for Argo CD and Flux holds together: what a file names is there, in the order in
/// which it is needed.
class GitOpsFilesTest {

  private static final Path GITOPS = Chart.FILES.resolveSibling("gitops");
  private static final Path ROOT = Path.of("..");

  @Test
  void fluxBeginsWithTheOperator() throws IOException {
    var objects = objects("flux.yaml");
    var operator = named(objects, "Kustomization", "llm-config");
    var agents = named(objects, "Kustomization", "agents");
    var release = named(objects("flux/release.yaml"), "HelmRelease", "llm-config");

    assertThat(agents.at("/spec/dependsOn"))
        .extracting(one -> one.path("name").asText())
        .containsExactly(name(operator));
    // Without waiting, ready would be said of a release that has only been written.
    assertThat(operator.at("/spec/wait").asBoolean()).isTrue();
    for (var one : List.of(operator, agents)) {
      assertThat(one.at("/spec/retryInterval").asText()).as(name(one)).isEqualTo("1m");
    }
    for (var one :
        List.of(operator.at("/spec"), agents.at("/spec"), release.at("/spec/chart/spec"))) {
      var source = one.path("sourceRef");
      assertThat(named(objects, source.path("kind").asText(), source.path("name").asText()))
          .isNotNull();
    }
    assertThat(objects).extracting(GitOpsFilesTest::namespace).containsOnly(namespace(release));
  }

  @Test
  void fluxFindsTheReleaseAndItsChartInThisRepository() throws IOException {
    var operator = named(objects("flux.yaml"), "Kustomization", "llm-config");
    var folder = ROOT.resolve(operator.at("/spec/path").asText());
    var release = named(objects("flux/release.yaml"), "HelmRelease", "llm-config");

    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("release.yaml");
    }
    assertThat(ROOT.resolve(release.at("/spec/chart/spec/chart").asText()).resolve("Chart.yaml"))
        .exists();
    var patch = operator.at("/spec/patches/0");
    assertThat(patch.at("/target/kind").asText()).isEqualTo(release.path("kind").asText());
    assertThat(patch.at("/target/name").asText()).isEqualTo(name(release));
    var add = Yaml.documents("all:\n" + patch.path("patch").asText()).getFirst().at("/all/0");
    assertThat(add.path("path").asText()).isEqualTo("/spec/values");
    values(add.path("value"));
  }

  @Test
  void argoBeginsWithTheOperator() throws IOException {
    var objects = objects("argocd-applications.yaml");
    var config = Yaml.read(GITOPS.resolve("argocd-cm.yaml"));
    var operator = named(objects, "Application", "llm-config");
    var agents = named(objects, "Application", "agents");

    assertThat(objects).hasSize(2);
    assertThat(wave(operator)).isLessThan(wave(agents));
    // What a wave waits for is what there is a script for.
    assertThat(config.path("data").has("resource.customizations.health.argoproj.io_Application"))
        .isTrue();
    assertThat(objects)
        .allSatisfy(one -> {
          assertThat(namespace(one)).isEqualTo(namespace(config));
          assertThat(one.at("/spec/syncPolicy/retry/limit").asInt()).isPositive();
          assertThat(one.at("/spec/syncPolicy/retry/backoff/duration").asText()).isNotEmpty();
        });
    assertThat(ROOT.resolve(operator.at("/spec/source/path").asText()).resolve("Chart.yaml"))
        .exists();
    values(operator.at("/spec/source/helm/valuesObject"));
    assertThat(agents.at("/spec/syncPolicy/syncOptions").toString())
        .contains("SkipDryRunOnMissingResource=true");
  }

  @Test
  void bothToolsAreShownTheSameRepositories() throws IOException {
    assertThat(
            objects("flux.yaml").stream()
                .filter(one -> one.path("kind").asText().equals("GitRepository"))
                .map(one -> name(one) + " " + one.at("/spec/url").asText()))
        .containsExactlyElementsOf(
            objects("argocd-applications.yaml").stream()
                .map(one -> name(one) + " " + one.at("/spec/source/repoURL").asText())
                .toList());
  }

  private static void values(JsonNode given) {
    var known = Yaml.read(Chart.FILES.resolve("values.yaml"));
    assertThat(given.propertyStream().map(one -> one.getKey())).isNotEmpty().allMatch(known::has);
  }

  private static List<JsonNode> objects(String file) throws IOException {
    return Yaml.documents(Files.readString(GITOPS.resolve(file)));
  }

  private static JsonNode named(List<JsonNode> objects, String kind, String name) {
    return objects.stream()
        .filter(one -> one.path("kind").asText().equals(kind) && name(one).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + kind + " " + name));
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  private static String namespace(JsonNode object) {
    return object.at("/metadata/namespace").asText();
  }

  private static int wave(JsonNode object) {
    return Integer.parseInt(
        object.at("/metadata/annotations").path("argocd.argoproj.io/sync-wave").asText());
  }
}
