package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Somebody with two terminals, who follows a page: one for the server, one for everything else.
/// `llmconfig` is what was just compiled.
final class OwnMachineReader implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern PRINTED = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/#login=");

  private final Path folder;
  private final Path programs;
  private @Nullable Process server;
  private String port = ":8080";
  private int terminals;

  OwnMachineReader(Path folder, Path programs) throws IOException {
    this.folder = folder;
    this.programs = programs;
    var flags = Files.readAllLines(Document.root().resolve("bin/jvm.options"));
    var java =
        "exec '%s/bin/java' -XX:TieredStopAtLevel=1 %s -cp '%s' dev.llmconfig.cli.Main \"$@\"\n"
            .formatted(
                System.getProperty("java.home"),
                String.join(" ", flags.stream().filter(flag -> flag.startsWith("-")).toList()),
                ours());
    var program = Files.writeString(programs.resolve("llmconfig"), "#!/bin/sh\n" + java);
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  /// Without the tests, whose log goes to the output.
  private static String ours() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// What the commands print, and their errors; they have to succeed.
  String run(String commands) throws IOException, InterruptedException {
    var said = Files.createTempFile(programs, "said", ".txt");
    var process = shell(commands.replace(":8080", port), said).start();
    var ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    var text = Files.readString(said);
    assertThat(ended).as("it ends: %s", text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  /// In the other terminal; what it has said when it serves.
  String serve(String commands) throws IOException {
    stop();
    var said = Files.createFile(programs.resolve("terminal-" + terminals++));
    var started = shell(commands, said).start();
    server = started;
    await("the address to sign in at")
        .atMost(PATIENCE)
        .until(() -> {
          assertThat(started.isAlive()).as("%s", Files.readString(said)).isTrue();
          return PRINTED.matcher(Files.readString(said)).find();
        });
    var text = Files.readString(said);
    var printed = PRINTED.matcher(text);
    assertThat(printed.find()).isTrue();
    port = ":" + printed.group(1);
    return text;
  }

  /// As Ctrl-C does it.
  void stop() {
    var running = server;
    server = null;
    if (running == null) {
      return;
    }
    var java = running.descendants().toList();
    (java.isEmpty() ? List.of(running.toHandle()) : java).forEach(ProcessHandle::destroy);
    await("the server to end").atMost(PATIENCE).until(() -> !running.isAlive());
    assertThat(running.exitValue()).as("ended as asked").isZero();
  }

  private ProcessBuilder shell(String commands, Path said) {
    var builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(said.toFile());
    var environment = builder.environment();
    environment
        .keySet()
        .removeIf(name ->
            name.startsWith("LLMCONFIG_")
                || name.startsWith("ENCRYPTION_KEY")
                || name.endsWith("_API_KEY")
                || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    environment.put("PATH", programs + ":" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("LLMCONFIG_LISTEN", "127.0.0.1:0");
    // Nobody is asked: a test sends nothing to a provider.
    environment.put("HTTPS_PROXY", "http://127.0.0.1:1");
    return builder;
  }

  @Override
  public void close() {
    var running = server;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
  }
}
