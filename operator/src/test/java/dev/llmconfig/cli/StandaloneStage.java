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
        var port = running().port();
        stop();
        flags.put("--listen", "127.0.0.1:" + port);
        set(with);
        yield begin();
      }
      case "login" -> Map.of("login", running().loginUrl());
      case "file" -> Files.readString(folder().resolve(with.path("name").asText()));
      case "llmconfig" ->
          Run.of(
                  "",
                  with.path("arguments").valueStream().map(JsonNode::asText).toArray(String[]::new))
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
    for (var file : with.path("files").properties()) {
      var path = folder().resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue().asText());
    }
    set(with);
  }

  /// `{folder}` in a flag is the folder of the scenario.
  private void set(JsonNode with) {
    with.path("flags")
        .properties()
        .forEach(flag ->
            flags.put(
                flag.getKey(), flag.getValue().asText().replace("{folder}", folder().toString())));
    with.path("env")
        .properties()
        .forEach(one -> environment.put(one.getKey(), one.getValue().asText()));
  }

  private Object begin() {
    var parsed = StandaloneConfiguration.parse(flags, environment);
    if (!(parsed instanceof Validated.Valid<StandaloneConfiguration>(var configuration))) {
      throw new AssertionError(parsed);
    }
    var started = StandaloneProcess.start(configuration, shell());
    process = started;
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
