package dev.llmconfig.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A short name for a content: equal contents have one name, and a change of any part gives
/// another. Every part goes in with its own name and every text with its length, so that nothing
/// can move from one part into the next one unseen (traps R1, R2).
final class ContentName {

  private static final int HEX_DIGITS = 10;

  private final MessageDigest digest;

  private ContentName(MessageDigest digest) {
    this.digest = digest;
  }

  /// @param kind of the content, so that two kinds never share a name
  static ContentName of(String kind) {
    try {
      var name = new ContentName(MessageDigest.getInstance("SHA-256"));
      name.put(kind);
      return name;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  ContentName part(String field, String text) {
    return put(field, List.of(text));
  }

  /// What is absent is another thing than what is empty.
  ContentName part(String field, Optional<String> text) {
    return put(field, text.map(List::of).orElseGet(List::of));
  }

  /// In one order, whatever order the set is in.
  ContentName part(String field, Set<String> texts) {
    return put(field, new TreeSet<>(texts));
  }

  /// In one order, whatever order the map is in.
  ContentName part(String field, Map<String, String> pairs) {
    put(field);
    put(pairs.size());
    new TreeMap<>(pairs)
        .forEach((name, value) -> {
          put(name);
          put(value);
        });
    return this;
  }

  /// In one spelling of every number and one order of every object.
  ContentName part(String field, Parameters parameters) {
    var texts = new TreeMap<String, String>();
    parameters.values().forEach((name, value) -> texts.put(name.field(), canonical(value)));
    return part(field, texts);
  }

  ContentName part(String field, byte[] bytes) {
    put(field);
    put(1);
    put(bytes);
    return this;
  }

  /// Such as `m-0123456789`. Ends the name; it takes no further part.
  String text(String prefix) {
    return prefix + HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
  }

  private ContentName put(String field, Collection<String> texts) {
    put(field);
    put(texts.size());
    texts.forEach(this::put);
    return this;
  }

  private void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(byte[] bytes) {
    put(bytes.length);
    digest.update(bytes);
  }

  private void put(int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  /// Equal for values that are the same to whoever reads them.
  static String canonical(ParameterValue value) {
    return canonical(value.json());
  }

  private static String canonical(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var fields = new TreeMap<String, String>();
        node.properties().forEach(field -> fields.put(field.getKey(), canonical(field.getValue())));
        yield fields.entrySet().stream()
            .map(field -> TextNode.valueOf(field.getKey()) + ":" + field.getValue())
            .collect(Collectors.joining(",", "{", "}"));
      }
      case ARRAY ->
          node.valueStream().map(ContentName::canonical).collect(Collectors.joining(",", "[", "]"));
      case NUMBER -> number(node);
      default -> node.toString();
    };
  }

  /// 1 and 1.0 are one number: the API server does not keep apart what was written.
  private static String number(JsonNode node) {
    if ((node.isDouble() || node.isFloat()) && !Double.isFinite(node.doubleValue())) {
      return node.toString();
    }
    BigDecimal number = node.decimalValue().stripTrailingZeros();
    return number.signum() == 0 ? "0" : number.unscaledValue() + "e" + -(long) number.scale();
  }
}
