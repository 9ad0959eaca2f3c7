package dev.llmconfig.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.testing.LatePrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the public host does with the repository. Only that host can run it whole; here are its
/// syntax, what it calls, and the steps that decide.
class WorkflowsIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path RELEASE = ROOT.resolve(".github/workflows/release.yaml");
  private static final Pattern PINNED =
      Pattern.compile("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

  @TempDir private Path folder;

  private record Ran(int exit, String output) {}

  @Test
  void theHostUnderstandsThem() throws IOException {
    var lint = LatePrograms.find("actionlint");
    for (var workflow : workflows()) {
      assertThat(run(ROOT, "", lint, workflow.toString())).isEqualTo(new Ran(0, ""));
    }

    var wrong = folder.resolve("wrong.yaml");
    Files.writeString(
        wrong, Files.readString(RELEASE).replace("steps.push.outputs", "steps.pull.outputs"));
    assertThat(run(ROOT, "", lint, wrong.toString()))
        .satisfies(
            ran -> assertThat(ran.exit()).isEqualTo(1),
            ran -> assertThat(ran.output()).contains("property \"pull\" is not defined"));
  }

  @Test
  void noActionChangesBehindOurBack() throws IOException {
    for (var workflow : workflows()) {
      assertThat(Files.readString(workflow).lines().filter(line -> line.contains("uses:")))
          .isNotEmpty()
          .allMatch(line -> PINNED.matcher(line.replaceFirst(".*uses: *", "")).matches());
    }
  }

  @Test
  void whatTheyMakeIsThere() throws IOException {
    var targets = new TreeSet<String>();
    for (var workflow : workflows()) {
      Pattern.compile("run: make ([\\w-]+)")
          .matcher(Files.readString(workflow))
          .results()
          .forEach(target -> targets.add(target.group(1)));
    }

    assertThat(targets).containsExactly("release-dry-run");
    assertThat(Files.readString(ROOT.resolve("Makefile"))).contains("\nrelease-dry-run:");
    assertThat(ROOT.resolve(".ci/run")).isExecutable();
  }

  @Test
  void aTagThatIsNotTheVersionIsRefused() throws IOException {
    var step = step("build", "The tag is the version");
    var version = version();

    assertThat(run(ROOT, "v" + version, "bash", "-e", "-c", step).exit()).isZero();
    assertThat(run(ROOT, version, "bash", "-e", "-c", step).exit()).isNotZero();
    assertThat(run(ROOT, "v9.9.9", "bash", "-e", "-c", step).exit()).isNotZero();
  }

  @Test
  void twoCopiesThatDifferAreRefused() throws Exception {
    var step = step("publish", "Both copies are one");
    for (var copy : List.of("release-one", "release-two")) {
      Files.createDirectory(folder.resolve(copy));
      Files.writeString(folder.resolve(copy).resolve("a.jar"), "the same");
      sum(copy);
    }
    assertThat(run(folder, "", "bash", "-e", "-c", step)).isEqualTo(new Ran(0, "a.jar: OK\n"));

    Files.writeString(folder.resolve("release-one/a.jar"), "another");
    assertThat(run(folder, "", "bash", "-e", "-c", step).output()).contains("a.jar: FAILED");

    sum("release-one");
    assertThat(run(folder, "", "bash", "-e", "-c", step).output()).contains("differ");
  }

  private void sum(String copy) throws IOException {
    run(folder.resolve(copy), "", "bash", "-e", "-c", "sha256sum a.jar >SHA256SUMS");
  }

  private static List<Path> workflows() throws IOException {
    try (var files = Files.list(RELEASE.getParent())) {
      return files.sorted().toList();
    }
  }

  private static String step(String job, String name) throws IOException {
    var steps =
        YAMLMapper.builder()
            .build()
            .readTree(Files.readString(RELEASE))
            .at("/jobs/" + job + "/steps");
    return steps
        .valueStream()
        .filter(step -> step.path("name").asText().equals(name))
        .map(step -> step.path("run").asText())
        .findFirst()
        .orElseThrow();
  }

  private static String version() throws IOException {
    var poms = Pattern.compile("(?m)^  <version>(.*)</version>$");
    return poms.matcher(Files.readString(ROOT.resolve("pom.xml")))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static Ran run(Path where, String tag, String... words) throws IOException {
    var builder = new ProcessBuilder(words).directory(where.toFile()).redirectErrorStream(true);
    builder.environment().put("GITHUB_REF_NAME", tag);
    var process = builder.start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Ran(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
