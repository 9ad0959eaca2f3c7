package dev.llmconfig.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.llmconfig.api.ReasoningEffort;
import java.math.BigDecimal;
import java.util.List;

/// A value of a parameter. Equal values are equal bytes: 0 and 0.0 are one number.
public sealed interface ParameterValue {

  /// One line for people and for environments: plain decimal, never an exponent.
  String text();

  /// The value by itself, as JSON; dialects rename and nest, they do not render anew.
  JsonNode json();

  record Decimal(BigDecimal value) implements ParameterValue {

    private static final int MOST_ZEROS = 1_000;

    public Decimal {
      value = value.stripTrailingZeros();
    }

    public static Decimal of(String text) {
      return new Decimal(new BigDecimal(text));
    }

    /// Whether a number can be written out. A few signs with an exponent can stand for more zeros
    /// than there is memory, and for an exponent beyond what can be counted.
    public static boolean writable(BigDecimal number) {
      return Math.abs((long) number.scale()) <= MOST_ZEROS;
    }

    @Override
    public String text() {
      return value.toPlainString();
    }

    @Override
    public JsonNode json() {
      return DecimalNode.valueOf(value);
    }
  }

  record Whole(long value) implements ParameterValue {
    @Override
    public String text() {
      return Long.toString(value);
    }

    @Override
    public JsonNode json() {
      return LongNode.valueOf(value);
    }
  }

  record Effort(ReasoningEffort level) implements ParameterValue {
    @Override
    public String text() {
      return level.name();
    }

    @Override
    public JsonNode json() {
      return TextNode.valueOf(level.name());
    }
  }

  record Texts(List<String> values) implements ParameterValue {
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public String text() {
      return json().toString();
    }

    @Override
    public JsonNode json() {
      var array = JsonNodeFactory.instance.arrayNode();
      values.forEach(array::add);
      return array;
    }
  }

  /// Free fields. Copied on the way in and out, because Jackson's nodes can be changed.
  record Fields(ObjectNode object) implements ParameterValue {
    public Fields {
      object = object.deepCopy();
    }

    @Override
    public ObjectNode object() {
      return object.deepCopy();
    }

    @Override
    public String text() {
      return object.toString();
    }

    @Override
    public JsonNode json() {
      return object();
    }
  }
}
