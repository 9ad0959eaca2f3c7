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
import org.junit.jupiter.api.Test;

/// What other tools are configured with, as ours; and that nothing is lost, or said that is secret.
class ImportCommandTest {

  private static final String CANARY = "sk-ant-api03-CANARY0123456789";
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private static final String LITELLM =
      """
      model_list:
      - model_name: gpt
        litellm_params:
          model: openai/gpt-5-mini
          api_key: os.environ/OPENAI_API_KEY
          temperature: 0.2
          max_tokens: 2048
          stop: END
          seed: 7
          timeout: 30.5
          rpm: 100
      - model_name: claude
        litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: "%1$s"}
      - model_name: local
        litellm_params: {model: hosted_vllm/qwen3, api_base: "http://vllm.models:8000/v1", api_key: none}
      - model_name: azure
        litellm_params:
          model: azure/my-deployment
          api_base: os.environ/AZURE_API_BASE
          api_key: os.environ/AZURE_API_KEY
          api_version: "2024-10-21"
        model_info: {base_model: azure/gpt-5-mini, mode: chat}
      - model_name: vertex
        litellm_params: {model: vertex_ai/gemini-2.5-pro, vertex_credentials: "%1$s"}
      - model_name: gpt
        litellm_params:
          model: openai/gpt-5-mini
          api_base: https://llm.example.com/v1
          api_key: os.environ/OTHER_KEY
          temperature: 9
          extra_headers: {X-Team: a, X-Api-Token: "%1$s"}
      - model_name: anything
        litellm_params: {model: "groq/*"}
      litellm_settings:
        drop_params: true
        fallbacks: [{gpt: [claude, none-such]}]
        callbacks: [prometheus]
      general_settings: {master_key: "%1$s"}
      """
          .formatted(CANARY);

  private static final Map<String, String> AZURE =
      Map.of("AZURE_API_BASE", "https://x.openai.azure.com/");

  @Test
  void liteLlmBecomesKeysAndModels() throws IOException {
    var run = Run.of(LITELLM, AZURE, "import", "--from", "litellm", "-n", "agents", "-");

    assertThat(run.exitCode()).isZero();
    var objects = objects(run);
    assertThat(objects)
        .extracting(one -> one.at("/metadata/namespace").asText())
        .containsOnly("agents");
    assertThat(named(objects, "ApiKeyConfig"))
        .containsExactly("openai", "anthropic", "vllm", "azureopenai", "openaicompatible", "groq");
    assertThat(named(objects, "ModelConfig"))
        .containsExactly("gpt", "claude", "local", "azure", "gpt-2");
    assertThat(spec(objects, "ApiKeyConfig", "openai"))
        .isEqualTo(json("{provider: OpenAI, secretRef: {name: openai, key: api-key}}"));
    assertThat(spec(objects, "ApiKeyConfig", "vllm"))
        .isEqualTo(
            json(
                "{provider: VLLM, endpoint: 'http://vllm.models:8000', allowInsecureEndpoint:"
                    + " true}"));
    assertThat(spec(objects, "ApiKeyConfig", "azureopenai"))
        .isEqualTo(
            json(
                "{provider: AzureOpenAI, endpoint: 'https://x.openai.azure.com', secretRef: {name:"
                    + " azureopenai, key: api-key}, azure: {apiVersion: '2024-10-21'}, models:"
                    + " {additional: [{id: my-deployment, baseModel: gpt-5-mini}]}}"));
    assertThat(spec(objects, "ApiKeyConfig", "openaicompatible").path("headers"))
        .isEqualTo(json("[{name: X-Team, value: a}]"));
    assertThat(spec(objects, "ModelConfig", "gpt"))
        .isEqualTo(
            json(
                "{apiKeyRef: {name: openai}, model: gpt-5-mini, parameters: {temperature: 0.2,"
                    + " maxOutputTokens: 2048, stopSequences: [END], extra: {seed: 7},"
                    + " timeoutSeconds: 31}, fallbackRefs: [{name: claude}]}"));
    assertThat(run.out())
        .contains(
            "# printenv OTHER_KEY | tr -d '\\n' | kubectl create secret generic openaicompatible -n"
                + " agents --from-file=api-key=/dev/stdin")
        .contains(
            "# kubectl annotate secret openaicompatible -n agents"
                + " 'llmconfig.dev/allowed-endpoints=https://llm.example.com/v1'");
  }

