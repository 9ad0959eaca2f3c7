package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.TokenContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files as people really have them: with settings left empty, with anchors, and with more than
/// ours can be. What they say is taken as it is meant, or told of; and nothing is said for them.
class ImportLosesNothingTest {

  private static final String CANARY = "sk-ant-api03-CANARY0123456789";
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  @Test
  void whatIsLeftEmptyIsNotTheWordNull() throws IOException {
    var run =
        litellm(
            """
            model_list:
            - model_name: gpt
              litellm_params:
                model: openai/gpt-5-mini
                api_key:
                api_base: null
                organization: ~
                custom_llm_provider: null
                temperature: null
                extra_headers: {X-Team: null}
                rpm: null
              model_info:
            - model_name: azure
              litellm_params:
                model: azure/mine
                api_base: https://x.openai.azure.com
                base_url: null
                api_key: null
                api_version: null
              model_info: {base_model: null}
            litellm_settings:
            router_settings: {fallbacks: null}
            """);

    assertThat(run.exitCode()).isZero();
    assertThat(spec(run, "ApiKeyConfig", "openai"))
        .isEqualTo(json("{provider: OpenAI, secretRef: {name: openai, key: api-key}}"));
    assertThat(spec(run, "ModelConfig", "gpt"))
        .isEqualTo(json("{apiKeyRef: {name: openai}, model: gpt-5-mini}"));
    assertThat(spec(run, "ApiKeyConfig", "azureopenai"))
        .isEqualTo(
            json(
                "{provider: AzureOpenAI, endpoint: 'https://x.openai.azure.com', secretRef: {name:"
                    + " azureopenai, key: api-key}}"));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).doesNotContain("null");
  }

  @Test
  void anchorsStandForWhatTheyName() throws IOException {
    var run =
        litellm(
            """
            x-key: &key %s
            x-azure: &azure
              api_base: https://x.openai.azure.com
              api_key: *key
              api_version: "2024-10-21"
            x-after: &after [backup]
            model_list:
            - model_name: claude
              litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: *key}
            - model_name: backup
              litellm_params: {<<: *azure, model: azure/backup}
            - model_name: newer
              litellm_params:
                <<: [{api_version: "2025-01-01"}, *azure]
                model: azure/newer
                api_base: https://y.openai.azure.com
            litellm_settings:
              fallbacks: [{claude: *after}]
            """
                .formatted(CANARY));

    assertThat(key(run, "anthropic")).isEqualTo(CANARY);
    assertThat(key(run, "azureopenai")).isEqualTo(CANARY);
    assertThat(spec(run, "ApiKeyConfig", "azureopenai").path("endpoint").asText())
        .isEqualTo("https://x.openai.azure.com");
    assertThat(spec(run, "ApiKeyConfig", "azureopenai-2").path("endpoint").asText())
        .isEqualTo("https://y.openai.azure.com");
    assertThat(spec(run, "ApiKeyConfig", "azureopenai-2").at("/azure/apiVersion").asText())
        .isEqualTo("2025-01-01");
    assertThat(spec(run, "ModelConfig", "claude").path("fallbackRefs"))
        .isEqualTo(json("[{name: backup}]"));
    assertThat(run.out() + run.err()).doesNotContain("CANARY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {a: *b}                            | Line 1 of the file is no YAML; correct it.
          {a: &a [*a]}                       | Line 1 of the file is nested too deep; correct it.
          {a: &a {b: {<<: *a}}}              | Line 1 of the file is nested too deep; correct it.
          {<<: b}                            | Line 1 of the file merges what is no mapping; correct it.
          model_list: []#model_list: []      | Line 2 of the file repeats a name; correct it.
          a: !!binary aGk=                   | Line 1 of the file has a tag that is not known here; correct it.
          - a                                | Line 1 of the file begins no object; correct it.
          a: b#---#a: b                      | The file has 2 documents, and LiteLLM reads a file of one; import each from a file of its own.
          """)
  void whatCannotBeMeantIsRefused(String text, String sentence) {
    var run = litellm(text.replace('#', '\n'));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().strip()).isEqualTo(sentence);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whatAliasesMakeOfAFileHasAnEnd() {
    var run =
        litellm(
            "# ours\nx-key: &key %s\nmodel_list:\n".formatted("x".repeat(500_000))
                + "- {model_name: a, litellm_params: {model: openai/a, api_key: *key}}\n"
                    .repeat(6_000));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().strip()).isEqualTo("Line 2 of the file expands to too much; correct it.");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aFileIsReadToItsEndOrNotAtAll() {
    var run = litellm("# " + "x".repeat(4 * 1024 * 1024) + "\nmodel_list: []\n");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("The file is larger than 4 MiB, so nothing of it is read");
  }

  @Test
  void fallbacksBeyondTheMostAndToItselfAreTold() throws IOException {
    var names = IntStream.range(0, 10).mapToObj(at -> "m" + at).toList();
    var run =
        litellm(
            "model_list:\n"
                + names.stream().map(ImportLosesNothingTest::model).collect(Collectors.joining())
                + "router_settings: {fallbacks: [{m0: %s}, {m0: [m1]}, {m1: m2}, m3]}\n"
                    .formatted(names));

    assertThat(spec(run, "ModelConfig", "m0").path("fallbackRefs"))
        .extracting(one -> one.path("name").asText())
        .containsExactlyElementsOf(names.subList(1, 9));
    assertThat(spec(run, "ModelConfig", "m1").has("fallbackRefs")).isFalse();
    assertThat(run.err())
        .contains(
            "router_settings.fallbacks (m0): names the model itself, which is not tried twice.")
        .contains(
            "router_settings.fallbacks (m0): names 9 models, and a ModelConfig has at most 8; the"
                + " others are left out.")
        .contains("router_settings.fallbacks (m0): is there twice; the first one is kept")
        .contains("router_settings.fallbacks (m1): is no list, so it is left out.")
        .contains("router_settings.fallbacks: has an entry that names no model");
  }

  @Test
  void fallbacksOfTheRouterAreThoseThatLiteLlmTakes() throws IOException {
    var run =
        litellm(
            "model_list:\n"
                + model("a")
                + model("b")
                + model("c")
                + "router_settings: {fallbacks: [{a: [b]}]}\n"
                + "litellm_settings: {fallbacks: [{a: [c]}]}\n");
    assertThat(spec(run, "ModelConfig", "a").path("fallbackRefs")).isEqualTo(json("[{name: b}]"));
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "Left out: litellm_settings.fallbacks: is left out, since LiteLLM takes"
                + " router_settings.fallbacks where both are there.");

    var map = litellm("model_list:\n" + model("a") + "litellm_settings: {fallbacks: {a: [b]}}\n");
    assertThat(map.err())
        .isEqualToIgnoringNewLines(
            "Left out: litellm_settings.fallbacks: is no list, so it is left out.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          api_key: [a]                        | api_key: is no text, so the model is not taken over.
          api_base: {a: b}                    | api_base: is no text, so the model is not taken over.
          api_base: "https://a", base_url: "https://b" | base_url: is not the same as api_base
          extra_headers: [X-Team]             | extra_headers: is no mapping, so it is left out.
          extra_headers: {X-Team: [a]}        | extra_headers: has a header without a text
          extra_headers: {X-Team: os.environ/NONE} | extra_headers: is in variable NONE, which is not set here
          extra_body: a                       | extra_body: is no mapping, so it is left out.
          extra_body: {thinking: null}        | extra_body.thinking: is null
          extra_body: {temperature: 1}, temperature: 2 | extra_body.temperature: is parameters.temperature once more
          max_tokens: 1, max_completion_tokens: 2 | max_completion_tokens: is parameters.maxOutputTokens once more
          seed: os.environ/SEED               | seed: is in a variable, which no parameter can be
          """)
  void whatIsNoSettingOfOursIsTold(String settings, String sentence) {
    var run =
        litellm(
            "model_list:\n"
                + model("other")
                + "- {model_name: a, litellm_params: {model: openai/gpt-5-mini, %s}}\n"
                    .formatted(settings));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("Left out: model_list[1] (a) " + sentence);
    assertThat(run.out()).contains(sentence).doesNotContain("os.environ");
  }

  @Test
  void parametersOfAPatternAndNamesThatAreNumbersAreNotForgotten() throws IOException {
    var run =
        litellm(
            """
            model_list:
            - model_name: any
              litellm_params: {model: "openai/*", temperature: 1}
            - model_name: one
              litellm_params: {model: openai/gpt-5-mini, logit_bias: {50256: -100}}
              model_info: {base_model: gpt-5}
            """);
    assertThat(run.err())
        .contains("model_list[0] (any) temperature: is of a pattern")
        .contains("model_list[1] (one) model_info.base_model: has no counterpart");
    assertThat(spec(run, "ModelConfig", "one").at("/parameters/extra"))
        .isEqualTo(json("{logit_bias: {'50256': -100}}"));
  }

  @Test
  void anObjectOfKagentWithoutASecretIsNotAnObjectThatWouldBeRefused() throws IOException {
    var run =
        Run.of(
            """
            apiVersion: kagent.dev/v1alpha2
            kind: ModelConfig
            metadata: {name: passing, namespace: kagent}
            spec: {provider: OpenAI, model: gpt-5-mini, apiKeyPassthrough: true, apiKeySecret: null}
            ---
            apiVersion: kagent.dev/v1alpha2
            kind: ModelConfig
            metadata:
              name: local
              namespace: null
              labels: {team: a}
              annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}
            spec:
              provider: Ollama
              model: llama3.2
              ollama: {host: "http://ollama:11434"}
              openAI: {temperature: "1"}
            """,
            Map.of(),
            "import",
            "--from",
            "kagent",
            "-n",
            "agents",
            "-");

    assertThat(run.err().lines())
        .containsExactlyInAnyOrder(
            "Left out: ModelConfig passing: names no Secret with a key, and OpenAI needs one, so"
                + " the model is not taken over.",
            "Left out: ModelConfig local spec.openAI: has no counterpart.",
            "Left out: ModelConfig local metadata.labels: is not taken over.");
    assertThat(spec(run, "ApiKeyConfig", "ollama").path("provider").asText()).isEqualTo("Ollama");
    assertThat(run.out()).contains("namespace: \"agents\"").doesNotContain("\"OpenAI\"");
  }

  @Test
  void linesOfAnEnvironmentFileThatContradictOrDoNotEndAreTold() throws IOException {
    var run =
        Run.of(
            """
            OPENAI_API_KEY=sk-proj-CANARY-first-0123456789
            OPENAI_API_KEY=%s
            MISTRAL_API_KEY="%s
            GROQ_API_KEY="%s"tail
            """
                .formatted(CANARY, CANARY, CANARY),
            Run.WITH_KEY,
            "import",
            "--from",
            "env",
            "-n",
            "agents",
            "-");

    assertThat(run.err().lines())
        .containsExactly(
            "Left out: line 2: sets a variable once more; the last one is taken.",
            "Left out: line 3: does not end where its quote does, and was not read.",
            "Left out: line 4: does not end where its quote does, and was not read.");
    assertThat(key(run, "openai")).isEqualTo(CANARY);
    assertThat(objects(run)).hasSize(1);
    assertThat(run.out() + run.err()).doesNotContain("CANARY");
  }

  private static Run litellm(String file) {
    return Run.of(file, Run.WITH_KEY, "import", "--from", "litellm", "-n", "agents", "-");
  }

  private static String model(String name) {
    return "- {model_name: %s, litellm_params: {model: openai/gpt-5-mini}}\n".formatted(name);
  }

  private static List<JsonNode> objects(Run run) throws IOException {
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(run.out())) {
      return values.readAll().stream().filter(one -> one.has("kind")).toList();
    }
  }

  private static JsonNode spec(Run run, String kind, String name) throws IOException {
    return objects(run).stream()
        .filter(one -> one.path("kind").asText().equals(kind))
        .filter(one -> one.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(run.out() + run.err()))
        .path("spec");
  }

  private static JsonNode json(String yaml) throws IOException {
    return YAML.readTree(yaml);
  }

  /// What its token holds.
  private static String key(Run run, String name) throws IOException {
    var token = spec(run, "ApiKeyConfig", name).path("encryptedKey").asText();
    try (var text = SecretBytes.taking(Run.ENCRYPTION_KEY.getBytes(StandardCharsets.US_ASCII))) {
      if (KeyRing.parse(text) instanceof KeyRing.Parsed.Valid(var ring)
          && ring.open(token) instanceof Opening.Opened(var plaintext, _)
          && TokenContent.read(plaintext) instanceof TokenContent.Bound bound) {
        return new String(bound.envelope().key().copy(), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError("the token does not open: " + token);
  }
}
