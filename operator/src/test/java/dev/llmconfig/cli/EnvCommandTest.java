package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.agent.AcmeProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvCommandTest {

  @Test
  void printsWhatAnAgentGets() {
    Run run =
        env(
            "--profile spring-ai-1 --provider OpenAI --model gpt-5-mini --max-output-tokens 2048"
                + " --temperature 0.2 --key-secret openai-team-a-llmkey-r-7c1d");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            SPRING_AI_OPENAI_API_KEY=secretKeyRef:openai-team-a-llmkey-r-7c1d/api-key
            SPRING_AI_OPENAI_CHAT_OPTIONS_MAX_COMPLETION_TOKENS=2048
            SPRING_AI_OPENAI_CHAT_OPTIONS_MODEL=gpt-5-mini
            SPRING_AI_OPENAI_CHAT_OPTIONS_TEMPERATURE=1
            """);
    assertThat(run.err())
        .isEqualTo("Warning: gpt-5-mini does not accept temperature; it is not sent.\n");
  }

  @Test
  void saysWhatTheAgentIsNotTold() {
    Run run = env("--provider OpenAI --model gpt-4.1-mini --temperature 0.2");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "OPENAI_API_KEY=secretKeyRef:openai-llmkey/api-key\nOPENAI_MODEL=gpt-4.1-mini\n");
    assertThat(run.err())
        .isEqualTo(
            "Warning: Profile openai has no setting for temperature; the agent is not told of it.\n");
  }

  @Test
  void printsTheSameAsYamlAndJson() throws JsonProcessingException {
    String command =
        "--profile crewai --provider Groq --model llama-3.1-8b-instant --top-p 0.5 -o ";

    JsonNode yaml = new YAMLMapper().readTree(env(command + "yaml").out());
    JsonNode json = new JsonMapper().readTree(env(command + "json").out());

    assertThat(yaml).isEqualTo(json);
    assertThat(json.at("/profile").asText()).isEqualTo("crewai@1");
    assertThat(json.at("/env/0/name").asText()).isEqualTo("MODEL");
    assertThat(json.at("/env/2/valueFrom/secretKeyRef/name").asText()).isEqualTo("groq-llmkey");
    assertThat(json.at("/notes/0/reason").asText()).isEqualTo("NotCarriedByProfile");
  }

  @Test
  void printsTheDataOfTheSecretForEnvFrom() throws JsonProcessingException {
    JsonNode json =
        new JsonMapper()
            .readTree(env("--mode EnvFrom --provider OpenAI --model gpt-4.1-mini -o json").out());

    assertThat(json.at("/secretData/OPENAI_MODEL").asText()).isEqualTo("gpt-4.1-mini");
    assertThat(json.at("/secretData/OPENAI_API_KEY/secretKeyRef/key").asText())
        .isEqualTo("api-key");
  }

  @Test
  void printsTheFilesForFile() throws JsonProcessingException {
    String command =
        "--mode File --mount-path /settings --provider OpenAI --model gpt-4.1-mini --stop a,b -o ";

    assertThat(env(command + "env").out())
        .isEqualTo("OPENAI_API_KEY_FILE=/settings/api-key\nOPENAI_MODEL=gpt-4.1-mini\n");
    JsonNode json = new JsonMapper().readTree(env(command + "json").out());
    assertThat(json.at("/files/mountPath").asText()).isEqualTo("/settings");
    assertThat(json.at("/files/contents").properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactly(
            "llm.env",
            "llm.json",
            "llm.properties",
            "llm.yaml",
            "model",
            "provider",
            "type",
            "uri");
    assertThat(json.at("/notes")).isEmpty();
  }

  @Test
  void printsTheGatewayAndTheAlias() {
    Run run =
        env(
            "--profile claude-code --mode Gateway --provider OpenAI --model gpt-5-mini --alias support"
                + " --gateway-url https://llm.corp/gw/ --key-secret support-vkey");

    assertThat(run.out())
        .contains("ANTHROPIC_AUTH_TOKEN=secretKeyRef:support-vkey/api-key\n")
        .contains("ANTHROPIC_BASE_URL=https://llm.corp/gw\n")
        .contains("ANTHROPIC_MODEL=support\n")
        .doesNotContain("gpt-5-mini");
  }

  @Test
  void needsAnAliasWhereTheModelIsNoName() {
    Run run = env("--mode Gateway --provider Groq --model openai/gpt-oss-120b");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("--alias is needed, because behind the gateway");
  }

  @Test
  void knowsProvidersWithoutAKey() {
    assertThat(env("--provider Ollama --endpoint http://ollama:11434 --model qwen3:8b").out())
        .contains("OPENAI_API_KEY=secretKeyRef:llmconfig-no-key/api-key\n");
    assertThat(
            env("--provider Ollama --endpoint https://ollama.com --model qwen3:8b --key-secret mine")
                .out())
        .contains("OPENAI_API_KEY=secretKeyRef:mine/api-key\n");
  }

  @Test
  void takesTheModelBehindADeployment() {
    String command =
        "--profile spring-ai-1 --provider AzureOpenAI --endpoint https://a.openai.azure.com --model prod"
            + " --max-output-tokens 100 --base-model ";

    assertThat(env(command + "gpt-4o").out()).contains("_MAX_TOKENS=100");
    assertThat(env(command + "gpt-5-mini").out()).contains("_MAX_COMPLETION_TOKENS=100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--profile opnai --provider OpenAI --model m | 2 | There is no profile of that name (is openai meant?); `llmconfig profiles` lists them.",
        "--profile zzzzzzzzz --provider OpenAI --model m | 2 | There is no profile of that name; `llmconfig profiles` lists them.",
        "--profile openai@7 --provider OpenAI --model m | 2 | There is no profile of that name",
        "--profile claude-code --provider OpenAI --model m | 1 | ProfileDialectMismatch: Profile claude-code speaks Anthropic, and provider OpenAI does not; use mode Gateway, or another profile.",
        "--profile openai-agents --provider VLLM --endpoint http://v:8000 --model Qwen/Q | 1 | ProfileCannotCarryModel: Profile openai-agents lower-cases the model id",
        "--profile groq --mode Gateway --provider Groq --model m | 1 | ProfileDialectMismatch: Profile groq cannot be used in mode Gateway",
        "--provider OpenAI --model gpt-4.1-mini --temperature 2.5 | 2 | temperature must be between 0 and 2, not 2.5.",
        "--provider Anthropic --model claude-sonnet-4-5 --profile anthropic --temperature 1.5 | 1 | ParameterOutOfRange: ",
        "--provider OpenAI | 2 | --model is needed.",
        "--model m | 2 | --provider is needed.",
        "--temperature 1 | 2 | --provider and --model are needed.",
        "--provider openai --model m | 2 | --provider must be one of OpenAI, Anthropic",
        "--provider AzureOpenAI --model m | 2 | --endpoint is needed, because AzureOpenAI has no default endpoint.",
        "--provider OpenAI --model m --endpoint ftp://x | 2 | --endpoint must be an absolute http or https URL",
        "--provider OpenAI --model m --gateway-url x | 2 | --gateway-url must be an absolute http or https URL",
        "--provider OpenAI --model m --mode Sidecar | 2 | --mode must be one of Env, EnvFrom, File, Gateway, None.",
        "--provider OpenAI --model m --mode None | 2 | --mode None delivers nothing; there is nothing to print.",
        "--provider OpenAI --model m --temperature hot | 2 | --temperature must be a number.",
        "--provider OpenAI --model m --max-output-tokens 0 | 2 | maxOutputTokens must be 1 or more, not 0.",
        "--provider OpenAI --model m --reasoning-effort high | 2 | --reasoning-effort must be one of",
        "--provider OpenAI --model m --extra [] | 2 | --extra must be one JSON object.",
        "--provider OpenAI --model m --extra {\"stop\":1} | 2 | extra may not contain stop",
        "--provider OpenAI --model m --key-secret A_B | 2 | --key-secret must be a Kubernetes name:",
        "--provider OpenAI --model m --alias A_B | 2 | --alias must be a Kubernetes name:",
        "--provider OpenAI --model m --mount-path etc | 2 | --mount-path must be an absolute directory below /",
        "--provider OpenAI --model m --mount-path /a/../b | 2 | --mount-path must be an absolute directory below /",
        "--provider OpenAI --model m -o toml | 2 | --output must be one of env, yaml, json.",
      })
  void refusesInOneSentence(String arguments, int exitCode, String sentence) {
    Run run = env(arguments);

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1).startsWith(sentence);
  }

  @Test
  void namesAllProblemsAtOnce() {
    Run run = env("--provider X --model m --temperature hot --mode Y");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .anyMatch(line -> line.startsWith("--mode"))
        .anyMatch(line -> line.startsWith("--provider"))
        .anyMatch(line -> line.startsWith("--temperature"));
  }

  @ParameterizedTest
  @CsvSource({"--model", "--base-model"})
  void doesNotPrintAKeyThatWasTypedAsAModel(String option) {
    Run run =
        env("--provider OpenAI --model m " + option + " sk-proj-CanaryCanaryCanary0123456789");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).doesNotContain("Canary");
  }

  @Test
  void takesAProfileFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve(AcmeProfile.FILE), AcmeProfile.TEXT);

    Run run = env("--profile acme --profile-file " + file + " --provider OpenAI --model m");

    assertThat(run.out())
        .isEqualTo(
            "ACME_KEY=secretKeyRef:openai-llmkey/api-key\nACME_URL=https://api.openai.com/v1\n");
  }

  @Test
  void refusesABrokenProfileFileWithItsLines(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("acme.yaml");
    Files.writeString(
        file,
        """
        schema: llmconfig.dev/profile/v1
        id: acme
        version: 1
        dialect: OpenAI
        apiSurface: ChatCompletions
        env:
          - {name: PATH, from: Key}
          - {name: A, from: Modle}
        """);

    Run run = env("--profile acme --profile-file " + file + " --provider OpenAI --model m");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .anyMatch(line -> line.startsWith("acme.yaml:7: PATH may not be set by a profile"))
        .anyMatch(line -> line.startsWith("acme.yaml:8: from must be one of"));
  }

  @Test
  void isShownAsTheReferenceShowsIt() {
    String example = Reference.read().split("\\$ llmconfig env ", 2)[1].split("```", 2)[0];
    String[] commandAndOutput = example.split("\n", 2);

    Run run = env(commandAndOutput[0]);

    assertThat(run.out() + run.err()).isEqualTo(commandAndOutput[1]);
  }

  private static Run env(String arguments) {
    String[] words =
        Stream.concat(Stream.of("env"), Stream.of(arguments.split(" "))).toArray(String[]::new);
    return Run.of("", words);
  }
}
