package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.ListedModel;
import dev.llmconfig.provider.Models;
import dev.llmconfig.testing.Seeds;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A list that is kept is the list that was read, and what somebody made of it cannot do harm.
class KeptListTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
  private static final LocalDate EARLIER = LocalDate.of(2026, 11, 1);

  @Test
  void isReadBackAsItWasWritten() {
    var list = KeptList.of(new Models.Listed(List.of(model("gpt-5", "GPT-5")), true), TODAY);

    assertThat(KeptList.parse(list.json())).contains(list);
    assertThat(list.json())
        .isEqualTo(
            """
            {"models":{"gpt-5":{"2026-11-20":{"displayName":"GPT-5","contextTokens":400000,\
            "maxOutputTokens":128000,"inputUsdPerMillion":"0.25","outputUsdPerMillion":"2",\
            "reasoning":false,"tools":true,"jsonSchema":false,"maxTemperature":"1.5",\
            "retiresOn":"2027-01-14"}}}}\
            """);
    for (var none :
        List.of(
            KeptList.of(new Models.Empty(EmptyListReason.NoListEndpoint), TODAY),
            KeptList.of(new Models.NotRead(VerdictReason.Timeout), TODAY))) {
      assertThat(KeptList.parse(none.json())).contains(none);
    }
  }

  /// Else every reading would be news, and written.
  @RepeatedTest(200)
  void keepingAListChangesNothingInIt() {
    var seed = Seeds.next(KeptListTest.class);
    var random = new Random(seed);
    var models = new ArrayList<ListedModel>();
    for (int at = 0; at < random.nextInt(20); at++) {
      models.add(model(text(random, "!~/:", 40) + "x", text(random, "\"\\\u00e9\u4e2d\ud83d", 30)));
    }

    var list = KeptList.of(new Models.Listed(models, true), TODAY);

    var stored = new String(list.json().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(KeptList.parse(stored)).as("seed " + seed).contains(list);
  }

  @Test
  void whatIsSaidAgainKeepsItsDay() {
    var before = KeptList.of(new Models.Listed(List.of(model("gpt-5", "GPT-5")), true), EARLIER);
    var again = KeptList.of(new Models.Listed(List.of(model("gpt-5", "GPT-5")), true), TODAY);
    var renamed = KeptList.of(new Models.Listed(List.of(model("gpt-5", "Five")), true), TODAY);

    assertThat(again.after(before)).isEqualTo(before);
    var facts =
        ((KeptList.Listed) renamed.after(before)).models().getOrDefault("gpt-5", Facts.none());
    assertThat(facts.get(Attribute.DISPLAY_NAME))
        .contains(new Fact<>("Five", Source.provider(TODAY)));
    assertThat(facts.get(Attribute.CONTEXT_TOKENS))
        .contains(new Fact<>(400_000L, Source.provider(EARLIER)));
  }

  @Test
  void aFailedReadingTakesNothingAway() {
    var failed = new KeptList.Unread(VerdictReason.Timeout);
    var list = KeptList.of(new Models.Listed(List.of(model("gpt-5", "GPT-5")), true), TODAY);
    var none = new KeptList.Nothing(EmptyListReason.ListEmpty);

    assertThat(failed.after(list)).isEqualTo(list);
    assertThat(failed.after(none)).isEqualTo(none);
    assertThat(failed.after(new KeptList.Unread(VerdictReason.RateLimited))).isEqualTo(failed);
    assertThat(none.after(list)).isEqualTo(none);
  }

  @Test
  void whatIsTooLongLosesItsFactsFirst() {
    var models =
        IntStream.range(0, 3_000).mapToObj(at -> model("model-%05d".formatted(at), "M")).toList();

    var list = (KeptList.Listed) KeptList.of(new Models.Listed(models, true), TODAY);

    assertThat(list.models()).hasSize(3_000);
    assertThat(list.leftOut()).isZero();
    assertThat(list.models().values()).allMatch(Facts::isEmpty);
  }

  @Test
  void whatIsStillTooLongLosesItsLastIdsAndSaysHowMany() {
    var models =
        IntStream.range(0, 10_000)
            .mapToObj(at -> model("%05d".formatted(at) + "x".repeat(250), "M"))
            .toList();

    var list = (KeptList.Listed) KeptList.of(new Models.Listed(models, true), TODAY);

    assertThat(list.json().getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(KeptList.MOST_BYTES)
        .isGreaterThan(KeptList.MOST_BYTES - 1_000);
    assertThat(list.models().firstKey()).startsWith("00000");
    assertThat(list.leftOut()).isEqualTo(10_000 - list.models().size()).isGreaterThan(8_000);
    assertThat(KeptList.parse(list.json())).contains(list);
  }

  @Test
  void whatWasNotReadToItsEndSaysSo() {
    var list = KeptList.of(new Models.Listed(List.of(model("gpt-5", "GPT-5")), false), TODAY);

    assertThat(((KeptList.Listed) list).leftOut()).isEqualTo(1);
    assertThat(KeptList.parse(list.json())).contains(list);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{\"models\":[]}",
        "{\"models\":",
        "{\"empty\":\"Whatever\"}",
        "{\"unread\":7}",
        "null"
      })
  void whatIsNotOursIsNothing(String text) {
    assertThat(KeptList.parse(text)).isEmpty();
  }

  /// Whoever may write ConfigMaps may write anything into this one.
  @Test
  void onlyWhatAProviderCouldHaveSaidIsReadBack() {
    var hostile =
        """
        {"leftOut":-5,"models":{
          "gpt-5":{"2026-11-20":{"contextTokens":-1,"inputUsdPerMillion":"1e999999999","tools":"yes",
            "displayName":"a\\nb","retiresOn":"soon","sampling":"Accepted","other":{}},
            "yesterday":{"contextTokens":1}},
          "<script>":{}, "with space":{}, "line\\nbreak":{}, "":{}, "plain":7}}\
        """;

    assertThat(KeptList.parse(hostile))
        .contains(
            new KeptList.Listed(
                new TreeMap<>(Map.of("gpt-5", Facts.none(), "plain", Facts.none())), 0));
  }

  private static String text(Random random, String strange, int most) {
    var text = new StringBuilder();
    for (int at = 0; at < random.nextInt(most); at++) {
      text.append(
          random.nextInt(3) == 0
              ? strange.charAt(random.nextInt(strange.length()))
              : (char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private static ListedModel model(String id, String name) {
    return new ListedModel(
        id,
        Optional.of(name),
        OptionalLong.of(400_000),
        OptionalLong.empty(),
        OptionalLong.of(128_000),
        Optional.of(LocalDate.of(2027, 1, 14)),
        Optional.of(new BigDecimal("1.5")),
        Optional.of(new ListedModel.Price(new BigDecimal("0.250"), new BigDecimal("2.00"))),
        Set.of("tools"));
  }
}
