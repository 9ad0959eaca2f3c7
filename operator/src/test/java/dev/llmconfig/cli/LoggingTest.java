package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.AfterEach;
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
}
