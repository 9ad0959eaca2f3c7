package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.ListedModel;
import dev.llmconfig.provider.Models;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which models there are, and why there are none (traps P13, R12, U12).
class ModelListTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
  private static final VerdictReason.Names NAMES =
      new VerdictReason.Names("OpenAI", "api.openai.com", Optional.empty(), Optional.empty());
  private static final AllowList ALL = new AllowList(List.of());
  private static final ListReading TWO = listed("gpt-5-mini", "gpt-4.1");

  @Test
  void offersWhatIsListedAndWhatIsDeclared() {
    var declared = DeclaredModel.of("ft:gpt-4.1:org::x").with(Attribute.MAX_OUTPUT_TOKENS, 99L);

    var offered = offered(Provider.OpenAI, TWO, List.of(declared), ALL);

    assertThat(offered)
        .extracting(ModelFacts::id)
        .containsExactly("ft:gpt-4.1:org::x", "gpt-4.1", "gpt-5-mini");
    assertThat(offered.getFirst().facts().value(Attribute.MAX_OUTPUT_TOKENS)).contains(99L);
    assertThat(offered.getLast().facts().value(Attribute.CONTEXT_TOKENS)).contains(400_000L);
  }

  @Test
  void addsWhatAnObjectSaysToAListedModel() {
    var declared = DeclaredModel.of("gpt-5-mini").with(Attribute.MAX_OUTPUT_TOKENS, 99L);

    var facts = offered(Provider.OpenAI, TWO, List.of(declared), ALL).getLast().facts();

    assertThat(facts.value(Attribute.MAX_OUTPUT_TOKENS)).contains(99L);
    assertThat(facts.value(Attribute.CONTEXT_TOKENS)).contains(400_000L);
  }

  @Test
  void neverMakesAModelExistBecauseTheCatalogueKnowsIt() {
    assertThat(
            empty(Provider.OpenAI, new ListReading.Nothing(EmptyListReason.DiscoveryDisabled), ALL)
                .reason())
        .isEqualTo("DiscoveryDisabled");
  }

  @Test
  void saysOfEveryEmptyListWhy() {
    assertThat(empty(Provider.OpenAI, listed(), ALL).reason()).isEqualTo("ListEmpty");
    assertThat(
            empty(Provider.Perplexity, new ListReading.Nothing(EmptyListReason.NoListEndpoint), ALL)
                .reason())
        .isEqualTo("NoListEndpoint");
    assertThat(empty(Provider.OpenAI, TWO, new AllowList(List.of("claude-*"))).reason())
        .isEqualTo("HiddenByAllowList");
    assertThat(
            empty(
                Provider.OpenAI,
                ListReading.of(
                    new Models.NotRead(VerdictReason.InvalidKey), TODAY, NAMES, new TreeMap<>()),
                ALL))
        .isEqualTo(new ModelList.Empty("InvalidKey", "OpenAI says the key is wrong."));
  }

  @Test
  void offersOfAzureWhatIsDeclared() {
    var deployment = DeclaredModel.of("our-mini").basedOn("gpt-5-mini");
    var nothing = new ListReading.Nothing(EmptyListReason.NoListEndpoint);

    assertThat(offered(Provider.AzureOpenAI, nothing, List.of(deployment), ALL))
        .extracting(ModelFacts::id)
        .containsExactly("our-mini");
    assertThat(empty(Provider.AzureOpenAI, nothing, ALL).sentence())
        .isEqualTo(
            "AzureOpenAI does not list what this key can call; declare it in models.additional.");
  }

  @Test
  void keepsTheLastListWhenAReadingFails() {
    var failed =
        ListReading.of(
            new Models.NotRead(VerdictReason.Timeout),
            TODAY,
            NAMES,
            new TreeMap<>(Map.of("gpt-5-mini", Facts.none())));

    assertThat(offered(Provider.OpenAI, failed, List.of(), ALL))
        .extracting(ModelFacts::id)
        .containsExactly("gpt-5-mini");
  }

  @Test
  void takesFromAListWhatItSaysAndWhen() {
    var model =
        new ListedModel(
            "openai/gpt-5-mini",
            Optional.of("GPT-5 Mini"),
            OptionalLong.of(400_000),
            OptionalLong.empty(),
            OptionalLong.of(128_000),
            Optional.of(LocalDate.of(2027, 1, 14)),
            Optional.of(new BigDecimal("1.5")),
            Optional.of(new ListedModel.Price(new BigDecimal("0.250"), new BigDecimal("2.00"))),
            Set.of("tools", "reasoning"));
    var reading =
        ListReading.of(new Models.Listed(List.of(model), true), TODAY, NAMES, new TreeMap<>());

    var facts = offered(Provider.OpenRouter, reading, List.of(), ALL).getFirst().facts();

    var provider = Source.provider(TODAY);
    assertThat(facts.get(Attribute.DISPLAY_NAME)).contains(new Fact<>("GPT-5 Mini", provider));
    assertThat(facts.get(Attribute.CONTEXT_TOKENS)).contains(new Fact<>(400_000L, provider));
    assertThat(facts.get(Attribute.MAX_OUTPUT_TOKENS)).contains(new Fact<>(128_000L, provider));
    assertThat(facts.get(Attribute.MAX_INPUT_TOKENS).map(Fact::value)).contains(272_000L);
    assertThat(facts.get(Attribute.RETIRES_ON))
        .contains(new Fact<>(LocalDate.of(2027, 1, 14), provider));
    assertThat(facts.get(Attribute.MAX_TEMPERATURE))
        .contains(new Fact<>(new BigDecimal("1.5"), provider));
    assertThat(facts.get(Attribute.INPUT_PRICE))
        .contains(new Fact<>(new BigDecimal("0.25"), provider));
    assertThat(facts.get(Attribute.OUTPUT_PRICE))
        .contains(new Fact<>(new BigDecimal("2"), provider));
    assertThat(facts.get(Attribute.CACHE_READ_PRICE)).isEmpty();
    assertThat(facts.get(Attribute.TOOLS)).contains(new Fact<>(true, provider));
    assertThat(facts.get(Attribute.REASONING)).contains(new Fact<>(true, provider));
    assertThat(facts.get(Attribute.JSON_SCHEMA)).contains(new Fact<>(false, provider));
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5*, gpt-5-mini, true",
    "gpt-5*, gpt-4.1, false",
    "gpt-5*, GPT-5-mini, false",
    "gpt-5, gpt-5-mini, false",
    "*, anything/at:all, true",
    "*mini, gpt-5-mini, true",
    "*mini, gpt-5-mini-2025, false",
    "g*-*i, gpt-5-mini, true",
    "a**b, ab, true",
    "gpt.5, gpt-5, false",
    "[a-z]*, gpt, false",
    "*a*a*b, aaaa, false"
  })
  void readsAPatternAsTheWholeIdWithStarsOnly(String pattern, String id, boolean allowed) {
    assertThat(new AllowList(List.of(pattern)).allows(id)).isEqualTo(allowed);
  }

  @Test
  void takesNoPatternAsAll() {
    assertThat(ALL.allows("any")).isTrue();
  }

  /// A pattern is user input, and must not be able to take the processor.
  @Test
  void endsSoonWithAHostilePattern() {
    assertThat(new AllowList(List.of("*a".repeat(50) + "b")).allows("a".repeat(256))).isFalse();
  }

  private static List<ModelFacts> offered(
      Provider provider, ListReading reading, List<DeclaredModel> declared, AllowList allow) {
    var list = ModelList.of(Asked.CATALOGUE, provider, reading, declared, allow);
    assertThat(list).isInstanceOf(ModelList.Offered.class);
    return ((ModelList.Offered) list).models();
  }

  private static ModelList.Empty empty(Provider provider, ListReading reading, AllowList allow) {
    var list = ModelList.of(Asked.CATALOGUE, provider, reading, List.of(), allow);
    assertThat(list).isInstanceOf(ModelList.Empty.class);
    return (ModelList.Empty) list;
  }

  private static ListReading listed(String... ids) {
    var models = new TreeMap<String, Facts>();
    for (String id : ids) {
      models.put(id, Facts.none().with(Attribute.CONTEXT_TOKENS, 400_000L, Source.provider(TODAY)));
    }
    return new ListReading.Listed(models);
  }
}
