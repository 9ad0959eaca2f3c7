package dev.llmconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.KeptList;
import dev.llmconfig.catalogue.Retirement.Listing;
import dev.llmconfig.catalogue.Source;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ListedTest {

  private static final Facts FACTS =
      Facts.none()
          .with(Attribute.CONTEXT_TOKENS, 9_999L, Source.provider(LocalDate.of(2026, 8, 19)));

  @Test
  void whatIsOnTheListHasItsFacts() {
    assertThat(Listed.of(list(0), "gpt-5")).isEqualTo(new Listed(Listing.Listed, FACTS));
    assertThat(Listed.of(list(7), "gpt-5")).isEqualTo(new Listed(Listing.Listed, FACTS));
  }

  @Test
  void onlyAWholeListSaysThatAModelIsNotOnIt() {
    assertThat(Listed.of(list(0), "gpt-6").listing()).isEqualTo(Listing.NotListed);
    assertThat(Listed.of(list(1), "gpt-6")).isEqualTo(Listed.UNKNOWN);
  }

  @Test
  void onlyAListWithNothingOnItIsAnEmptyList() {
    for (var reason : EmptyListReason.values()) {
      assertThat(Listed.of(new KeptList.Nothing(reason), "gpt-5").listing())
          .as(reason.name())
          .isEqualTo(reason == EmptyListReason.ListEmpty ? Listing.NotListed : Listing.Unknown);
    }
    assertThat(Listed.of(new KeptList.Unread(VerdictReason.Timeout), "gpt-5"))
        .isEqualTo(Listed.UNKNOWN);
  }

  @Test
  void whatPeopleDeclareNeedBeOnNoList() {
    assertThat(Listed.of(list(0), "gpt-6").byHand()).isEqualTo(Listed.UNKNOWN);
    assertThat(Listed.of(list(0), "gpt-5").byHand().facts()).isEqualTo(FACTS);
  }

  private static KeptList list(int leftOut) {
    return new KeptList.Listed(new TreeMap<>(Map.of("gpt-5", FACTS)), leftOut);
  }
}
