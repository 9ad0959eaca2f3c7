package dev.llmconfig.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// All that a release of this build would publish, made twice in two folders of two clones. That
/// two builds of the jar are one is seen by the release's own workflow, which builds it twice.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class DryRunIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> ANY_VERSION =
      List.of(
          "SHA256SUMS",
          "changelog.md",
          "crds.yaml",
          "install-namespaced.yaml",
          "install.yaml",
          "llm-config-operator-VERSION-ARCHITECTURE.tar",
          "llm-config-operator-VERSION.jar",
          "llm-config-operator-VERSION.tgz",
          "llm-config-operator-image-ARCHITECTURE.cdx.json",
          "llm-config-operator-jar.cdx.json",
          "llm-config-operator-playground.cdx.json");

  @TempDir private static Path folder;

  private CommittedCopy checkout;
  private Path release;
  private BuiltImage image;

  @BeforeAll
  void release() throws IOException, InterruptedException {
    checkout = CommittedCopy.in(Files.createDirectories(folder.resolve("one/checkout")));
    release = checkout.released(folder.resolve("one/release"));
    image = BuiltImage.unpacked(named("llm-config-operator-[^/]*\\.tar"), folder);
  }

  @Test
  void isWholeAndHasTheSameBytesInAnotherFolder() throws IOException, InterruptedException {
    var other = CommittedCopy.in(Files.createDirectories(folder.resolve("another/of/it")));
    var again = other.released(folder.resolve("again"));

    assertThat(names(release))
        .extracting(name ->
            name.replaceAll("(amd64|arm64)", "ARCHITECTURE")
                .replaceAll(
                    "operator-[0-9][^/]*?(?=(-ARCHITECTURE)?\\.(tar|jar|tgz)$)",
                    "operator-VERSION"))
        .containsExactlyInAnyOrderElementsOf(ANY_VERSION);
    assertThat(names(again)).isEqualTo(names(release));
    for (var name : names(release)) {
      assertThat(Files.mismatch(release.resolve(name), again.resolve(name))).as(name).isEqualTo(-1);
    }
  }

  @Test
  void itsSumsAreThoseOfItsFiles() throws IOException, InterruptedException {
    var sums = Files.readAllLines(release.resolve("SHA256SUMS"));

    assertThat(sums).hasSize(ANY_VERSION.size() - 1);
    assertThat(sums)
        .containsExactlyInAnyOrderElementsOf(
            Sbom.hashes(release, file -> Files.isRegularFile(file) && !file.endsWith("SHA256SUMS"))
                .entrySet()
                .stream()
                .map(one -> one.getValue() + "  " + one.getKey())
                .toList());
  }

  @Test
  void anUncommittedFileRefusesIt() throws IOException, InterruptedException {
    var stray = Files.writeString(checkout.folder().resolve("notes.txt"), "later");
    try {
      var said = checkout.run("bin/release", "--no-build", "--output", folder + "/refused");

      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.text())
          .contains("commit them", "git stash --include-untracked", "?? notes.txt");
      assertThat(folder.resolve("refused")).doesNotExist();
    } finally {
      Files.delete(stray);
    }
  }

  /// What the build writes into the jar tells no time and no place; libraries keep their own times.
  @Test
  void theJarTellsNeitherWhenNorWhereItWasBuilt() throws IOException {
    var times = new TreeSet<LocalDateTime>();
    var here = Path.of("..").toAbsolutePath().normalize().toString();
    try (var jar = new JarFile(named("llm-config-operator-[^/]*\\.jar").toFile())) {
      for (var entry : jar.stream().toList()) {
        if (entry.getName().matches("(dev/llmconfig|webui)/.*|META-INF/MANIFEST.MF")) {
          times.add(entry.getTimeLocal());
          var bytes = jar.getInputStream(entry).readAllBytes();
          assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
              .as(entry.getName())
              .doesNotContain(here);
        }
      }
    }
    assertThat(times).as("one time, that of the POM").hasSize(1);
  }

  @Test
  void theChartIsThatOfTheCheckout() throws IOException, InterruptedException {
    var archive = named("llm-config-operator-[^/]*\\.tgz").toString();

    assertThat(rendered(archive))
        .contains("kind: Deployment")
        .isEqualTo(rendered("helm/llm-config-operator"));
  }

  @Test
  void theManifestsAreThoseOfKustomizeAndNameTheirNamespace() throws IOException {
    for (var base : List.of("default", "namespaced")) {
      var file = base.equals("default") ? "install.yaml" : "install-namespaced.yaml";
      assertThat(Files.readString(release.resolve(file)))
          .startsWith("apiVersion: v1\nkind: Namespace\n")
          .endsWith(Files.readString(Path.of("../helm/kustomize", base, "install.yaml")));
    }
    assertThat(Files.readString(release.resolve("crds.yaml")))
        .contains("name: apikeyconfigs.llmconfig.dev", "name: modelconfigs.llmconfig.dev");
    assertThat(Files.readString(release.resolve("changelog.md"))).contains("### Added\n- ");
  }

  @Test
  void theBillOfTheImageNamesEveryJarAndNoOther() throws IOException {
    var jars = Sbom.hashes(image.root().resolve("app"), file -> file.toString().endsWith(".jar"));

    assertThat(ofTheImage().components("maven").map(Sbom::hash))
        .containsExactlyInAnyOrderElementsOf(jars.values());
    assertThat(jars).hasSizeGreaterThan(70);
  }

  @Test
  void theBillOfTheJarNamesTheSameLibraries() throws IOException {
    var libraries =
        Sbom.hashes(Path.of("target/image/lib"), file -> file.toString().endsWith(".jar"));

    assertThat(bill("jar").components("maven").map(Sbom::hash))
        .containsExactlyInAnyOrderElementsOf(libraries.values());
  }

  @Test
  void everyBillNamesThePackagesOfThePageAndNoTool() throws IOException {
    var webui = Path.of("src/main/webui");
    var locked = JSON.readTree(webui.resolve("package-lock.json").toFile()).path("packages");
    var direct = JSON.readTree(webui.resolve("package.json").toFile()).path("dependencies");
    for (var bill : List.of(bill("playground"), bill("jar"), ofTheImage())) {
      var packages = bill.components("npm").toList();

      assertThat(packages)
          .extracting(one -> one.path("name").asText())
          .containsAll(direct.propertyStream().map(one -> one.getKey()).toList());
      assertThat(packages)
          .allSatisfy(one -> {
            var lock = locked.path("node_modules/" + one.path("name").asText());
            assertThat(lock.path("version")).isEqualTo(one.path("version"));
            assertThat(lock.path("dev").asBoolean()).isFalse();
          });
    }
  }

  @Test
  void theBillOfTheImageNamesEveryFileOfMachineCode() throws IOException {
    assertThat(ofTheImage().files())
        .isEqualTo(Sbom.hashes(image.root(), Sbom::machineCode))
        .containsKeys("app/native/libsqlitejdbc.so", "jre/lib/server/libjvm.so");
    assertThat(ofTheImage().components().map(one -> one.path("name").asText()))
        .contains("sqlite", "libc6", "temurin-jdk");
  }

  @Test
  void everyPartHasAVersionALicenceAHashAndAnAddress() throws IOException {
    var bills = List.of(bill("playground"), bill("jar"), ofTheImage());

    assertThat(bills)
        .allSatisfy(bill -> {
          assertThat(bill.json().has("serialNumber")).isFalse();
          assertThat(bill.json().at("/metadata/timestamp").asText()).isEqualTo(CommittedCopy.TIME);
        });
    assertThat(bills.stream().flatMap(Sbom::components)).allSatisfy(DryRunIT::isWhole);
  }

  private static void isWhole(JsonNode part) {
    var name = part.path("name").asText();
    assertThat(part.path("version").asText()).as(name).matches("[0-9].*");
    assertThat(part.path("purl").asText()).as(name).matches("pkg:[a-z]+/.+@[0-9].*");
    assertThat(Sbom.hash(part)).as(name).matches("[0-9a-f]{64}|[0-9a-f]{128}");
    assertThat(part.path("licenses")).as(name).isNotEmpty();
  }

  private String rendered(String chart) throws IOException, InterruptedException {
    var said = checkout.run("helm", "template", "llm", chart, "--namespace=llm");
    assertThat(said.exit()).as(said.text()).isZero();
    return said.text();
  }

  private Sbom ofTheImage() throws IOException {
    return Sbom.read(named("llm-config-operator-image-[^/]*"));
  }

  private Sbom bill(String of) throws IOException {
    return Sbom.read(release.resolve("llm-config-operator-" + of + ".cdx.json"));
  }

  private Path named(String pattern) throws IOException {
    return release.resolve(
        names(release).stream().filter(name -> name.matches(pattern)).findFirst().orElseThrow());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
