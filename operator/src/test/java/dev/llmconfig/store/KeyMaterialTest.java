package dev.llmconfig.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.domain.FieldRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyMaterialTest {

  private static final String KEY = "sk-proj-0123456789abcdefABCDEF42";

  @Test
  void whatAFormShowsIsNoKey() {
    for (var mask :
        List.of("***", "sk-***3f9c", "\u2022\u2022\u2022\u2022", "\u25cf", "sk-\u2026")) {
      assertThat(reason(mask)).as(mask).isEqualTo(Flaw.Reason.KeyLooksMasked);
    }
    assertThat(reason("")).isEqualTo(Flaw.Reason.KeyEmpty);
    assertThat(reason(" \n\"\" ")).isEqualTo(Flaw.Reason.KeyEmpty);
    assertThat(reason("sk one")).isEqualTo(Flaw.Reason.KeyMalformed);
  }

  @Test
  void whatSurroundsAKeyIsTakenAwayAndSaid() {
    try (var exact = KeyMaterial.of(utf8(KEY));
        var quoted = KeyMaterial.of(utf8(" \"" + KEY + "\"\r\n"))) {
      assertThat(((KeyMaterial.Given) exact).trimmed()).isFalse();
      assertThat(((KeyMaterial.Given) quoted).trimmed()).isTrue();
      assertThat(((KeyMaterial.Given) quoted).bytes())
          .isEqualTo(((KeyMaterial.Given) exact).bytes());
      assertThat(quoted.toString()).doesNotContain("sk-", "0123");
    }
  }

  @Test
  void aKeyIsKnownByItsBeginningWhereverItStands() {
    assertThat(FieldRules.looksLikeAKey(KEY)).isTrue();
    assertThat(FieldRules.looksLikeAKey("https://llm.example.com/" + KEY + "/v1")).isTrue();
    assertThat(FieldRules.looksLikeAKey("Team A: " + KEY)).isTrue();
    for (var name :
        List.of(
            "sk-team-a", "sk-team-for-slovak-customers", "task-" + KEY, "gpt-5-mini", "", "AQ.")) {
      assertThat(FieldRules.looksLikeAKey(name)).as(name).isFalse();
    }
  }

  private static Flaw.Reason reason(String typed) {
    return ((KeyMaterial.Refused) KeyMaterial.of(utf8(typed))).flaw().reason();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
