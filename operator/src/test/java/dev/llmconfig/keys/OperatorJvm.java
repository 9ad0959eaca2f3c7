package dev.llmconfig.keys;

import dev.llmconfig.testing.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The operator as people run it: `bin/llmconfig operator` with the shaded jar, in a process of its
/// own, which can be ended in the middle of anything.
public final class OperatorJvm implements AutoCloseable {

  private static final Path LLMCONFIG =
      Path.of("..", "bin", "llmconfig").toAbsolutePath().normalize();
  private static final String SMALL_DISK =
      """
      data=$1; shift; mkdir -p "$data"
      enter='unshare --mount'
      $enter true 2>/dev/null || enter='unshare --user --map-root-user --mount'
      exec $enter sh -c 'mount -t tmpfs -o size='"$0"' tmpfs "$0" && exec "$@"' "$data" "$@"
      """;
  private static final Pattern LISTEN =
      Pattern.compile("\"listen\":\\s*\"127\\.0\\.0\\.1:(\\d+)\"");
  private static final int PATIENCE_SECONDS = 30;

  private final Process process;
  private final Path log;

  private OperatorJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Watches the namespace of the account, and is at home there.
  ///
  /// @param folder all that it writes is in there
  public static OperatorJvm start(Path folder, Actor account, String ring, String... flags) {
    return start(List.of(), folder, account, ring, flags);
  }

  /// With a disk of its own for the mirror, which nobody else sees: as root, or as root of a
  /// namespace of users, as the control plane does it.
  static OperatorJvm onADiskOf(String size, Path folder, Actor account, String ring) {
    return start(
        List.of("sh", "-c", SMALL_DISK, size, folder.resolve("data").toString()),
        folder,
        account,
        ring);
  }

  private static OperatorJvm start(
      List<String> within, Path folder, Actor account, String ring, String... flags) {
    var command = new ArrayList<>(within);
    command.addAll(
        List.of(
            LLMCONFIG.toString(),
            "operator",
            "--watch-namespaces",
            account.client().getNamespace(),
            "--home-namespace",
            account.client().getNamespace(),
            "--data-dir",
            folder.resolve("data").toString(),
            "--listen",
            "127.0.0.1:0",
            "--log-format",
            "json"));
    command.addAll(List.of(flags));
    try {
      var log = Files.createTempFile(folder, "operator", ".log");
      var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), account.kubeconfig());
      var temporary = Files.createDirectories(folder.resolve("tmp"));
      var builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      var environment = builder.environment();
      environment.remove("ENCRYPTION_KEY_FILE");
      environment.put("ENCRYPTION_KEY", ring);
      environment.put("KUBECONFIG", kubeconfig.toString());
      environment.put("JAVA_HOME", System.getProperty("java.home"));
      // It starts often and lives short.
      environment.put(
          "LLMCONFIG_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + temporary);
      return new OperatorJvm(builder.start(), log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// All that it has said so far.
  String log() throws IOException {
    return Files.readString(log);
  }

  boolean alive() {
    return process.isAlive();
  }

  public boolean runs() throws IOException, InterruptedException {
    return get("/readyz").contains("[+] controllers: ok\n");
  }

  /// What it answers on the port that it says it listens on.
  public String get(String path) throws IOException, InterruptedException {
    var listen = LISTEN.matcher(log());
    if (!listen.find()) {
      throw new IOException("it does not listen yet");
    }
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listen.group(1) + path))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.headers().map() + "\n" + answer.body();
    }
  }

  /// What the system shows of it: `cmdline`, `environ`.
  String proc(String file) throws IOException {
    return Files.readString(
        Path.of("/proc", Long.toString(process.pid()), file), StandardCharsets.ISO_8859_1);
  }

  /// A file or folder as the process sees it, whatever is mounted for it alone.
  Path seen(Path file) {
    return Path.of("/proc/" + process.pid() + "/root" + file.toAbsolutePath());
  }

  /// What the JDK's own tool is told, for example `Thread.print`.
  String ask(String... question) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid())));
    command.addAll(List.of(question));
    var asked = new ProcessBuilder(command).redirectErrorStream(true).start();
    asked.getOutputStream().close();
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// Asks it to end, as the kubelet does, and waits for it.
  int end() {
    process.destroy();
    return exit();
  }

  /// It does nothing any more, and its connections stay open.
  public void freeze() {
    signal("STOP");
  }

  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("No signal " + name + " could be sent.");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /// `kill -9`; it is gone when this returns.
  public void kill() {
    process.destroyForcibly();
    exit();
  }

  private int exit() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("It has not ended after " + PATIENCE_SECONDS + " s.");
      }
      return process.exitValue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the operator was ending.", stopped);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
