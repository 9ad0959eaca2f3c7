package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {

  private static final List<String> LISTED =
      List.of(
          "gpt-5-mini", "gpt-5", "gpt-4.1-mini", "claude-sonnet-4-5", "whisper-1", "vendor/gpt-5");

  @Test
  void theIdWithoutItsVendorComesFirst() {
    assertThat(DidYouMean.among(LISTED, "openai/gpt-5-mini")).first().isEqualTo("gpt-5-mini");
    assertThat(DidYouMean.among(LISTED, "gpt-5")).startsWith("gpt-5", "vendor/gpt-5");
  }

  @Test
  void thenTheClosest() {
    assertThat(DidYouMean.among(LISTED, "gpt5-mini")).containsExactly("gpt-5-mini", "gpt-4.1-mini");
    assertThat(DidYouMean.among(LISTED, "GPT-5-MINI")).first().isEqualTo("gpt-5-mini");
  }

  @Test
  void nothingIsCloseToSomethingElseAltogether() {
    assertThat(DidYouMean.among(LISTED, "zzzzzzzzzzzz")).isEmpty();
    assertThat(DidYouMean.among(List.of(), "gpt-5")).isEmpty();
  }

  @Test
  void theOrderOfTheListDoesNotMatter() {
    List<String> shuffled = new ArrayList<>(LISTED);
    Collections.shuffle(shuffled, new Random(7));

    assertThat(DidYouMean.among(shuffled, "gpt-5-min"))
        .isEqualTo(DidYouMean.among(LISTED, "gpt-5-min"));
  }
}
