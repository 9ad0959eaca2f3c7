package dev.llmconfig.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a process logs: one line a message on stderr, as text for people or as JSON for collectors;
/// and on stdout who did what, always as JSON, because that is for machines alone.
final class Logging {

  enum Format {
    TEXT,
    JSON
  }

  enum Verbosity {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  private static final String LINE =
      "%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg %kvp{NONE}%n%ex{short}";

  private Logging() {}

  static void configure(Format format, Verbosity verbosity) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context, format));
    appender.addFilter(new ShortBlocks());
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(Level.WARN);
    context.getLogger("dev.llmconfig").setLevel(Level.valueOf(verbosity.name()));
    audit(context);
    // Every write conflict is a WARN with a stack trace there, and an expected conflict is neither.
    context.getLogger("io.javaoperatorsdk").setLevel(Level.ERROR);
    // The framework counts one of its meters with and without a tag, which the registry minds.
    context.getLogger("io.micrometer").setLevel(Level.ERROR);
    // It says at each outage what our own probe says once.
    context.getLogger("io.fabric8.kubernetes.client").setLevel(Level.ERROR);
    // One line for each connection that an outage ends, which says nothing of whose it was.
    context.getLogger("io.vertx.core.net.impl.ConnectionBase").setLevel(Level.OFF);
    // A lease that cannot be given back in an outage is no bug, and our own loop says who leads.
    context.getLogger("io.fabric8.kubernetes.client.extended.leaderelection").setLevel(Level.OFF);
  }

  /// Told however little else is, and nowhere else.
  private static void audit(LoggerContext context) {
    var lines = new AuditLines();
    lines.setContext(context);
    lines.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.out");
    appender.setEncoder(lines);
    appender.start();
    var logger = context.getLogger("audit");
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(appender);
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, Format format) {
    return switch (format) {
      case TEXT -> {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        encoder.start();
        yield encoder;
      }
      case JSON -> {
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.start();
        yield encoder;
      }
    };
  }
}
