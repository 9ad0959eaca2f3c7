package dev.llmconfig.store.local;

import static dev.llmconfig.store.local.OwnStore.CATALOGUE;
import static dev.llmconfig.store.local.OwnStore.ME;
import static dev.llmconfig.store.local.OwnStore.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.store.ConfigStore;
import dev.llmconfig.store.local.Ledger.Kind;
import dev.llmconfig.store.local.Migration.Result;
import dev.llmconfig.store.local.Migration.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// On a real file, by the real store.
@SuppressWarnings("NullAway.Init") // set before each test
class MigrationTest {

  private static final String OPENAI = "sk-proj-of-the-time-before-0123456789abcd";
  private static final String ANTHROPIC = "sk-ant-api03-of-the-time-before-0123456789";
  private static final String GOOGLE = "AIzaSyOfTheTimeBefore0123456789abcdefghi";
  private static final Map<String, String> NOTHING = Map.of();

  @TempDir private Path folder;

  private final KeyRing ring = KeyRing.of(FernetKey.generate());
  private OwnStore own;

  @BeforeEach
  void open() {
    own = new OwnStore(folder, ring);
  }

  @AfterEach
  void close() {
    own.close();
  }

  @Test
  void takesOverKeysAndTheDefaultModelAndSaysSoWithoutAKey() {
    var result =
        run(
                env(
                    "# of old",
                    "OPENAI_API_KEY='" + OPENAI + "'",
                    "export GOOGLE_API_KEY=" + GOOGLE),
                Map.of("ANTHROPIC_API_KEY", ANTHROPIC),
                config("anthropic/claude-sonnet-4-5"))
            .orElseThrow();

    assertThat(result.made())
        .containsExactly(
            "OPENAI_API_KEY of .env, line 2 is now key openai-migrated.",
            "ANTHROPIC_API_KEY of the environment is now key anthropic-migrated.",
            "GOOGLE_API_KEY of .env, line 3 is now key google-migrated.",
            "llm.default_model of configs/default.yaml is now the default, claude-sonnet-4-5.");
    assertThat(result.warnings()).isEmpty();
    assertThat(names()).containsExactly("anthropic-migrated", "google-migrated", "openai-migrated");
    assertThat(held("openai-migrated")).contains(OPENAI);
    assertThat(held("anthropic-migrated")).contains(ANTHROPIC);
    assertThat(held("google-migrated")).contains(GOOGLE);
    assertThat(own.trees(Kind.ApiKeyConfig))
        .extracting(key -> key.path("spec").path("displayName").asText())
        .containsExactly("Anthropic (migrated)", "Google (migrated)", "OpenAI (migrated)");
    assertThat(own.trees(Kind.ModelConfig))
        .singleElement()
        .satisfies(model -> {
          assertThat(model.path("spec").path("isDefault").asBoolean()).isTrue();
          assertThat(model.path("spec").path("model").asText()).isEqualTo("claude-sonnet-4-5");
          assertThat(model.path("spec").path("apiKeyRef").path("name").asText())
              .isEqualTo("anthropic-migrated");
        });
    assertThat(own.all()).noneMatch(json -> json.contains("of-the-time-before"));
  }

  @Test
  void doneOnceIsNeverAgain() {
    assertThat(run(env("OPENAI_API_KEY=" + OPENAI), NOTHING, Optional.empty())).isPresent();
    var before = own.all();

    assertThat(run(env("no line at all"), Map.of("GOOGLE_API_KEY", GOOGLE), config("[")))
        .as("not even looked at")
        .isEmpty();
    assertThat(own.all()).isEqualTo(before);
    close();
    open();
    assertThat(run(env("no line at all"), NOTHING, config("["))).isEmpty();
    assertThat(own.all()).isEqualTo(before);
  }

  @Test
  void nothingToTakeOverIsDone() {
    assertThat(run(Optional.empty(), NOTHING, Optional.empty()))
        .contains(new Result(List.of(), List.of()));
    assertThat(run(env("OPENAI_API_KEY=" + OPENAI), NOTHING, Optional.empty())).isEmpty();
    assertThat(names()).isEmpty();
  }

