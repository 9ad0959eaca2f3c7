package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.domain.Validated;
import dev.llmconfig.rest.AnyAnswers;
import dev.llmconfig.rest.AnyWorld;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is sent to a process without a cluster: an answer that its document knows, and no
/// failure.
class StandaloneRequestsTest {

  private static final int REQUESTS = 800;
  private static final String TOKEN = "a-token-for-scripts-0123456789";

  /// Nothing that is made here may ask a provider that there is.
  private static final String NOWHERE = "http://127.0.0.1:1";

  @TempDir private Path directory;

  @Test
  void everyAnswerIsOneThatTheDocumentKnows() throws Exception {
    try (var process = StandaloneProcess.start(configuration(), shell())) {
      var seen = AnyAnswers.holdFurnished(world(process.port()), 1, REQUESTS);
      assertThat(seen.statuses())
          .as("the requests reach what they are about")
          .contains(200, 201, 204, 400, 401, 404, 409, 422);
    }
  }

  private static AnyWorld world(int port) {
    return new AnyWorld(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        TOKEN,
        "of-nobody",
        "default",
        Map.of(
            "api-keys", List.of("default.openai-team-a"),
            "config/models", List.of("default.support", "default.openai-team-a:echo"),
            "model-configs", List.of("default.support")),
        Set.of());
  }

  private StandaloneConfiguration configuration() {
    var parsed =
        StandaloneConfiguration.parse(
            Map.of(
                "--data-dir", directory.resolve("data").toString(),
                "--listen", "127.0.0.1:0",
                "--env-file", directory.resolve(".env").toString(),
                "--config", directory.resolve("default.yaml").toString()),
            environment());
    if (!(parsed instanceof Validated.Valid<StandaloneConfiguration>(var configuration))) {
      throw new AssertionError(parsed);
    }
    return configuration;
  }

  private static Map<String, String> environment() {
    return Map.of("LLMCONFIG_TOKEN", TOKEN, "HTTP_PROXY", NOWHERE, "HTTPS_PROXY", NOWHERE);
  }

  private static Shell shell() {
    var out = new PrintWriter(new StringWriter(), true);
    return new Shell(
        new ByteArrayInputStream(new byte[0]),
        out,
        out,
        environment(),
        InstantSource.system(),
        Optional.empty());
  }
}
