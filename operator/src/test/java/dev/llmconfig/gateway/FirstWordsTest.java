package dev.llmconfig.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.provider.fake.Script;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How long people wait for an answer to begin.
class FirstWordsTest {

  private final FirstWords words = new FirstWords();

  @Test
  void halfOfTheAnswersTookLonger() {
    for (var millis : new int[] {900, 100, 300}) {
      words.add(place("api"), Duration.ofMillis(millis));
    }
    words.add(place("other"), Duration.ofMillis(5));

    assertThat(words.at(place("api"))).contains(new FirstWords.Median(Duration.ofMillis(300), 3));
    assertThat(words.at(place("nobody"))).isEmpty();
  }

  @Test
  void whatIsLongAgoCountsNoMore() {
    words.add(place("api"), Duration.ofHours(1));
    for (var at = 0; at < FirstWords.NEWEST; at++) {
      words.add(place("api"), Duration.ofMillis(at + 1));
    }

    assertThat(words.at(place("api")))
        .contains(new FirstWords.Median(Duration.ofMillis(50), FirstWords.NEWEST));
  }

  @Test
  void ofTooManyPlacesTheOneThatWasQuietLongestGoes() {
    words.add(place("first"), Duration.ofMillis(1));
    words.add(place("second"), Duration.ofMillis(1));
    for (var at = 2; at < FirstWords.MOST_PLACES; at++) {
      words.add(place("p" + at), Duration.ofMillis(1));
    }
    words.add(place("first"), Duration.ofMillis(1));
    words.add(place("last"), Duration.ofMillis(1));

    assertThat(words.at(place("second"))).isEmpty();
    assertThat(words.at(place("first"))).isPresent();
    assertThat(words.at(place("last"))).isPresent();
  }

  @Test
  void anAnswerIsCountedOnceAndARefusalNever() throws Exception {
    try (var stage = ChatStage.patient()) {
      var target = stage.target(Provider.OpenAI, "gpt-4o-mini");
      stage.fake().plays("gpt-4o-mini", Script.stream(Recorded.OpenAI.stream()));
      stage.all(target, ChatStage.hello());
      stage.fake().plays("gpt-4o-mini", Script.document(401, "{}"));
      stage.all(target, ChatStage.hello());

      assertThat(stage.firstWords().at(target.place().endpoint()).map(FirstWords.Median::answers))
          .isEqualTo(Optional.of(1));
    }
  }

  private static Endpoint place(String host) {
    return new Endpoint("https", host + ".example.com", 443, "/v1");
  }
}
