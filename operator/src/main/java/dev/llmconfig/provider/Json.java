package dev.llmconfig.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// JSON from places that may be broken or hostile: strict, bounded, and never an exception.
public final class Json {

  /// A list of 10,000 models with a hundred facts each stays below it; eight megabytes of brackets,
  /// which would take two hundred of memory, do not.
  private static final long MOST_TOKENS = 2_000_000;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxTokenCount(MOST_TOKENS)
                  .build())
          .build();

  private static final ObjectMapper MAPPER =
      new ObjectMapper(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9_.:-]{1,40})", Pattern.CASE_INSENSITIVE);

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// An object or an array, of text that was decoded before.
  public static Optional<JsonNode> read(String text) {
    try {
      JsonNode root = MAPPER.readTree(withoutMark(text));
      return root != null && root.isContainerNode() ? Optional.of(root) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /// An object or an array; anything else is not an answer of any API we know.
  static Optional<JsonNode> read(byte[] body, Optional<String> contentType) {
    return read(text(body, contentType));
  }

  /// JSON is UTF-8 whatever the header says, so the header only counts for bytes that are not.
  private static String text(byte[] body, Optional<String> contentType) {
    Charset wide = utf16(body);
    if (wide != null) {
      return withoutMark(new String(body, wide));
    }
    try {
      return withoutMark(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException notUtf8) {
      return new String(body, declared(contentType));
    }
  }

  /// Any JSON begins with an ASCII character, so the zero byte beside it tells the order.
  private static @Nullable Charset utf16(byte[] body) {
    if (body.length < 2) {
      return null;
    }
    int first = body[0] & 0xff;
    int second = body[1] & 0xff;
    if ((first == 0xfe && second == 0xff) || (first == 0 && second != 0)) {
      return StandardCharsets.UTF_16BE;
    }
    return (first == 0xff && second == 0xfe) || (first != 0 && second == 0)
        ? StandardCharsets.UTF_16LE
        : null;
  }

  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static Charset declared(Optional<String> contentType) {
    Matcher charset = CHARSET.matcher(contentType.orElse(""));
    try {
      return charset.find() ? Charset.forName(charset.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
