package dev.llmconfig.crypto;

import static dev.llmconfig.crypto.Secrets.secret;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.crypto.KeyText.Flaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " sk-1",
        "sk-1 ",
        "sk-1\n",
        "sk-1\r\n",
        "\tsk-1\t",
        "\n\n sk-1 \n",
        "\"sk-1\"",
        "'sk-1'",
        "`sk-1`",
        "\"sk-1",
        "sk-1'",
        "\ufeffsk-1",
        "\ufeff\"sk-1\"\r\n",
        "\u201csk-1\u201d",
        "\u2018sk-1\u2019",
        "\u00a0sk-1\u00a0",
        "\u200bsk-1\u200b",
        "\u000b\fsk-1",
        "\" ' sk-1 ' \"",
        "\u00absk-1\u00bb",
        "\u2060sk-1\u202f\u3000",
      })
  void whatSurroundsAKeyIsTrimmedAndSaid(String raw) {
    assertThat(of(raw)).isEqualTo(new KeyText.Usable(secret("sk-1"), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-1", "a", "sk-a'b\"c", "!~", "{}"})
  void aCleanKeyIsLeftAsItIs(String raw) {
    assertThat(of(raw)).isEqualTo(new KeyText.Usable(secret(raw), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "\r\n", "\"\"", "''", "\ufeff", " \"\u200b\" "})
  void whatHoldsNothingIsEmpty(String raw) {
    assertThat(of(raw)).isEqualTo(new KeyText.Empty());
  }

  @ParameterizedTest
  @MethodSource
  void whatWouldBreakAHeaderIsRefused(String raw, Flaw flaw) {
    assertThat(of(raw)).isEqualTo(new KeyText.Malformed(flaw));
  }

  static Stream<Arguments> whatWouldBreakAHeaderIsRefused() {
    return Stream.of(
        Arguments.of("sk 1", Flaw.InnerWhitespace),
        Arguments.of("sk\t1", Flaw.InnerWhitespace),
        Arguments.of("sk\n1", Flaw.InnerWhitespace),
        Arguments.of("sk\r\n1", Flaw.InnerWhitespace),
        Arguments.of("sk-1\nX-Injected: yes", Flaw.InnerWhitespace),
        Arguments.of("sk\u00001", Flaw.ControlCharacter),
        Arguments.of("sk-1\u0000", Flaw.ControlCharacter),
        Arguments.of("\u0000", Flaw.ControlCharacter),
        Arguments.of("sk\u001b1", Flaw.ControlCharacter),
        Arguments.of("sk\u007f1", Flaw.ControlCharacter),
        Arguments.of("sk-schlüssel", Flaw.NotAscii),
        Arguments.of("sk\u00a01", Flaw.NotAscii),
        Arguments.of("sk\u200b1", Flaw.NotAscii),
        Arguments.of("sk-🔑", Flaw.NotAscii));
  }

  @Test
  void theLongestKeyHas4096BytesWithoutWhatSurroundsIt() {
    String longest = "x".repeat(4096);

    assertThat(of(longest + "\n")).isEqualTo(new KeyText.Usable(secret(longest), true));
    assertThat(of(longest + "x")).isEqualTo(new KeyText.Malformed(Flaw.TooLong));
    assertThat(Flaw.TooLong.clause()).isEqualTo("is longer than 4096 bytes");
  }

  @Test
  void utf16AndOtherBytesAreNotTakenForAKey() {
    assertThat(KeyText.of("sk-1".getBytes(UTF_16))).isEqualTo(new KeyText.Malformed(Flaw.NotAscii));
    assertThat(KeyText.of(new byte[] {'s', 'k', (byte) 0xff}))
        .isEqualTo(new KeyText.Malformed(Flaw.NotAscii));
  }

  @Test
  void theGivenBytesAreLeftToTheCaller() {
    byte[] raw = "sk-1\n".getBytes(UTF_8);

    KeyText.of(raw);

    assertThat(raw).isEqualTo("sk-1\n".getBytes(UTF_8));
  }

  private static KeyText of(String raw) {
    return KeyText.of(raw.getBytes(UTF_8));
  }
}