  @Test
  void whatHasNoCounterpartIsToldTwiceAndWithoutItsValue() {
    var run = Run.of(LITELLM, AZURE, "import", "--from", "litellm", "-");

    assertThat(run.err().lines())
        .allMatch(line -> line.startsWith("Left out: ") && line.endsWith("."))
        .anyMatch(line -> line.contains("(gpt) rpm"))
        .anyMatch(line -> line.contains("(vertex): its provider is none of ours"))
        .anyMatch(line -> line.contains("shares its name with another entry"))
        .anyMatch(line -> line.contains("temperature: its value is out of the range"))
        .anyMatch(line -> line.contains("extra_headers"))
        .anyMatch(line -> line.contains("(anything): a pattern is no model"))
        .anyMatch(line -> line.contains("litellm_settings.fallbacks (gpt): names a model"))
        .anyMatch(line -> line.contains("litellm_settings.callbacks"))
        .anyMatch(line -> line.contains("general_settings.master_key"))
        .anyMatch(line -> line.contains("model_info.mode"));
    assertThat(run.err().lines().map(line -> line.replace("Left out: ", "# - ")))
        .allMatch(line -> run.out().contains(line));
    assertThat(run.out() + run.err()).doesNotContain("CANARY");
  }

  @Test
  void aKeyInTheFileBecomesATokenThatIsBound() throws IOException {
    var run = Run.of(LITELLM, Run.WITH_KEY, "import", "--from", "litellm", "-n", "agents", "-");

    var token = spec(objects(run), "ApiKeyConfig", "anthropic").path("encryptedKey").asText();
    try (var content = TokenContent.read(opened(token))) {
      assertThat(content)
          .isInstanceOfSatisfying(
              TokenContent.Bound.class,
              bound -> {
                assertThat(bound.envelope().namespace()).isEqualTo("agents");
                assertThat(bound.envelope().name()).isEqualTo("anthropic");
                assertThat(bound.envelope().endpoint()).isEqualTo("https://api.anthropic.com");
              });
    }
    assertThat(run.out() + run.err()).doesNotContain("CANARY");
    // Where the address is not known, it is not guessed.
    assertThat(run.err()).contains("is in variable AZURE_API_BASE, which is not set here");
  }

  @Test
  void kagentKeepsItsSecrets() throws IOException {
    var run =
        Run.of(
            """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: kagent.dev/v1alpha2
              kind: ModelConfig
              metadata: {name: research, namespace: kagent}
              spec:
                provider: OpenAI
                model: gpt-5-mini
                apiKeySecret: kagent-openai
                apiKeySecretKey: OPENAI_API_KEY
                apiKeyPassthrough: true
                defaultHeaders: {X-Team: a}
                openAI: {temperature: "0.3", maxTokens: 1024, frequencyPenalty: "0.5", organization: org-1}
                tls: {caCertSecretRef: corp, caCertSecretKey: ca.crt, disableVerify: true}
            - apiVersion: kagent.dev/v1alpha2
              kind: ModelConfig
              metadata: {name: local, namespace: kagent}
              spec: {provider: Ollama, model: llama3.2, ollama: {host: "http://ollama:11434", options: {num_ctx: "8192"}}}
            - apiVersion: kagent.dev/v1alpha2
              kind: ModelConfig
              metadata: {name: cloud, namespace: kagent}
              spec: {provider: Bedrock, model: x, bedrock: {region: us-east-1}}
            """,
            Map.of(),
            "import",
            "--from",
            "kagent",
            "-");

    var objects = objects(run);
    assertThat(spec(objects, "ApiKeyConfig", "kagent-openai"))
        .isEqualTo(
            json(
                "{provider: OpenAI, secretRef: {name: kagent-openai, key: OPENAI_API_KEY}, headers:"
                    + " [{name: OpenAI-Organization, value: org-1}, {name: X-Team, value: a}],"
                    + " caRef: {kind: Secret, name: corp, key: ca.crt}}"));
    assertThat(spec(objects, "ModelConfig", "research").path("parameters"))
        .isEqualTo(
            json("{temperature: 0.3, maxOutputTokens: 1024, extra: {frequency_penalty: 0.5}}"));
    assertThat(spec(objects, "ApiKeyConfig", "ollama").path("endpoint").asText())
        .isEqualTo("http://ollama:11434");
    assertThat(objects)
        .extracting(one -> one.at("/metadata/namespace").asText())
        .containsOnly("kagent");
    assertThat(run.err())
        .contains("ModelConfig research spec.apiKeyPassthrough: has no counterpart.")
        .contains("ModelConfig research spec.tls.disableVerify")
        .contains("ModelConfig local options: has no counterpart.")
        .contains("ModelConfig cloud spec.provider: is none of ours");
  }

