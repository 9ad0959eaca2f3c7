package dev.llmconfig.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Validated;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileReaderTest {

  @Test
  void readsTheExampleOfTheSchemaFieldByField() {
    Profile profile =
        Cases.valid(
            read(
                "spring-ai-1.yaml",
                """
                schema: llmconfig.dev/profile/v1
                id: spring-ai-1
                version: 1
                title: Spring AI 1.x, OpenAI starter
                dialect: OpenAI
                apiSurface: ChatCompletions
                modes: [Env, Gateway]
                urlStyle: Root
                defaultBaseUrls:
                  OpenAI: https://api.openai.com
                providerNames: {OpenAI: openai}
                modelFormat: "{model}"
                gatewayModelFormat: "{alias}"
                tokenParam: ByModel
                sendsOwn: {temperature: 0.7}
                requiresKey: true
                skipWhenUnset: true
                env:
                  - {name: SPRING_AI_OPENAI_API_KEY, from: Key}
                  - {name: SPRING_AI_OPENAI_BASE_URL, from: BaseUrl}
                  - {name: SPRING_AI_OPENAI_CHAT_COMPLETIONS_PATH, from: CompletionsPath, providers: [Perplexity]}
                shadowedBy: [SPRING_AI_OPENAI_APIKEY]
                notes: ["The base URL must not end in /v1."]
                """));

    assertThat(profile.label()).isEqualTo("spring-ai-1@1");
    assertThat(profile.about().title()).isEqualTo("Spring AI 1.x, OpenAI starter");
    assertThat(profile.speech())
        .isEqualTo(
            new Profile.Speech(
                ProfileDialect.OpenAI,
                ApiSurface.ChatCompletions,
                Set.of(ProfileMode.Env, ProfileMode.Gateway),
                Set.of()));
    assertThat(profile.urls().style()).isEqualTo(UrlStyle.Root);
    assertThat(profile.urls().defaults()).containsEntry(Provider.OpenAI, "https://api.openai.com");
    assertThat(profile.naming().word(Provider.OpenAI)).isEqualTo("openai");
    assertThat(profile.tokenParam()).isEqualTo(TokenParam.ByModel);
    assertThat(profile.sendsOwn().temperature().orElseThrow()).isEqualByComparingTo("0.7");
    assertThat(profile.requiresKey()).isTrue();
    assertThat(profile.env()).hasSize(3);
    assertThat(profile.env().get(2).providers()).containsExactly(Provider.Perplexity);
    assertThat(profile.shadowedBy()).containsExactly("SPRING_AI_OPENAI_APIKEY");
    assertThat(profile.about().notes()).containsExactly("The base URL must not end in /v1.");
  }

  @Test
  void fillsInWhatIsLeftOut() {
    Profile profile = Cases.valid(read(AcmeProfile.TEXT));

    assertThat(profile.about().title()).isEqualTo("acme");
    assertThat(profile.speech().modes()).containsExactlyInAnyOrder(ProfileMode.values());
    assertThat(profile.naming().model()).isEqualTo("{model}");
    assertThat(profile.naming().gatewayModel()).isEqualTo("{alias}");
    assertThat(profile.naming().word(Provider.OpenRouter)).isEqualTo("openrouter");
    assertThat(profile.requiresKey()).isTrue();
    assertThat(profile.tokenParam()).isEqualTo(TokenParam.None);
  }

  /// The line that is broken is the one after the sound file's last, so 10, unless said otherwise.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "temprature: 1 | 10 | There is no field temprature; known here are",
        "urlStyle: Root | 10 | urlStyle is written twice; keep one.",
        "modes: [Gateway, Enf] | 10 | modes must be one of Env, Gateway, not Enf.",
        "modes: [] | 10 | modes is empty; a profile is for Env, Gateway or both.",
        "modes: Env | 10 | modes must be a list.",
        "title: | 10 | title has no value; write one or remove the line.",
        "title: [a] | 10 | title must be a single value.",
        "requiresKey: yes | 10 | requiresKey must be true or false, not yes.",
        "skipWhenUnset: false | 10 | Only a Constant can be written when nothing is set.",
        "modelFormat: gpt | 10 | modelFormat must be a text with {model}, not gpt.",
        "modelFormat: '{model}{alias}' | 10 | modelFormat must be a text with {model}",
        "gatewayModelFormat: '{model}' | 10 | gatewayModelFormat must be a text with {alias}",
        "tokenParam: Both | 10 | tokenParam must be one of MaxTokens",
        "sendsOwn: {temperature: 3} | 10 | temperature must be between 0 and 2, not 3.",
        "sendsOwn: {temperature: warm} | 10 | temperature must be a number, not warm.",
        "sendsOwn: {topK: 40} | 10 | There is no field topK; known here are",
        "sendsOwn: 1 | 10 | sendsOwn must be fields with a name each.",
        "defaultBaseUrls: {OpenAI: api.openai.com} | 10 | OpenAI must be a usable text",
        "defaultBaseUrls: {Acme: 'https://a.b'} | 10 | There is no field Acme",
        "providerNames: {OpenAI: ''} | 10 | OpenAI must be a usable text",
        "shadowedBy: [A-B] | 10 | A-B is no name for a variable.",
        "shadowedBy: [A, A] | 10 | A is in shadowedBy twice; keep one.",
        "providers: [Acme] | 10 | providers must be one of OpenAI",
        "remove: [ACME_KEY] | 10 | remove takes entries out of the profile that extends names.",
        "extends: openai-4 | 10 | extends must be the id of a built-in profile, not openai-4.",
        "lowersModel: maybe | 10 | lowersModel must be true or false, not maybe.",
        "a: *b | 10 | Aliases are not read in a profile; write the value out.",
        "a: [1, 2 | 10 | look at the indentation, colons and quotes of this line.",
        "--- | 11 | has a second document; a profile file has one.",
      })
  void refusesAFileWithTheLine(String line, int at, String sentence) {
    assertThat(problems(AcmeProfile.TEXT + line + "\n"))
        .anySatisfy(problem -> {
          assertThat(problem.field()).isEqualTo("acme.yaml:" + at);
          assertThat(problem.sentence()).contains(sentence);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{from: Model} | The entry has no name.",
        "{name: A} | The entry has no from.",
        "{name: A, from: Modle} | from must be one of Key, BaseUrl",
        "{name: A-B, from: Model} | A-B is no name for a variable",
        "{name: 1A, from: Model} | 1A is no name for a variable",
        "{name: ACME_KEY, from: Model} | ACME_KEY is in env twice; keep one.",
        "{name: A, from: Model, unit: s} | There is no field unit",
        "{name: A, from: Model, value: x} | value is for entries from Constant, not from Model.",
        "{name: A, from: Constant} | A Constant needs a value.",
        "{name: A, from: Constant, value: ''} | an empty variable counts as set",
        "{name: A, from: Constant, value: 'é'} | value has characters that are not printable ASCII.",
        "{name: A, from: Key, format: '{value}!'} | format means nothing for Key",
        "{name: A, from: Model, format: millis} | format means nothing for Model",
        "{name: A, from: Model, format: seconds} | format must be a text with one {value}",
        "{name: A, from: TimeoutSeconds, format: '{value}{value}'} | format must be a text with one",
        "{name: A, from: TimeoutSeconds, format: '{value}{unit}'} | format must be a text with one",
        "{name: A, from: Model, tokenField: max_tokens} | tokenField is for entries from MaxOutputTokens",
        "{name: A, from: MaxOutputTokens, tokenField: maxTokens} | tokenField must be max_tokens or",
        "{name: A, from: Model, urlStyle: Root} | urlStyle is for entries from BaseUrl, not from Model.",
        "{name: A, from: Model, skipWhenUnset: false} | Only a Constant can be written when nothing",
        "{name: A, from: Model, modes: []} | modes is empty; remove it",
        "{name: A, from: Model, providers: [Nobody]} | providers must be one of OpenAI",
        "word | An entry of env must be fields with a name each.",
      })
  void refusesAnEntryWithTheLine(String entry, String sentence) {
    assertThat(problems(AcmeProfile.TEXT + "  - " + entry + "\n"))
        .anySatisfy(problem -> {
          assertThat(problem.field()).isEqualTo("acme.yaml:10");
          assertThat(problem.sentence()).contains(sentence);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "Path",
        "HOME",
        "LD_PRELOAD",
        "LD_",
        "DYLD_INSERT_LIBRARIES",
        "JAVA_TOOL_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "NODE_OPTIONS",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "BASH_ENV",
        "KUBERNETES_SERVICE_HOST",
        "HTTPS_PROXY",
        "https_proxy",
        "no_Proxy",
        "OPENAI_PROXY"
      })
  void refusesNamesThatChangeWhatRunsOrWhere(String name) {
    assertThat(problems(AcmeProfile.withModelIn(name)))
        .anySatisfy(problem ->
            assertThat(problem.sentence()).contains(name + " may not be set by a profile"));
  }

  @Test
  void namesEveryFieldThatIsMissing() {
    assertThat(problems("id: acme\n"))
        .extracting(Problem::sentence)
        .containsExactlyInAnyOrder(
            "The profile has no schema.",
            "The profile has no version.",
            "The profile has no dialect.",
            "The profile has no apiSurface.",
            "The profile has no env.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema: llmconfig.dev/profile/v1 | schema: llmconfig.dev/profile/v2 | schema must be llmconfig.dev/profile/v1",
        "id: acme | id: Acme | id must be 1 to 40 of the characters a-z, 0-9 and -, not Acme.",
        "id: acme | id: other | The file of profile other must be named other.yaml.",
        "version: 1 | version: 0 | version must be a whole number from 1 to 9999, not 0.",
        "version: 1 | version: 1.5 | version must be a whole number",
        "dialect: OpenAI | dialect: Native | A Native profile lists its providers",
        "apiSurface: ChatCompletions | apiSurface: Chat | apiSurface must be one of ChatCompletions",
        "urlStyle: WithV1 | title: x | The profile has no urlStyle, and an entry from BaseUrl needs one.",
      })
  void refusesAWrongField(String sound, String broken, String sentence) {
    assertThat(problems(AcmeProfile.TEXT.replace(sound, broken)))
        .anySatisfy(problem -> assertThat(problem.sentence()).contains(sentence));
  }

  @Test
  void refusesTheGatewayForWhatItDoesNotServe() {
    String gemini =
        AcmeProfile.TEXT
            .replace("dialect: OpenAI", "dialect: Gemini")
            .replace("apiSurface: ChatCompletions", "apiSurface: GenerateContent");

    assertThat(problems(gemini + "modes: [Env, Gateway]\n"))
        .extracting(Problem::sentence)
        .containsExactly("The gateway does not serve GenerateContent; write modes: [Env].");
    assertThat(Cases.valid(read(gemini)).speech().modes()).containsExactly(ProfileMode.Env);
  }

  @Test
  void refusesEntriesThatCouldSetBothTokenFields() {
    String both =
        AcmeProfile.TEXT
            + "  - {name: A, from: MaxOutputTokens}\n"
            + "  - {name: B, from: MaxOutputTokens, tokenField: max_tokens}\n";

    assertThat(problems(both))
        .extracting(Problem::sentence)
        .anyMatch(sentence -> sentence.contains("so both fields could be set"));
  }

  @Test
  void refusesATokenFieldThatContradictsTokenParam() {
    String contradiction =
        AcmeProfile.TEXT
            + "  - {name: B, from: MaxOutputTokens, tokenField: max_completion_tokens}\n"
            + "tokenParam: MaxTokens\n";

    assertThat(problems(contradiction))
        .extracting(Problem::sentence)
        .anyMatch(sentence -> sentence.contains("contradict each other"));
  }

  @Test
  void refusesAFileThatMeansGigabytes() {
    String bomb = "a: &a [1,1]\nb: &b [*a,*a]\n";

    assertThat(problems(bomb))
        .extracting(Problem::sentence)
        .containsExactly("Aliases are not read in a profile; write the value out.");
    assertThat(problems("a: " + "x".repeat(70_000)))
        .extracting(Problem::sentence)
        .containsExactly("The file is longer than 65536 characters.");
    assertThat(problems("a: " + "[".repeat(60_000))).extracting(Problem::sentence).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   \n", "# only a comment\n"})
  void refusesAnEmptyFile(String text) {
    assertThat(problems(text)).extracting(Problem::sentence).containsExactly("The file is empty.");
  }

  @Test
  void refusesWhatIsNotFields() {
    assertThat(problems("- a\n"))
        .extracting(Problem::sentence)
        .containsExactly("A profile must be fields with a name each.");
  }

  @Test
  void startsFromABuiltInProfile() {
    Profile profile =
        Cases.valid(
            read(
                """
                schema: llmconfig.dev/profile/v1
                id: acme
                extends: openai
                title: OpenAI the way Acme wants it
                env:
                  - {name: OPENAI_MODEL, from: Model, format: lower}
                  - {name: ACME_TIER, from: Constant, value: gold}
                remove: [OPENAI_ORG_ID]
                """));

    assertThat(profile.label()).isEqualTo("acme@1");
    assertThat(profile.about().title()).isEqualTo("OpenAI the way Acme wants it");
    assertThat(profile.speech().dialect()).isEqualTo(ProfileDialect.OpenAI);
    assertThat(profile.urls().defaults()).containsKey(Provider.OpenAI);
    assertThat(profile.env())
        .extracting(EntryRule::name)
        .containsExactlyInAnyOrder(
            "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "OPENAI_PROJECT_ID", "ACME_TIER");
    assertThat(profile.env())
        .filteredOn(rule -> rule.name().equals("OPENAI_MODEL"))
        .singleElement()
        .satisfies(rule -> assertThat(rule.format()).isEqualTo(new ValueFormat.Lower()));
  }

  @Test
  void refusesToRemoveWhatIsNotThere() {
    assertThat(
            problems(
                """
                schema: llmconfig.dev/profile/v1
                id: acme
                extends: openai
                remove: [OPENAI_ORG]
                """))
        .containsExactly(new Problem("acme.yaml:4", "openai@1 has no entry OPENAI_ORG."));
  }

  @Test
  void saysOnlyThatTheBaseIsUnknownWhereItIs() {
    assertThat(
            problems(
                """
                schema: llmconfig.dev/profile/v1
                id: acme
                extends: opnai
                """))
        .containsExactly(
            new Problem("acme.yaml:3", "extends must be the id of a built-in profile, not opnai."));
  }

  private static List<Problem> problems(String text) {
    return switch (read(text)) {
      case Validated.Invalid<Profile>(var problems) -> problems;
      case Validated.Valid<Profile>(var profile) -> throw new AssertionError("accepted " + profile);
    };
  }

  private static Validated<Profile> read(String text) {
    return read("acme.yaml", text);
  }

  private static Validated<Profile> read(String file, String text) {
    Profiles builtIn = Profiles.builtIn();
    return ProfileReader.read(file, text, Profile.Origin.ConfigMap, id -> find(builtIn, id));
  }

  private static Optional<Profile> find(Profiles profiles, String id) {
    return profiles.find(id);
  }
}
