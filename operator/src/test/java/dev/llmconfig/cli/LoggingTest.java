package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/// What a process says, however it is told to log.
class LoggingTest {

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  @AfterEach
  void asTheTestsLog() throws JoranException {
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  @ParameterizedTest
  @EnumSource
  void whoDidWhatIsAlwaysTold(Logging.Verbosity verbosity) {
    Logging.configure(Logging.Format.TEXT, verbosity);

    assertThat(LoggerFactory.getLogger("audit").isInfoEnabled()).isTrue();
  }

  /// A stack trace says what blocks; without one it is only said that the machine is busy.
  @Test
  void anEventLoopThatWasBlockedForLongIsToldAndForShortIsNot() {
    var stderr = System.err;
    var err = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      Logging.configure(Logging.Format.JSON, Logging.Verbosity.INFO);
      var checker = LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker");
      checker.warn("blocked for 2001 ms");
      checker.warn("blocked for 5001 ms", new IllegalStateException("stack"));
    } finally {
      System.setErr(stderr);
    }

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("blocked for 5001 ms")
        .doesNotContain("blocked for 2001 ms");
  }

  @ParameterizedTest
  @EnumSource
  void whoDidWhatIsOneLineOfJsonOnStandardOutputAndNowhereElse(Logging.Format format)
      throws JsonProcessingException {
    var streams = List.of(System.out, System.err);
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      Logging.configure(format, Logging.Verbosity.INFO);
      LoggerFactory.getLogger("audit")
          .atInfo()
          .addKeyValue("actor", "jane \"x\"\nroot")
          .addKeyValue("action", Logging.Verbosity.INFO)
          .log("Somebody acted");
      LoggerFactory.getLogger("dev.llmconfig.other").info("Something else");
    } finally {
      System.setOut(streams.getFirst());
      System.setErr(streams.getLast());
    }

    var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(1);
    var line = new ObjectMapper().readTree(lines.getFirst());
    assertThat(line.path("logger").asText()).isEqualTo("audit");
    assertThat(line.path("actor").asText()).isEqualTo("jane \"x\"\nroot");
    assertThat(line.path("action").asText()).isEqualTo("INFO");
    assertThat(Instant.parse(line.path("at").asText())).isNotNull();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Something else")
        .doesNotContain("jane");
  }
}
