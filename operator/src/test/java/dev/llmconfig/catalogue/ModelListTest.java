package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which models there are, and why there are none (traps P13, R12, U12).
class ModelListTest {

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
    assertThat(empty(Provider.OpenAI, new ListReading.Disabled(), ALL).reason())
        .isEqualTo("DiscoveryDisabled");
  }

  @Test
  void saysOfEveryEmptyListWhy() {
    assertThat(empty(Provider.OpenAI, listed(), ALL).reason()).isEqualTo("ListEmpty");
    assertThat(empty(Provider.Perplexity, new ListReading.NoEndpoint(), ALL).reason())
        .isEqualTo("NoListEndpoint");
    assertThat(empty(Provider.OpenAI, TWO, new AllowList(List.of("claude-*"))).reason())
        .isEqualTo("HiddenByAllowList");
    assertThat(
            empty(
                Provider.OpenAI,
                new ListReading.Failed("InvalidKey", "OpenAI says the key is wrong.", List.of()),
                ALL))
        .isEqualTo(new ModelList.Empty("InvalidKey", "OpenAI says the key is wrong."));
  }

  @Test
  void offersOfAzureOnlyWhatIsDeclared() {
    var deployment = DeclaredModel.of("our-mini").basedOn("gpt-5-mini");

    assertThat(offered(Provider.AzureOpenAI, TWO, List.of(deployment), ALL))
        .extracting(ModelFacts::id)
        .containsExactly("our-mini");
    assertThat(empty(Provider.AzureOpenAI, TWO, ALL).reason()).isEqualTo("NoListEndpoint");
    assertThat(empty(Provider.AzureOpenAI, listed(), ALL).reason()).isEqualTo("ListEmpty");
  }

  @Test
  void keepsTheLastListWhenAReadingFails() {
    var failed =
        new ListReading.Failed(
            "Timeout", "api.openai.com did not answer in time.", List.of(model("gpt-5-mini")));

    assertThat(offered(Provider.OpenAI, failed, List.of(), ALL))
        .extracting(ModelFacts::id)
        .containsExactly("gpt-5-mini");
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
    return new ListReading.Listed(List.of(ids).stream().map(ModelListTest::model).toList());
  }

  private static ListedModel model(String id) {
    return new ListedModel(
        id,
        Facts.none()
            .with(Attribute.CONTEXT_TOKENS, 400_000L, Source.provider(LocalDate.of(2026, 11, 20))));
  }
}
