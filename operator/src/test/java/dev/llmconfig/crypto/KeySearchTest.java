package dev.llmconfig.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySearchTest {

  private static final String KEY = "sk-proj-a<b>&c/d+e=f\"g\\h";
  private static final ObjectMapper JSON = new JsonMapper();

  @Test
  void findsAKeyAsStringDataHoldsIt() {
    assertThat(found(KEY, json("stringData", "key: " + KEY + "\n"))).isTrue();
  }

  /// As Go writes it, and as nobody does but may.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"sk-proj-a\\u003cb\\u003e\\u0026c/d+e=f\\\"g\\\\h\"}",
        "{\"a\":\"sk-proj-a\\u003Cb\\u003E\\u0026c\\/d\\u002be=f\\u0022g\\u005ch\"}",
        "{\"sk-proj-a<b>&c/d+e=f\\\"g\\\\h\":1}"
      })
  void findsAKeyHoweverItIsEscaped(String json) {
    assertThat(found(KEY, json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "'", "\"KEY=", "xx"})
  void findsAKeyInBase64WhereverItBegins(String before) {
    assertThat(found(KEY, json("data", base64(before + KEY + "\n")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "\"\\",
        "\"\\u00",
        "{}",
        "{\"a\":\"sk-proj-a<b>&c\"}",
        "{\"a\":\"c2stcHJvai\"}",
        "{\"a\":\"c2st====\"}",
        "{\"a\":\"\\ud83d\\ude00\u00e9\"}",
        "not json at all: \"unfinished",
      })
  void findsNothingWhereNothingIs(String json) {
    assertThat(found(KEY, json)).isFalse();
  }

  /// Two values that happen to stand side by side are not a key.
  @Test
  void aKeyIsInOneValue() {
    assertThat(found("sk-12345678", "{\"sk-12\":\"345678\"}")).isFalse();
  }

  @Test
  void aShortKeyIsFoundOnlyAsAWholeValue() {
    assertThat(found("test", json("stringData", "test"))).isTrue();
    assertThat(found("test", json("data", base64("test")))).isTrue();
    assertThat(found("test", json("stringData", "this is a test"))).isFalse();
    assertThat(found("test", json("data", base64("this is a test")))).isFalse();
  }

  @RepeatedTest(50)
  void findsWhatAnyWriterOfJsonHasWritten() {
    var seed = Seeds.next(KeySearchTest.class);
    var random = new Random(seed);
    var key =
        random
            .ints(8 + random.nextInt(60), 0x21, 0x7f)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    assertThat(found(key, json("stringData", key))).as("seed %d, clear", seed).isTrue();
    assertThat(found(key, json("data", base64(key)))).as("seed %d, base64", seed).isTrue();
    assertThat(found(key, json("data", base64(key.substring(1)))))
        .as("seed %d, without its first character", seed)
        .isFalse();
  }

  private static boolean found(String key, String json) {
    try (var bytes = SecretBytes.taking(key.getBytes(StandardCharsets.US_ASCII))) {
      return KeySearch.finds(bytes, json);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String json(String field, String value) {
    try {
      return JSON.writeValueAsString(
          Map.of("kind", "Secret", field, Map.of("other", "value", "api-key", value)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
