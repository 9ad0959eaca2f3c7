package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.api.Provider;
import dev.llmconfig.provider.fake.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelsCommandTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void showsEveryNumberWithWhoseItIs() {
    var run = Run.of("", "models", "--provider", "OpenAI");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(lines(run).filter(line -> line.startsWith("gpt-5-mini ")).toList())
        .singleElement()
        .asString()
        .matches(
            "gpt-5-mini +Chat a +- +272000 a +128000 a +0.25 a +2 a +0.025 a"
                + " +reasoning,tools,vision,jsonSchema a +minimal,low,medium,high a"
                + " +OnlyDefault b +2026-12-11 a");
    assertThat(run.out())
        .contains("\na  litellm@1.109.1, 2026-11-12\n")
        .contains("\nb  rule, 2026-11-20\n")
        .endsWith("124 models of OpenAI, from the catalogue; catalogue of 2026-11-12.\n");
  }

  @Test
  void marksWhatIsNoLimitAndWhatIsOver() {
    var xai = Run.of("", "models", "--provider", "XAI");
    var deepSeek = Run.of("", "models", "--provider", "DeepSeek");

    assertThat(lines(xai)).anyMatch(line -> line.matches("grok-4.5 .* 500000 a +500000\\* a .*"));
    assertThat(lines(deepSeek)).anyMatch(line -> line.matches("deepseek-chat .* 2026-07-24! a"));
  }

  @Test
  void printsEachFactAsJsonWithSourceAndDay() {
    var models = json("models", "--provider", "OpenAI", "-o", "json");
    var mini = model(models, "gpt-5-mini");

    assertThat(models.at("/catalogue/asOf").asText()).isEqualTo("2026-11-12");
    assertThat(models.at("/list").asText()).isEqualTo("Catalogue");
    assertThat(mini.at("/maxOutputTokens"))
        .hasToString("{\"value\":128000,\"source\":\"litellm@1.109.1\",\"asOf\":\"2026-11-12\"}");
    assertThat(mini.at("/inputUsdPerMillion"))
        .hasToString("{\"value\":\"0.25\",\"source\":\"litellm@1.109.1\",\"asOf\":\"2026-11-12\"}");
    assertThat(mini.at("/displayName"))
        .hasToString(
            "{\"value\":\"GPT-5 Mini\",\"source\":\"tokenlens@1.3.0\",\"asOf\":\"2025-09-11\"}");
    assertThat(mini.at("/sampling/value").asText()).isEqualTo("OnlyDefault");
    assertThat(mini.at("/efforts/value")).hasToString("[\"minimal\",\"low\",\"medium\",\"high\"]");
    assertThat(mini.at("/tools/value").isBoolean()).isTrue();
    assertThat(mini.has("contextTokens")).isFalse();
    assertThat(mini.at("/retirement/band").asText()).isEqualTo("Within30Days");
  }

  /// The day of the tests is 2026-11-20.
  @Test
  void showsOnlyWhatRetires() {
    var models = json("models", "--provider", "OpenAI", "--retiring", "-o", "json");

    assertThat(ids(models)).contains("gpt-5-mini", "o4-mini").doesNotContain("gpt-6-sol");
    assertThat(models.at("/models")).allMatch(model -> model.has("retirement"));
    assertThat(model(models, "o4-mini").at("/retirement/reason").asText()).isEqualTo("Retired");
  }

  @Test
  void describesAzuresBaseModels() {
    var mini = model(json("models", "--provider", "AzureOpenAI", "-o", "json"), "gpt-5-mini");

    assertThat(mini.at("/retiresOn/value").asText()).isEqualTo("2027-02-09");
    assertThat(mini.at("/known").booleanValue()).isTrue();
  }

  @Test
  void saysWhyThereIsNothingToShow() {
    var none = Run.of("", "models", "--provider", "OpenRouter");
    var retiring = Run.of("", "models", "--provider", "Ollama", "--retiring", "-o", "json");

    assertThat(none.exitCode()).isZero();
    assertThat(none.out()).isEmpty();
    assertThat(none.err())
        .isEqualTo("The catalogue has no models of OpenRouter; its own list has them.\n");
    assertThat(retiring.err()).isEmpty();
    assertThat(parsed(retiring).at("/models")).isEmpty();
    assertThat(parsed(retiring).at("/empty/reason").asText()).isEqualTo("NoneRetiring");
    assertThat(parsed(retiring).at("/empty/sentence").asText())
        .isEqualTo("No model of Ollama is known to retire within 90 days.");
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void printsAnyProviderBothWays(Provider provider) {
    assertThat(Run.of("", "models", "--provider", provider.name()).exitCode()).isZero();
    assertThat(ids(json("models", "--provider", provider.name(), "--output", "json")))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--provider openai|--provider must be one of OpenAI,",
        "--provider OpenAI -o xml|--output must be one of table, json.",
        "--retiring|`llmconfig models` lacks --provider."
      })
  void refusesInOneSentenceWhatItCannotRead(String arguments, String sentence) {
    var run = Run.of("", ("models " + arguments).split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(sentence).hasLineCount(1);
  }

  @Test
  void enrichesTheProvidersOwnListAndBelievesItFirst() {
    try (var fake = FakeProvider.start()) {
      var run =
          Run.of(
              "sk-proj-fx-OA01-canary",
              "models",
              "--provider=OpenAI",
              "--endpoint=" + fake.url("/v1"),
              "--allow-insecure-endpoint",
              "--key-stdin",
              "-o=json");
      var models = parsed(run);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(ids(models)).containsExactly("gpt-4.1-mini", "gpt-5-mini");
      assertThat(models.at("/list").asText()).isEqualTo("Provider");
      assertThat(model(models, "gpt-4.1-mini").at("/retiresOn"))
          .hasToString(
              "{\"value\":\"2027-01-14\",\"source\":\"provider\",\"asOf\":\"2026-11-20\"}");
      assertThat(model(models, "gpt-5-mini").at("/maxOutputTokens/source").asText())
          .isEqualTo("litellm@1.109.1");
      assertThat(run.out() + run.err()).doesNotContain("canary");
    }
  }

  @Test
  void readsTheKeyFromAFileToo(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("key"), "sk-ant-api-fx-AN01-canary\n");
    try (var fake = FakeProvider.start()) {
      var run =
          Run.of(
              "",
              "models",
              "--provider=Anthropic",
              "--endpoint=" + fake.url(""),
              "--allow-insecure-endpoint",
              "--key-file=" + file);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("claude-sonnet-4-5")
          .contains("  provider, 2026-11-20\n")
          .contains("from its own list; catalogue of 2026-11-12.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, sk-proj-fx-OA02-canarycanarycanary, /v1, 1, InvalidKey",
    "OpenAI, sk-proj-fx-OA15-canarycanarycanary, /v1, 1, NotAllowedFromHere",
    "OpenAI, sk-proj-fx-OA04-canarycanarycanary, /v1, 2, InsufficientPermissions",
    "Google, AIzafx-GE04-canarycanarycanary, '', 1, KeyDisabled",
    "XAI, xai-fx-XA01-canarycanarycanary, /v1, 1, InvalidKey"
  })
  void saysWhyAListCannotBeRead(
      Provider provider, String key, String path, int exitCode, String reason) {
    try (var fake = FakeProvider.start()) {
      String[] command = {
        "models",
        "--provider=" + provider,
        "--endpoint=" + fake.url(path),
        "--allow-insecure-endpoint",
        "--key-stdin"
      };
      var table = Run.of(key, command);
      var json =
          Run.of(
              key, Stream.concat(Stream.of(command), Stream.of("-o=json")).toArray(String[]::new));

      assertThat(table.exitCode()).as(table.err()).isEqualTo(exitCode);
      assertThat(table.out()).isEmpty();
      assertThat(table.err()).hasLineCount(1).endsWith(".\n");
      assertThat(json.exitCode()).isEqualTo(exitCode);
      assertThat(parsed(json).at("/empty/reason").asText()).isEqualTo(reason);
      assertThat(table.err() + json.out() + json.err()).doesNotContain("canary");
    }
  }

  @Test
  void showsTheCatalogueWhereAProviderHasNoList() {
    try (var fake = FakeProvider.start()) {
      var run =
          Run.of(
              "an-azure-key-of-some-length",
              "models",
              "--provider=AzureOpenAI",
              "--endpoint=" + fake.url(""),
              "--allow-insecure-endpoint",
              "--key-stdin");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err())
          .isEqualTo(
              "Warning: AzureOpenAI does not list what this key can call; these are the models of the"
                  + " catalogue.\n");
      assertThat(run.out()).contains("gpt-5-mini", "from the catalogue");
    }
  }

  @Test
  void asksAServerThatNeedsNoKey() {
    try (var fake = FakeProvider.start()) {
      var run =
          Run.of(
              "",
              "models",
              "--provider=Ollama",
              "--endpoint=" + fake.url("/open"),
              "--allow-insecure-endpoint");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("from its own list");
    }
  }

  @Test
  void listsTheModelsOfEchoWithoutANetwork() {
    assertThat(ids(json("models", "--provider=Echo", "-o=json")))
        .containsExactly("echo", "echo-markdown", "echo-slow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--provider Bedrock --key-stdin|--endpoint is needed, because Bedrock has no default endpoint.|2",
        "--provider OpenAI --key-stdin --key-file f|Give the key once: --key-stdin or --key-file.|2",
        "--provider OpenAI --key-file /nowhere/at/all|The file of --key-file cannot be read; correct the path.|2",
        "--provider OpenAI --key-stdin|There is no key to work on:|1",
        "--provider VLLM --endpoint ftp://x|--endpoint must|2"
      })
  void saysWhatItLacks(String arguments, String sentence, int exitCode) {
    var run = Run.of("", ("models " + arguments).split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).startsWith(sentence).hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  private static Stream<String> lines(Run run) {
    return run.out().lines();
  }

  private static JsonNode json(String... arguments) {
    return parsed(Run.of("", arguments));
  }

  private static JsonNode parsed(Run run) {
    try {
      return JSON.readTree(run.out());
    } catch (JsonProcessingException e) {
      throw new AssertionError(run.err(), e);
    }
  }

  private static List<String> ids(JsonNode models) {
    return models.at("/models").valueStream().map(model -> model.at("/id").asText()).toList();
  }

  private static JsonNode model(JsonNode models, String id) {
    return models
        .at("/models")
        .valueStream()
        .filter(model -> model.at("/id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
