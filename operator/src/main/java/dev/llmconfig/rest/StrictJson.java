package dev.llmconfig.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.ParameterValue;
import io.vertx.core.buffer.Buffer;
import java.io.CharArrayReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// JSON as it comes in. Two readers must never understand one text in two ways, so what the
/// standard leaves open is refused: names that occur twice, half characters, anything behind the
/// end. What is wrong is told by its place, and never repeated: it may be a key.
final class StrictJson {

  private static final int DEEPEST = 32;
  private static final Pattern TWICE =
      Pattern.compile("Duplicate (?:field|Object property) ['\"](.*)['\"]", Pattern.DOTALL);
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private StrictJson() {}

  /// The buffer is wiped.
  static ObjectNode object(Buffer body) {
    var utf8 = body.getBytes();
    Upload.wipe(body);
    var signs = CharBuffer.allocate(utf8.length);
    try {
      var decoder =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      var end = decoder.decode(ByteBuffer.wrap(utf8), signs, true);
      if (end.isError()) {
        end.throwException();
      }
      var tree = JSON.readTree(new CharArrayReader(signs.array(), 0, signs.position()));
      if (!(tree instanceof ObjectNode object)) {
        throw malformed("The body is no JSON object.");
      }
      if (broken(object)) {
        throw malformed("The body holds half of a character, a lone surrogate.");
      }
      if (boundless(object)) {
        throw boundless();
      }
      return object;
    } catch (CharacterCodingException _) {
      throw malformed("The body is not UTF-8.");
    } catch (JsonProcessingException wrong) {
      var place = wrong.getLocation();
      throw malformed(
          place == null
              ? "The body is no JSON."
              : "%s: line %d, column %d."
                  .formatted(
                      twice(wrong)
                          .map("The body says %s twice"::formatted)
                          .orElse("The body is no JSON that this API takes"),
                      place.getLineNr(),
                      place.getColumnNr()));
    } catch (NumberFormatException _) {
      throw boundless(); // the reader's own measure of an exponent, which it does not wrap
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      Arrays.fill(utf8, (byte) 0);
      Arrays.fill(signs.array(), '\0');
    }
  }

  /// The buffer is wiped.
  static String text(Buffer body) {
    var utf8 = body.getBytes();
    Upload.wipe(body);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8))
          .toString();
    } catch (CharacterCodingException _) {
      throw Refusal.of(ProblemReason.MalformedYaml, "The body is not UTF-8.");
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  /// The name that occurs twice, as the parser tells it.
  private static Optional<String> twice(JsonProcessingException wrong) {
    var told = TWICE.matcher(wrong.getOriginalMessage());
    return told.matches() ? WrittenName.tellable(told.group(1)) : Optional.empty();
  }

  private static Refusal malformed(String sentence) {
    return Refusal.of(ProblemReason.MalformedJson, sentence);
  }

  private static Refusal boundless() {
    return malformed("The body holds a number with an exponent beyond all measure.");
  }

  private static boolean boundless(JsonNode node) {
    return node.isContainerNode()
        ? node.valueStream().anyMatch(StrictJson::boundless)
        : node.isBigDecimal() && !ParameterValue.Decimal.writable(node.decimalValue());
  }

  private static boolean broken(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> broken(node.textValue());
      case OBJECT ->
          node.properties().stream()
              .anyMatch(one -> broken(one.getKey()) || broken(one.getValue()));
      case ARRAY -> node.valueStream().anyMatch(StrictJson::broken);
      default -> false;
    };
  }

  private static boolean broken(String text) {
    return text.codePoints()
        .anyMatch(one -> one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE);
  }
}