  @Test
  void anEnvironmentFileGivesItsProvidersAndNamesTheRest() throws IOException {
    var run =
        Run.of(
            """
            # mine
            export OPENAI_API_KEY='%1$s'
            OPENAI_BASE_URL=https://llm.example.com/v1 # a proxy
            OPENAI_MODEL="gpt-5-mini"
            MISTRAL_API_KEY=%1$s
            OLLAMA_HOST=http://ollama:11434
            DATABASE_PASSWORD=%1$s
            %1$sx==
            """
                .formatted(CANARY),
            Map.of(),
            "import",
            "--from",
            "env",
            "-n",
            "team",
            "-");

    var objects = objects(run);
    assertThat(named(objects, "ApiKeyConfig"))
        .containsExactly("openaicompatible", "mistral", "ollama");
    assertThat(spec(objects, "ModelConfig", "gpt-5-mini").at("/apiKeyRef/name").asText())
        .isEqualTo("openaicompatible");
    assertThat(run.err())
        .contains("DATABASE_PASSWORD: has no counterpart, and stays where it is.")
        .contains("line 8: is no NAME=value, and was not read.");
    assertThat(run.out() + run.err()).doesNotContain("CANARY");
  }

  @Test
  void whatCannotBeReadIsRefusedByItsLine() {
    var broken = Run.of("a: [" + CANARY + "\n}", Map.of(), "import", "--from", "litellm", "-");
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.err()).matches("Line \\d of the file is no YAML; correct it.\n");

    var nothing = Run.of("a: b", Map.of(), "import", "--from", "kagent", "-");
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).contains("There is nothing in the file that can be taken over");

    var unknown = Run.of("", Map.of(), "import", "--from", "other", "-");
    assertThat(unknown.exitCode()).isEqualTo(2);
  }

  private static List<JsonNode> objects(Run run) throws IOException {
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(run.out())) {
      return values.readAll().stream().filter(one -> one.has("kind")).toList();
    }
  }

  private static List<String> named(List<JsonNode> objects, String kind) {
    return objects.stream()
        .filter(one -> one.path("kind").asText().equals(kind))
        .map(one -> one.at("/metadata/name").asText())
        .toList();
  }

  private static JsonNode spec(List<JsonNode> objects, String kind, String name) {
    return objects.stream()
        .filter(one -> one.path("kind").asText().equals(kind))
        .filter(one -> one.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow()
        .path("spec");
  }

  private static JsonNode json(String yaml) throws IOException {
    return YAML.readTree(yaml);
  }

  private static SecretBytes opened(String token) {
    try (var text = SecretBytes.taking(Run.ENCRYPTION_KEY.getBytes(StandardCharsets.US_ASCII))) {
      if (KeyRing.parse(text) instanceof KeyRing.Parsed.Valid(var ring)
          && ring.open(token) instanceof Opening.Opened(var plaintext, _)) {
        return plaintext;
      }
    }
    throw new AssertionError("the token does not open");
  }
}