  @Test
  void killedAtAnyStepLeavesWhatWasThereAndTheNextRunDoesAllOfIt() {
    own.key("there", Provider.Google, GOOGLE);
    var before = own.all();
    var killed = 0;
    for (; ; killed++) {
      own.steps().letThrough(killed);
      try {
        assertThat(everything()).isPresent();
        break;
      } catch (Steps.Killed _) {
        assertThat(own.all()).as("after step %d", killed).isEqualTo(before);
      } finally {
        own.steps().letAllThrough();
      }
    }

    // Two keys and a model, each before and after; at least an object of each, the mark, the rows.
    assertThat(killed).isGreaterThanOrEqualTo(3 * 2 + 3 + 2);
    assertThat(names()).containsExactly("anthropic-migrated", "openai-migrated", "there");
    assertThat(own.trees(Kind.ModelConfig)).hasSize(1);
    assertThat(everything()).as("it is remembered").isEmpty();
  }

  private Optional<Result> everything() {
    return new Migration(
            own.objects(), own.steps().between(ConfigStore.class, own.store()), ME, CATALOGUE)
        .run(
            env("OPENAI_API_KEY=" + OPENAI, "ANTHROPIC_API_KEY=" + ANTHROPIC),
            Map.of("GOOGLE_API_KEY", GOOGLE),
            config("openai/gpt-5-mini"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProviderThatHasAKeyIsSkippedAndASuspendedOneCounts(boolean suspended) {
    own.key("mine", Provider.OpenAI, "sk-proj-which-i-entered-myself-0123456789");
    own.objects()
        .change(desk -> {
          var key = desk.tree(Kind.ApiKeyConfig, OwnStore.at("mine")).orElseThrow();
          key.withObjectProperty("spec").put("suspend", suspended);
          return desk.put(Kind.ApiKeyConfig, key);
        });

    var result =
        run(
                env("OPENAI_API_KEY=" + OPENAI, "GOOGLE_API_KEY=" + GOOGLE),
                NOTHING,
                config("openai/gpt-5-mini"))
            .orElseThrow();

    assertThat(names()).containsExactly("google-migrated", "mine");
    assertThat(held("mine")).contains("sk-proj-which-i-entered-myself-0123456789");
    assertThat(result.made()).noneMatch(sentence -> sentence.contains("OPENAI"));
    assertThat(own.trees(Kind.ModelConfig))
        .extracting(model -> model.path("spec").path("apiKeyRef").path("name").asText())
        .containsExactly("mine");
  }

  @Test
  void aDefaultThatWasChosenStays() {
    run(env("OPENAI_API_KEY=" + OPENAI), NOTHING, config("openai/gpt-5-mini"));
    var chosen = own.trees(Kind.ModelConfig);
    try (var other = new OwnStore(folder.resolve("other"), ring)) {
      other.objects().change(desk -> desk.put(Kind.ModelConfig, chosen.getFirst()));
      other.key("mine", Provider.OpenAI, OPENAI);
      new Migration(other.objects(), other.store(), ME, CATALOGUE)
          .run(Optional.empty(), NOTHING, config("openai/gpt-4.1"));
      assertThat(other.trees(Kind.ModelConfig))
          .extracting(model -> model.path("spec").path("model").asText())
          .containsExactly("gpt-5-mini");
    }
  }

  @Test
  void theFileCountsBeforeTheEnvironment() {
    run(
        env("OPENAI_API_KEY=" + OPENAI, "GOOGLE_API_KEY="),
        Map.of("OPENAI_API_KEY", "sk-proj-of-the-environment-0123456789", "GOOGLE_API_KEY", GOOGLE),
        Optional.empty());

    assertThat(held("openai-migrated")).contains(OPENAI);
    assertThat(held("google-migrated")).as("an empty line sets nothing").contains(GOOGLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPENAI_API_KEY=", "OPENAI_API_KEY=\"\"", "OPENAI_API_KEY='  '", "#"})
  void anEmptyValueIsSkipped(String line) {
    var result = run(env(line), Map.of("OPENAI_API_KEY", "  "), Optional.empty()).orElseThrow();
    assertThat(result.made()).isEmpty();
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC_API_KEY=sk-ant-***hidden, mask",
    "ANTHROPIC_API_KEY='sk-ant-hidden 0123456789', whitespace inside",
    "ANTHROPIC_API_KEY=sk-ant-hidden-ümlaut, outside ASCII",
    "sk-ant-hidden-0123456789, no line of the form",
    "ANTHROPIC_API_KEY=\"sk-ant-hidden-0123456789, does not end it",
    "3=sk-ant-hidden-0123456789, no name of a variable"
  })
  void whatIsNoKeyRollsAllOfItBackAndNamesTheLine(String line, String why) {
    var before = own.all();

    assertThatExceptionOfType(Migration.Failed.class)
        .isThrownBy(
            () -> run(env("OPENAI_API_KEY=" + OPENAI, line), NOTHING, config("openai/gpt-5-mini")))
        .satisfies(failed ->
            assertThat(failed.sentence())
                .contains(".env, line 2")
                .contains(why)
                .contains("Nothing was taken over")
                .doesNotContain("sk-")
                .doesNotContain("hidden"));
    assertThat(own.all()).isEqualTo(before);
    assertThat(run(env("OPENAI_API_KEY=" + OPENAI), NOTHING, Optional.empty())).isPresent();
    assertThat(names()).containsExactly("openai-migrated");
  }

  @Test
  void aKeyOfTheEnvironmentIsRefusedByItsVariable() {
    assertThatThrownBy(() ->
            run(
                Optional.empty(),
                Map.of("OPENAI_API_KEY", OPENAI, "GOOGLE_API_KEY", "AIza-***hidden"),
                Optional.empty()))
        .isInstanceOf(Migration.Failed.class)
        .hasMessageContaining("GOOGLE_API_KEY of the environment")
        .hasMessageNotContaining("hidden");
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "llm:|  default_model: nobody-knows-hidden, 2, nobody knows the provider",
    "llm:|  default_model: elsewhere/hidden, 2, nobody knows the provider",
    "a: 1|llm:|  default_model: [hidden], 3, no text",
    "llm:|  default_model: {hidden: 1}, 2, no text",
    "llm:|  'default_model: hidden, 2, no YAML",
    "llm:|\tdefault_model: hidden, 2, no YAML"
  })
  void aConfigurationThatIsNotUnderstoodRollsTheKeysBackToo(String text, int line, String why) {
    var before = own.all();
    var config =
        new Source(
            "configs/default.yaml", text.replace('|', '\n').getBytes(StandardCharsets.UTF_8));

    assertThatExceptionOfType(Migration.Failed.class)
        .isThrownBy(() -> run(env("OPENAI_API_KEY=" + OPENAI), NOTHING, Optional.of(config)))
        .satisfies(failed ->
            assertThat(failed.sentence())
                .startsWith("configs/default.yaml, line %d".formatted(line))
                .contains(why)
                .contains("Nothing was taken over")
                .doesNotContain("hidden"));
    assertThat(own.all()).isEqualTo(before);
  }

  @Test
  void aDefaultModelWithoutAKeyIsAWarningAndNothingElse() {
    var result =
        run(env("OPENAI_API_KEY=" + OPENAI), NOTHING, config("anthropic/claude-sonnet-4-5"))
            .orElseThrow();

    assertThat(result.warnings())
        .containsExactly(
            "The default model of configs/default.yaml is one of Anthropic, for which there is no"
                + " key; add one, and choose the model in the page.");
    assertThat(names()).containsExactly("openai-migrated");
    assertThat(own.trees(Kind.ModelConfig)).isEmpty();
    assertThat(everything()).as("done, all the same").isEmpty();
  }

  private Optional<Result> run(
      Optional<Source> env, Map<String, String> environment, Optional<Source> config) {
    return new Migration(own.objects(), own.store(), ME, CATALOGUE).run(env, environment, config);
  }

  private static Optional<Source> env(String... lines) {
    var text = String.join("\n", lines) + "\n";
    return Optional.of(new Source(".env", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Optional<Source> config(String model) {
    var text = "llm:\n  default_model: %s\n".formatted(model);
    return Optional.of(new Source("configs/default.yaml", text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() {
    return own.trees(Kind.ApiKeyConfig).stream()
        .map(key -> key.path("metadata").path("name").asText())
        .toList();
  }

  private String held(String name) {
    var key = own.objects().look(shelf -> shelf.tree(Kind.ApiKeyConfig, OwnStore.at(name)));
    return opened(ring, key.orElseThrow().path("spec").path("encryptedKey").asText()).orElse("");
  }
}
