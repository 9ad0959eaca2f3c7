package dev.llmconfig.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.Seeds;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;

/// A search that finds nothing proves something only if it finds what is there.
class CanariesTest {

  private final long seed = Seeds.next(CanariesTest.class);
  private final Canaries canaries = new Canaries(seed);

  @RepeatedTest(20)
  void everyFormOfEveryPieceIsFound() {
    var secret = canaries.key("sk-").substring(3);
    canaries.key("sk-");

    for (int at = 0; at + Canaries.RUN <= secret.length(); at++) {
      var piece = secret.substring(at, at + Canaries.RUN);
      assertFound(piece, UnaryOperator.identity());
      assertFound(piece, text -> new StringBuilder(text).reverse().toString());
      assertFound(piece, text -> URLEncoder.encode(text, StandardCharsets.UTF_8));
      assertFound(piece, text -> HexFormat.of().formatHex(bytes(text)));
      assertFound(piece, text -> HexFormat.of().withUpperCase().formatHex(bytes(text)));
    }
    // Wherever in an encoded text it begins.
    for (var before : new String[] {"", "a", "ab", "abc"}) {
      var text = bytes("{" + before + "sk-" + secret + "}");
      assertThat(canaries.in(Base64.getEncoder().encodeToString(text))).as(said()).isPositive();
      assertThat(canaries.in(Base64.getUrlEncoder().encodeToString(text))).as(said()).isPositive();
    }
  }

  @RepeatedTest(20)
  void sevenCharactersAndOtherKeysAreNotFound() {
    var secret = canaries.key("sk-").substring(3);
    var others = new Canaries(seed + 1);

    assertThat(canaries.in("sk-***" + secret.substring(secret.length() - 4))).isZero();
    assertThat(canaries.in("<" + secret.substring(5, 12) + ">")).as(said()).isZero();
    assertThat(canaries.in(others.key("sk-"))).as(said()).isZero();
  }

  private void assertFound(String piece, UnaryOperator<String> form) {
    assertThat(canaries.in("before " + form.apply(piece) + " behind")).as(said()).isPositive();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String said() {
    return "seed " + seed;
  }
}
