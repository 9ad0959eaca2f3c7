package dev.llmconfig.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.slf4j.event.KeyValuePair;

/// Who did what, as one JSON object a line: the pairs of the message under their own names, so that
/// whoever keeps the trail elsewhere needs to know nothing of how we log.
final class AuditLines extends EncoderBase<ILoggingEvent> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] NOTHING = {};

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = JSON.createObjectNode().put("at", event.getInstant().toString());
    line.put("logger", event.getLoggerName());
    Objects.requireNonNullElse(event.getKeyValuePairs(), List.<KeyValuePair>of())
        .forEach(pair -> line.put(pair.key, String.valueOf(pair.value)));
    try {
      return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts are JSON", impossible);
    }
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
