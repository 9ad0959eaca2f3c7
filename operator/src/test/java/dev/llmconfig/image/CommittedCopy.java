package dev.llmconfig.image;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The files of this checkout as the one commit of another one, with what was built of them.
record CommittedCopy(Path folder) {

  static final String TIME = "2026-02-03T04:05:06Z";

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> BUILT =
      List.of(
          "llm-config-operator.jar",
          "original-llm-config-operator.jar",
          "libraries.cdx.json",
          "image/lib");

  record Said(int exit, String text) {}

  static CommittedCopy in(Path folder) throws IOException, InterruptedException {
    var files = run(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
    for (var file : files.text().split("\0", -1)) {
      if (Files.isRegularFile(ROOT.resolve(file))) {
        copy(file, folder);
      }
    }
    var copy = new CommittedCopy(folder);
    copy.succeeds("git", "init", "--quiet");
    copy.succeeds("git", "add", "--all");
    copy.succeeds("git", "commit", "--quiet", "--message=chore: what is released");
    for (var built : BUILT) {
      try (var all = Files.walk(ROOT.resolve("operator/target").resolve(built))) {
        all.filter(Files::isRegularFile).forEach(file -> copy(ROOT.relativize(file) + "", folder));
      }
    }
    return copy;
  }

  private static void copy(String file, Path folder) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.copy(ROOT.resolve(file), folder.resolve(file), COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its release, of the jar that this build has made.
  Path released(Path output) throws IOException, InterruptedException {
    succeeds("bin/release", "--no-build", "--output", output + "");
    return output;
  }

  void succeeds(String... words) throws IOException, InterruptedException {
    var said = run(folder, words);
    assertThat(said.exit()).as("%s: %s", words[0], said.text()).isZero();
  }

  Said run(String... words) throws IOException, InterruptedException {
    return run(folder, words);
  }

  private static Said run(Path folder, String... words) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.remove("SOURCE_DATE_EPOCH");
    // Whoever commits here has no name yet, and no hook or key is theirs.
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    for (var role : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + role + "_NAME", "llmconfig");
      environment.put("GIT_" + role + "_EMAIL", "llmconfig@example.com");
      environment.put("GIT_" + role + "_DATE", TIME);
    }
    var process = builder.start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), said);
  }
}
