package dev.llmconfig.store.local;

import static dev.llmconfig.store.local.OwnStore.ME;
import static dev.llmconfig.store.local.OwnStore.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.store.ConfigStore;
import dev.llmconfig.store.Imports;
import dev.llmconfig.store.KeyChange;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.ModelDraft;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Replacement;
import dev.llmconfig.store.Version;
import dev.llmconfig.store.local.Ledger.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real file, by the real store.
@SuppressWarnings("NullAway.Init") // set before each test
class EnvironmentKeysTest {

  private static final String OPENAI = "sk-proj-beside-the-store-0123456789abcdef";
  private static final String MISTRAL = "beside-the-store-0123456789abcdef";
  private static final String MINE = "sk-proj-entered-by-hand-0123456789abcdef";

  @TempDir private Path folder;

  private final KeyRing ring = KeyRing.of(FernetKey.generate());
  private final List<String> told = new ArrayList<>();
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
  void areUsedWhereTheStoreHasNoneAndEachIsWarnedOfOnce() {
    own.key("mine", Provider.Anthropic, "sk-ant-api03-entered-by-hand-0123456789");
    start(
        "# nothing\nOPENAI_API_KEY='%s'\nANTHROPIC_API_KEY=sk-ant-api03-old-0123456789\n"
            .formatted(OPENAI),
        Map.of("OPENAI_API_KEY", MINE, "MISTRAL_API_KEY", MISTRAL));

    assertThat(sources())
        .containsExactly("mine ", "mistral-env the environment", "openai-env .env");
    assertThat(plaintext("openai-env")).isEqualTo(OPENAI);
    assertThat(plaintext("mistral-env")).isEqualTo(MISTRAL);
    assertThat(told)
        .containsExactlyInAnyOrder(
            "Using OPENAI_API_KEY from .env; import it in the Playground.",
            "Using MISTRAL_API_KEY from the environment; import it in the Playground.");
    assertThat(own.all()).noneMatch(json -> json.contains("beside-the-store"));
    assertThat(own.sealed().keys()).as("what can be read again binds no start").isEqualTo(1);
  }

  @Test
  void anotherStartChangesNothingThatIsAsItWas() {
    start(env(), Map.of());
    var before = own.all();
    start(env(), Map.of());
    assertThat(own.all()).isEqualTo(before);

    start("OPENAI_API_KEY=" + MINE, Map.of());
    assertThat(plaintext("openai-env")).isEqualTo(MINE);
    start("", Map.of());
    assertThat(sources()).isEmpty();
  }

  @Test
  void aKeyOfTheStoreTakesTheirPlaceAndTheirConfigs() {
    var store = start(env(), Map.of());
    model(store, "openai-env");

    create(store, "mine", Provider.OpenAI);

    assertThat(sources()).containsExactly("mine ");
    assertThat(keysOfModels()).containsExactly("mine");
    assertThat(own.trees(Kind.Secret)).isEmpty();
  }

  @Test
  void aKeyThatIsNotTakenLeavesThemInPlace() {
    var store = start(env(), Map.of());
    var before = own.all();
    assertThat(made(store, "openai-env", Provider.OpenAI))
        .isInstanceOf(Outcome.AlreadyExists.class);
    assertThat(own.all()).isEqualTo(before);
  }

  @Test
  void aSuspendedKeyOfTheStoreCounts() {
    own.key("mine", Provider.OpenAI, MINE);
    own.objects()
        .change(desk -> {
          var key = desk.tree(Kind.ApiKeyConfig, at("mine")).orElseThrow();
          key.withObjectProperty("spec").put("suspend", true);
          return desk.put(Kind.ApiKeyConfig, key);
        });
    start(env(), Map.of());
    assertThat(sources()).containsExactly("mine ");
    assertThat(told).isEmpty();
  }

  @Test
  void stepInForADeletedKeyWhichIsSaidBefore() {
    var store = start(env(), Map.of());
    create(store, "mine", Provider.OpenAI);
    model(store, "mine");

    assertThat(
            store.deleteKey(
                ME, at("mine"), new Version.Any(), new Replacement.Forced(), Manner.DRY_RUN))
        .isInstanceOfSatisfying(
            Outcome.Previewed.class,
            previewed ->
                assertThat(previewed.warnings())
                    .extracting(Outcome.Warning::sentence)
                    .containsExactly(
                        "From then on OPENAI_API_KEY from .env is used, and the configs that name"
                            + " this key name that one."));
    assertThat(sources()).containsExactly("mine ");

    assertThat(
            store.deleteKey(
                ME, at("mine"), new Version.Any(), new Replacement.None(), Manner.APPLY))
        .isInstanceOf(Outcome.InUse.class);
    assertThat(
            store.deleteKey(
                ME, at("mine"), new Version.Any(), new Replacement.Forced(), Manner.APPLY))
        .isInstanceOf(Outcome.Deleted.class);
    assertThat(sources()).containsExactly("openai-env .env");
    assertThat(keysOfModels()).containsExactly("openai-env");
  }

