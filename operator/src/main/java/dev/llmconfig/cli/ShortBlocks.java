package dev.llmconfig.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.vertx.core.impl.btc.BlockedThreadChecker;

/// Keeps out what Vert.x says of an event loop that was busy for two seconds: on a busy machine the
/// client of the API server takes as long to load its classes. After five seconds it comes with a
/// stack trace, is worth reading, and passes.
final class ShortBlocks extends Filter<ILoggingEvent> {

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getLoggerName().equals(BlockedThreadChecker.LOGGER_NAME)
            && event.getThrowableProxy() == null
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
