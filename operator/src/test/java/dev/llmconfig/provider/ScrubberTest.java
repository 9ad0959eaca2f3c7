package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.crypto.SecretBytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrubberTest {

  private static final String KEY = "sk-proj-Q7wE2rT9yU4iO1pA6sD3fG8h";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Rate limit reached for requests.            | Rate limit reached for requests.",
        "Incorrect key sk-proj-Q***fG8h.             | Incorrect key [key]",
        "Your key ends in …fG8h today.               | Your key ends in [key] today.",
        "See Q7wE2r...fG8h now                       | See [key] now",
        "it holds Q7wE2rT9yU, yes                    | it holds [key], yes",
        "IT HOLDS Q7WE2RT9YU, YES                    | IT HOLDS [key], YES",
        "backwards h8Gf3Ds6                          | backwards [key]",
        "Authorization: Bearer abcdef                | [credential] abcdef",
        "use Bearer abcdef123                        | use [credential]",
        "with api_key=12345 set                      | with [credential] set",
        "another one, xai-AbCdEfGh                   | another one, [credential]",
        "for org-AbC123 and proj_XyZ of me@corp.test | for [id] and [id] of [id]",
        "id 123e4567-e89b-12d3-a456-426614174000 ok  | id [id] ok",
        "long 0123456789abcdef0123456789abcdef ok    | long [credential] ok"
      })
  void whatMayBeACredentialIsReplaced(String message, String shown) {
    assertThat(scrubbed(KEY, message)).contains(shown);
  }

  @Test
  void base64AtAnyOffsetIsReplaced() {
    for (String before : new String[] {"", "x", "xy", "Bearer "}) {
      String packed =
          java.util.Base64.getEncoder()
              .encodeToString((before + KEY).getBytes(java.nio.charset.StandardCharsets.UTF_8));

      Canary.assertNothingOf(KEY.substring(8), scrubbed(KEY, "got " + packed).orElse(""));
    }
  }

  @Test
  void ofAShortKeyNothingIsShownAtAll() {
    assertThat(scrubbed("short-key-of-19-char", "fine")).contains("fine");
    assertThat(scrubbed("short-key-of-19-cha", "fine")).isEmpty();
  }

  @Test
  void textIsPlainAndShort() {
    assertThat(scrubbed(KEY, "line\nbreak\u202e and \u001b[31mred"))
        .contains("line break  and  [31mred");
    assertThat(scrubbed(KEY, "word ".repeat(100)).orElseThrow()).hasSizeLessThanOrEqualTo(300);
    assertThat(scrubbed(KEY, "a ".repeat(149) + "a\ud83d\ude00").orElseThrow()).endsWith("a");
    assertThat(scrubbed(KEY, "   ")).isEmpty();
  }

  @Test
  void endlessTextTakesNoEndlessTime() {
    for (String hostile :
        new String[] {"*", ".", "a", "a.", "key=", "Bearer ", "@", "-", "\u2026"}) {
      assertThat(scrubbed(KEY, hostile.repeat(2_000_000)).orElse("")).hasSizeLessThanOrEqualTo(300);
    }
  }

  private static Optional<String> scrubbed(String key, String message) {
    Optional<SecretBytes> secret = Optional.of(Keys.bytes(key));
    return Scrubber.of(secret, Echoes.of(secret)).scrubbed(message);
  }
}