  @Test
  void nobodyChangesThemByTheStore() {
    var store = start(env(), Map.of());
    var before = own.all();
    var elsewhere = new Outcome.KeyHeldElsewhere(".env");
    var change = new KeyChange(JsonNodeFactory.instance.objectNode(), Optional.empty(), false);

    assertThat(
            store.changeKey(
                ME,
                at("openai-env"),
                new Version.Any(),
                change,
                new KeyMaterial.Absent(),
                Manner.APPLY))
        .isEqualTo(elsewhere);
    assertThat(
            store.deleteKey(
                ME, at("openai-env"), new Version.Any(), new Replacement.Forced(), Manner.APPLY))
        .isEqualTo(elsewhere);
    assertThat(
            store
                .imports()
                .take(
                    ME,
                    List.of(
                        new Imports.Wanted(
                            "document 1",
                            Imports.Kind.ApiKeyConfig,
                            at("openai-env"),
                            JsonNodeFactory.instance.objectNode().put("provider", "OpenAI"))),
                    Manner.APPLY))
        .isEqualTo(new Imports.Imported.Stopped("document 1", elsewhere, List.of()));
    assertThat(own.all()).isEqualTo(before);
  }

  @Test
  void oneThatIsImportedIsTheStoresOwnWhateverBecomesOfItsFile() {
    var store = start(env(), Map.of());
    model(store, "openai-env");

    assertThat(store.keepKey(ME, at("openai-env"), new Version.Any()))
        .isInstanceOf(Outcome.Done.class);
    assertThat(store.keepKey(ME, at("nothing"), new Version.Any()))
        .isInstanceOf(Outcome.Missing.class);

    start("OPENAI_API_KEY=" + MINE, Map.of());
    assertThat(sources()).containsExactly("openai-env ");
    assertThat(plaintext("openai-env")).isEqualTo(OPENAI);
    assertThat(keysOfModels()).containsExactly("openai-env");
    assertThat(own.sealed().keys()).isEqualTo(1);
  }

  @Test
  void whatCannotBeOneIsToldWithoutAValueAndNotUsed() {
    start(
        "OPENAI_API_KEY=sk-proj-***\nMISTRAL_API_KEY=\n",
        Map.of(
            "GROQ_API_KEY", "gsk_two words", "GEMINI_API_KEY", "AIzaSyBesideTheStore0123456789"));
    assertThat(sources()).containsExactly("google-env the environment");
    assertThat(told)
        .hasSize(3)
        .noneMatch(sentence -> sentence.contains("sk-") || sentence.contains("two words"))
        .anyMatch(sentence -> sentence.startsWith("OPENAI_API_KEY from .env is not used."))
        .anyMatch(
            sentence -> sentence.startsWith("GROQ_API_KEY from the environment is not used."));

    told.clear();
    start("OPENAI_API_KEY=%s\nno line at all".formatted(OPENAI), Map.of());
    assertThat(sources()).isEmpty();
    assertThat(told).singleElement().asString().startsWith(".env, line 2 is no line of the form");
  }

  @Test
  void aNameThatIsTakenIsLeftToWhoeverHasIt() {
    own.key("openai-env", Provider.Mistral, MISTRAL);
    start(env(), Map.of());
    assertThat(sources()).containsExactly("openai-env ");
    assertThat(told).singleElement().asString().contains("another key is called openai-env");
  }

  private static String env() {
    return "OPENAI_API_KEY=" + OPENAI;
  }

  private dev.llmconfig.store.cluster.LocalStore start(
      String env, Map<String, String> environment) {
    var keys =
        EnvironmentKeys.of(
            Optional.of(new Migration.Source(".env", env.getBytes(StandardCharsets.UTF_8))),
            environment,
            own.objects(),
            own.encryption(),
            InstantSource.system(),
            told::add);
    own.objects()
        .change(desk -> {
          keys.settle(desk, Optional.empty());
          return true;
        });
    return own.beside(keys);
  }

  private static void create(ConfigStore store, String name, Provider provider) {
    assertThat(made(store, name, provider)).isInstanceOf(Outcome.Done.class);
  }

  private static Outcome made(ConfigStore store, String name, Provider provider) {
    var spec = JsonNodeFactory.instance.objectNode().put("provider", provider.name());
    try (var material = KeyMaterial.of(MINE.getBytes(StandardCharsets.US_ASCII))) {
      return store.createKey(
          ME,
          new KeyDraft(OwnMachine.NAMESPACE, Optional.of(name), spec, Optional.empty(), false),
          material,
          Manner.APPLY);
    }
  }

  private static void model(ConfigStore store, String key) {
    var spec = JsonNodeFactory.instance.objectNode().put("model", "gpt-5-mini");
    spec.putObject("apiKeyRef").put("name", key);
    assertThat(
            store.createModel(
                ME, new ModelDraft(OwnMachine.NAMESPACE, Optional.empty(), spec), Manner.APPLY))
        .isInstanceOf(Outcome.Done.class);
  }

  private List<String> sources() {
    return own.trees(Kind.ApiKeyConfig).stream()
        .map(key -> key.path("metadata").path("name").asText() + " " + EnvironmentKeys.place(key))
        .sorted()
        .toList();
  }

  private List<String> keysOfModels() {
    return own.trees(Kind.ModelConfig).stream()
        .map(model -> model.path("spec").path("apiKeyRef").path("name").asText())
        .toList();
  }

  private String plaintext(String name) {
    ObjectNode key =
        own.objects().look(shelf -> shelf.tree(Kind.ApiKeyConfig, at(name))).orElseThrow();
    var bound = OwnStore.opened(ring, key.path("spec").path("encryptedKey").asText()).orElseThrow();
    return bound.contains(OPENAI)
        ? OPENAI
        : bound.contains(MINE) ? MINE : bound.contains(MISTRAL) ? MISTRAL : bound;
  }
}
