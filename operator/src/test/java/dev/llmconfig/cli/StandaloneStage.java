package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.domain.Validated;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A process without a cluster for each scenario, in a folder of its own, and a provider for all.
final class StandaloneStage implements Scenarios.Stage, AutoCloseable {

  private static final String TOKEN = "a-token-for-scripts-0123456789";
  private static final String FOLDER = "{folder}";

  private final Path directory;
  private final PlayedProvider provider = new PlayedProvider();
  private final TreeMap<String, String> flags = new TreeMap<>();
  private final TreeMap<String, String> environment = new TreeMap<>();
  private final StringWriter said = new StringWriter();
  private @Nullable StandaloneProcess process;
  private int scenarios;

  StandaloneStage(Path directory) {
    this.directory = directory;
  }

  @Override
  public Object answer(String question, JsonNode with) throws Exception {
    var provided = provider.answer(question, with);
    if (provided.isPresent()) {
      return provided.get();
    }
    return switch (question) {
      case "start" -> {
        stop();
        provider.forget();
        anew(with);
        yield begin();
      }
      case "stop" -> {
        stop();
        yield true;
      }
      case "again" -> {
        stop();
        set(with);
        yield begin();
      }
      case "login" -> Map.of("login", running().loginUrl());
      case "file" -> Files.readString(folder().resolve(with.path("name").asText()));
      case "files" -> {
        write(with);
        yield true;
      }
      case "llmconfig" ->
          Run.of(
                  "",
                  with.path("arguments")
                      .valueStream()
                      .map(one -> one.asText().replace(FOLDER, folder().toString()))
                      .toArray(String[]::new))
              .out();
      default -> throw new IllegalArgumentException("this stage knows no " + question);
    };
  }

  private Path folder() {
    return directory.resolve("scenario-" + scenarios);
  }

  private void anew(JsonNode with) throws IOException {
    scenarios++;
    Files.createDirectories(folder());
    flags.clear();
    environment.clear();
    flags.put("--data-dir", folder().resolve("data").toString());
    flags.put("--listen", "127.0.0.1:0");
    flags.put("--env-file", folder().resolve(".env").toString());
    flags.put("--config", folder().resolve("default.yaml").toString());
    environment.put("LLMCONFIG_TOKEN", TOKEN);
    write(with);
    set(with);
  }

  /// A file without a text is taken away.
  private void write(JsonNode with) throws IOException {
    for (var file : with.path("files").properties()) {
      var path = folder().resolve(file.getKey());
      if (file.getValue().isNull()) {
        Files.delete(path);
      } else {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue().asText());
      }
    }
  }

  /// `{folder}` in a flag is the folder of the scenario; a flag without a value is left out.
  private void set(JsonNode with) {
    for (var flag : with.path("flags").properties()) {
      if (flag.getValue().isNull()) {
        flags.remove(flag.getKey());
      } else {
        flags.put(flag.getKey(), flag.getValue().asText().replace(FOLDER, folder().toString()));
      }
    }
    with.path("env")
        .properties()
        .forEach(one -> environment.put(one.getKey(), one.getValue().asText()));
  }

  private Object begin() {
    var parsed = StandaloneConfiguration.parse(flags, environment);
    if (!(parsed instanceof Validated.Valid<StandaloneConfiguration>(var configuration))) {
      throw new AssertionError(parsed);
    }
    var started = started(configuration);
    process = started;
    // Whoever comes again, also after a start that was refused, finds it at the same address.
    flags.put("--listen", "127.0.0.1:" + started.port());
    return Map.of(
        "base",
        "http://127.0.0.1:%d%s".formatted(started.port(), flags.getOrDefault("--base-path", "/")),
        "token",
        TOKEN,
        "provider",
        provider.url(),
        "folder",
        folder().toString());
  }

  private StandaloneProcess started(StandaloneConfiguration configuration) {
    try {
      return StandaloneProcess.start(configuration, shell());
    } catch (Refusal refusal) {
      throw new AssertionError("exit " + refusal.exitCode() + ": " + refusal.sentences(), refusal);
    }
  }

  private StandaloneProcess running() {
    var now = process;
    if (now == null) {
      throw new IllegalStateException("nothing is running");
    }
    return now;
  }

  private Shell shell() {
    var out = new PrintWriter(said, true);
    return new Shell(
        new ByteArrayInputStream(new byte[0]),
        out,
        out,
        environment,
        InstantSource.system(),
        Optional.empty());
  }

  private void stop() {
    var now = process;
    process = null;
    if (now != null) {
      now.close();
    }
  }

  @Override
  public void close() {
    stop();
    provider.close();
  }
}
