package dev.llmconfig.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.agent.AgentNote.Reason;
import dev.llmconfig.agent.Rendering.Refused;
import dev.llmconfig.agent.Rendering.Rendered;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.api.TokenField;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of rendering, one group each, on profiles that have just what the rule needs.
class RenderingRulesTest {

  @Nested
  class Key {

    @Test
    void isAReferenceThatIsNeverOptional() {
      EnvVar key = variable(entries("openai", Cases.gpt5mini()), "OPENAI_API_KEY");

      assertThat(key.getValue()).isNull();
      assertThat(key.getValueFrom().getSecretKeyRef().getName()).isEqualTo(Cases.KEY.secret());
      assertThat(key.getValueFrom().getSecretKeyRef().getKey()).isEqualTo("api-key");
      assertThat(key.getValueFrom().getSecretKeyRef().getOptional()).isNull();
    }

    @Test
    void isTheVirtualKeyBehindTheGateway() {
      assertThat(values("openai", Cases.throughGateway(Cases.gpt5mini())))
          .containsEntry("OPENAI_API_KEY", "secret support-vkey");
    }

    @Test
    void isTheWordUnusedForAKeylessProviderThatIsAskedForOne() {
      assertThat(values("openai", keylessOllama()))
          .containsEntry("OPENAI_API_KEY", "secret llmconfig-no-key");
    }

    @Test
    void isLeftOutWhereNeitherSideNeedsOne() {
      assertThat(values("ollama", keylessOllama())).doesNotContainKey("OLLAMA_API_KEY");
    }

    @Test
    void isTheVirtualKeyAlsoForAKeylessProviderBehindTheGateway() {
      assertThat(values("openai", Cases.throughGateway(keylessOllama())))
          .containsEntry("OPENAI_API_KEY", "secret support-vkey");
    }
  }

  @Nested
  class Values {

    @Test
    void areLeftOutWhereUnset() {
      assertThat(values("generic", Cases.with(Cases.gpt5mini(), Parameters.none())).keySet())
          .containsExactly("LLM_API_KEY", "LLM_BASE_URL", "LLM_MODEL", "LLM_PROVIDER");
    }

    @Test
    void ofZeroAreSet() {
      Settings zero = withParameter(Parameter.Temperature, ParameterValue.Decimal.of("0.0"));

      assertThat(values("generic", zero)).containsEntry("LLM_TEMPERATURE", "0");
    }

    @ParameterizedTest
    @CsvSource({"0.20, 0.2", "1.0, 1", "1.000000, 1", "0.000001, 0.000001", "2, 2"})
    void arePlainDecimals(String asked, String written) {
      Settings settings = withParameter(Parameter.Temperature, ParameterValue.Decimal.of(asked));

      assertThat(values("generic", settings)).containsEntry("LLM_TEMPERATURE", written);
    }

    @Test
    void areSortedByNameAndUnique() {
      List<Entry> entries = entries("spring-ai-1", Cases.gpt41mini());

      assertThat(entries).extracting(Entry::name).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ofEffortAreTheWordsOfTheWire() {
      Settings settings =
          withParameter(
              Parameter.ReasoningEffort, new ParameterValue.Effort(ReasoningEffort.XHigh));

      assertThat(values("generic", settings)).containsEntry("LLM_REASONING_EFFORT", "xhigh");
    }

    @Test
    void areSecondsOrMillisAsTheFrameworkCounts() {
      Settings settings = withParameter(Parameter.TimeoutSeconds, new ParameterValue.Whole(60));

      assertThat(values("spring-ai-2", settings))
          .containsEntry("SPRING_AI_OPENAI_CHAT_TIMEOUT", "60s");
      Settings claude =
          Cases.with(
              Cases.named("Anthropic claude-sonnet-4-5"),
              Cases.parameters(Map.of(Parameter.TimeoutSeconds, new ParameterValue.Whole(60))));
      assertThat(values("claude-code", claude)).containsEntry("API_TIMEOUT_MS", "60000");
    }
  }

  @Nested
  class BaseUrl {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://api.openai.com/v1",
          "https://api.openai.com/v1/",
          "https://API.OpenAI.com:443/v1",
          "HTTPS://api.openai.com/v1"
        })
    void isLeftToTheFrameworkWhereItIsItsOwn(String endpoint) {
      assertThat(values("openai", at(Provider.OpenAI, endpoint)))
          .doesNotContainKey("OPENAI_BASE_URL");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://eu.api.openai.com/v1",
          "http://api.openai.com/v1",
          "https://api.openai.com:8443/v1",
          "https://api.openai.com/V1"
        })
    void isToldWhereItIsAnother(String endpoint) {
      assertThat(values("openai", at(Provider.OpenAI, endpoint))).containsKey("OPENAI_BASE_URL");
    }

    @Test
    void isAlwaysToldBehindTheGateway() {
      assertThat(values("openai", Cases.throughGateway(Cases.gpt5mini())))
          .containsEntry("OPENAI_BASE_URL", "http://llm-gateway.llm-config.svc:4000/v1");
    }

    @Test
    void isToldInFullWhereTheFrameworkAppendsNothing() {
      Profile full = profile("urlStyle: Full", "");

      assertThat(literal(full, at(Provider.Groq, "https://api.groq.com/openai/v1"), "ACME_URL"))
          .isEqualTo("https://api.groq.com/openai/v1/chat/completions");
      assertThat(literal(full, Cases.throughGateway(Cases.gpt5mini()), "ACME_URL"))
          .isEqualTo("http://llm-gateway.llm-config.svc:4000/v1/chat/completions");
    }

    @Test
    void isRefusedWhereTheFrameworkCouldNotBeToldOfIt() {
      assertThat(refused("mistral", at(Provider.Mistral, "https://mistral.example.com/v1")))
          .isEqualTo(
              new Refused(
                  ConditionReason.ProfileDialectMismatch,
                  "Profile mistral has no setting for the address, so the agent would not call "
                      + "https://mistral.example.com; use the default endpoint or another profile."));
    }

    @Test
    void isRefusedWhereTheFrameworkWouldAppendAVersionThatIsNotThere() {
      Profile root = profile("urlStyle: Root", "");

      assertThat(Renderer.render(root, at(Provider.Perplexity, "https://api.perplexity.ai")))
          .isEqualTo(
              new Refused(
                  ConditionReason.ProfileDialectMismatch,
                  "Profile acme appends /v1, which https://api.perplexity.ai does not have; use a "
                      + "profile that takes the whole base URL."));
    }

    @Test
    void comesWithAPathForFrameworksThatAppendAVersion() {
      Settings perplexity = at(Provider.Perplexity, "https://api.perplexity.ai");

      assertThat(values("spring-ai-1", perplexity))
          .containsEntry("SPRING_AI_OPENAI_BASE_URL", "https://api.perplexity.ai")
          .containsEntry("SPRING_AI_OPENAI_CHAT_COMPLETIONS_PATH", "/chat/completions");
      assertThat(values("goose", perplexity))
          .containsEntry("OPENAI_HOST", "https://api.perplexity.ai")
          .containsEntry("OPENAI_BASE_PATH", "chat/completions");
    }
  }

  @Nested
  class ModelName {

    @Test
    void isTheAliasBehindTheGateway() {
      assertThat(values("crewai", Cases.throughGateway(Cases.gpt5mini())))
          .containsEntry("MODEL", "openai/support");
    }

    @Test
    void isTheProvidersIdOtherwise() {
      assertThat(values("crewai", Cases.named("Groq openai/gpt-oss-120b")))
          .containsEntry("MODEL", "openai/openai/gpt-oss-120b");
    }

    @Test
    void isRefusedWhereTheFrameworkWouldLowerIt() {
      Refused refused = refused("openai-agents", Cases.withModel(Cases.gpt5mini(), "Qwen/Qwen3"));

      assertThat(refused.reason()).isEqualTo(ConditionReason.ProfileCannotCarryModel);
      assertThat(refused.sentence()).contains("Qwen/Qwen3").contains("use mode Gateway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"modèle", "a\u0007b", "x${DB_PASSWORD}"})
    void isRefusedWhereItCannotBeAVariable(String model) {
      assertThat(refused("openai", Cases.withModel(Cases.gpt5mini(), model)).reason())
          .isEqualTo(ConditionReason.ProfileCannotCarryModel);
    }

    @Test
    void mayContainItsOwnPlaceholders() {
      assertThat(values("crewai", Cases.withModel(Cases.gpt5mini(), "{provider}")))
          .containsEntry("MODEL", "openai/{provider}");
    }
  }

  @Nested
  class ParametersOfTheModel {

    @Test
    void areNotTheAgentsBusinessBehindTheGateway() {
      Rendered rendered = rendered("spring-ai-1", Cases.throughGateway(Cases.gpt41mini()));

      assertThat(rendered.entries())
          .extracting(Entry::name)
          .containsExactly(
              "SPRING_AI_OPENAI_API_KEY",
              "SPRING_AI_OPENAI_BASE_URL",
              "SPRING_AI_OPENAI_CHAT_OPTIONS_MODEL");
      assertThat(rendered.notCarried()).isEmpty();
    }

    @Test
    void areReportedWhereTheProfileHasNoEntry() {
      assertThat(rendered("openai", Cases.gpt41mini()).notCarried())
          .extracting(Rendering.NotCarried::parameter)
          .containsExactly(Parameter.values());
    }

    @Test
    void areReportedWhereNoVariableCanSayThem() {
      Settings comma =
          withParameter(Parameter.StopSequences, new ParameterValue.Texts(List.of("a,b")));

      Rendered rendered = rendered("spring-ai-1", comma);

      assertThat(rendered.notCarried())
          .containsExactly(
              new Rendering.NotCarried(
                  Parameter.StopSequences,
                  "Profile spring-ai-1 has no way to write this stopSequences in a variable; the "
                      + "agent is not told of it."));
    }

    @Test
    void areOneJsonObjectWhereTheFrameworkWantsOne() {
      assertThat(values("open-webui", Cases.gpt41mini()).get("DEFAULT_MODEL_PARAMS"))
          .isEqualTo(
              "{\"logprobs\":true,\"max_tokens\":2048,\"reasoning_effort\":\"xhigh\",\"seed\":7,"
                  + "\"stop\":[\"END\",\"STOP\"],\"temperature\":0.2,\"top_p\":0.9}");
      assertThat(rendered("open-webui", Cases.gpt41mini()).notCarried())
          .extracting(Rendering.NotCarried::parameter)
          .containsExactly(Parameter.TimeoutSeconds);
    }

    @ParameterizedTest
    @CsvSource({"MaxTokens, MAX_TOKENS", "MaxCompletionTokens, MAX_COMPLETION_TOKENS"})
    void useTheTokenFieldOfTheModelAndNeverBoth(TokenField field, String ending) {
      Settings plain = Cases.gpt5mini();
      Settings settings =
          new Settings(
              plain.provider(),
              plain.model(),
              plain.parameters(),
              field,
              plain.traits(),
              plain.account(),
              plain.route());

      assertThat(values("spring-ai-1", settings).keySet())
          .filteredOn(name -> name.endsWith("_TOKENS"))
          .containsExactly("SPRING_AI_OPENAI_CHAT_OPTIONS_" + ending);
    }
  }

  @Nested
  class WhatTheFrameworkSendsByItself {

    @Test
    void isSilencedWhereTheModelTakesOnlyTemperatureOne() {
      assertThat(values("spring-ai-1", Cases.gpt5mini()))
          .containsEntry("SPRING_AI_OPENAI_CHAT_OPTIONS_TEMPERATURE", "1");
    }

    @Test
    void staysWhereItIsOneAlready() {
      assertThat(values("quarkus-langchain4j-openai", Cases.gpt5mini()))
          .doesNotContainKey("QUARKUS_LANGCHAIN4J_OPENAI_CHAT_MODEL_TEMPERATURE");
    }

    @Test
    void staysWhereTheModelTakesIt() {
      assertThat(values("spring-ai-1", Cases.with(Cases.gpt41mini(), Parameters.none())).keySet())
          .doesNotContain("SPRING_AI_OPENAI_CHAT_OPTIONS_TEMPERATURE");
    }

    @Test
    void doesNotBeatWhatIsSet() {
      assertThat(values("spring-ai-1", Cases.gpt41mini()))
          .containsEntry("SPRING_AI_OPENAI_CHAT_OPTIONS_TEMPERATURE", "0.2");
    }

    @Test
    void isNotedBehindTheGatewayWhereATemperatureIsSet() {
      assertThat(notes("spring-ai-1", Cases.throughGateway(Cases.gpt41mini())))
          .containsExactly(Reason.CallerSendsOwnValue);
      assertThat(notes("spring-ai-2", Cases.throughGateway(Cases.gpt41mini()))).isEmpty();
      assertThat(notes("spring-ai-1", Cases.gpt41mini())).isEmpty();
    }

    @Test
    void isNotedWhereItCutsAnswersOff() {
      Settings unset = Cases.with(Cases.named("Anthropic claude-sonnet-4-5"), Parameters.none());

      assertThat(notes("spring-ai-1-anthropic", unset)).containsExactly(Reason.FrameworkDefault);
      assertThat(notes("spring-ai-2-anthropic", unset)).isEmpty();
      assertThat(notes("spring-ai-1-anthropic", Cases.with(unset, Cases.few()))).isEmpty();
    }

    @Test
    void isNotedWhereTheModelRefusesItsTopP() {
      assertThat(rendered("quarkus-langchain4j-openai", Cases.gpt5mini()).notes())
          .extracting(AgentNote::sentence)
          .anyMatch(sentence -> sentence.contains("topP 1"))
          .anyMatch(sentence -> sentence.contains("which gpt-5-mini refuses"));
    }

    @Test
    void isNotedWhereItGivesUpBeforeTheModelAnswers() {
      Settings unset = Cases.gpt5mini();
      Settings set =
          Cases.with(
              unset,
              Cases.parameters(Map.of(Parameter.TimeoutSeconds, new ParameterValue.Whole(60))));

      assertThat(sentences("haystack", unset)).anyMatch(s -> s.contains("set timeoutSeconds"));
      assertThat(sentences("haystack", set)).isEmpty();
      assertThat(sentences("haystack", Cases.throughGateway(set)))
          .anyMatch(sentence -> sentence.contains("in its own manifest"));
    }

    @Test
    void goesNowhereElseWithTheKey() {
      assertThat(values("openai-agents", Cases.gpt5mini()))
          .doesNotContainKey("OPENAI_AGENTS_DISABLE_TRACING");
      assertThat(values("openai-agents", at(Provider.Groq, "https://api.groq.com/openai/v1")))
          .containsEntry("OPENAI_AGENTS_DISABLE_TRACING", "1");
      assertThat(values("openai-agents", Cases.throughGateway(Cases.gpt5mini())))
          .containsEntry("OPENAI_AGENTS_DISABLE_TRACING", "1");
    }
  }

  @Nested
  class Text {

    @Test
    void isEscapedForTheContainerAndNowhereElse() {
      Profile dollars =
          profile(
              "urlStyle: WithV1",
              "  - {name: ACME_TEXT, from: Constant, value: 'a$(B) $$(C) $$ $'}");
      List<Entry> entries = ((Rendered) Renderer.render(dollars, Cases.gpt5mini())).entries();

      assertThat(variable(entries, "ACME_TEXT").getValue()).isEqualTo("a$$(B) $$$$(C) $$$ $");
      assertThat(
              new String(
                  EnvFromData.of(entries, new byte[0]).get("ACME_TEXT"), StandardCharsets.US_ASCII))
          .isEqualTo("a$(B) $$(C) $$ $");
    }

    @Test
    void neverAsksTheFrameworkForAnotherVariable() {
      Settings stop =
          withParameter(
              Parameter.StopSequences, new ParameterValue.Texts(List.of("${DB_PASSWORD}")));

      assertThat(values("spring-ai-1", stop))
          .doesNotContainKey("SPRING_AI_OPENAI_CHAT_OPTIONS_STOP");
      assertThat(values("open-webui", stop))
          .containsEntry("DEFAULT_MODEL_PARAMS", "{\"stop\":[\"\\u0024{DB_PASSWORD}\"]}");
    }

    @Test
    void outsideAsciiIsReportedOrEscaped() {
      Settings stop =
          withParameter(Parameter.StopSequences, new ParameterValue.Texts(List.of("fin·")));

      assertThat(rendered("spring-ai-1", stop).notCarried()).hasSize(1);
      assertThat(values("open-webui", stop))
          .containsEntry("DEFAULT_MODEL_PARAMS", "{\"stop\":[\"fin\\u00B7\"]}");
    }
  }

  @Nested
  class Dialect {

    @ParameterizedTest
    @CsvSource({
      "claude-code, OpenAI, https://api.openai.com/v1",
      "openai, Anthropic, https://api.anthropic.com",
      "openai, Google, https://generativelanguage.googleapis.com",
      "google-genai, OpenAI, https://api.openai.com/v1",
      "groq, OpenAI, https://api.openai.com/v1",
      "azure-openai, OpenAI, https://api.openai.com/v1",
      "ollama, OpenAI, https://api.openai.com/v1",
      "bedrock, OpenAI, https://api.openai.com/v1"
    })
    void ofAnotherKindIsRefused(String profile, Provider provider, String endpoint) {
      assertThat(refused(profile, at(provider, endpoint)).reason())
          .isEqualTo(ConditionReason.ProfileDialectMismatch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-code", "openai", "openai-agents", "vercel-ai-sdk-anthropic"})
    void isTheGatewaysBusinessBehindIt(String profile) {
      for (String name : List.of("Google gemini-2.5-flash", "OpenAI gpt-5-mini")) {
        assertThat(
                Renderer.render(
                    Profiles.builtIn().find(profile).orElseThrow(),
                    Cases.throughGateway(Cases.named(name))))
            .isInstanceOf(Rendered.class);
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "google-genai",
          "google-adk",
          "bedrock",
          "mistral",
          "groq",
          "ollama",
          "azure-openai"
        })
    void thatTheGatewayDoesNotServeIsRefused(String profile) {
      assertThat(refused(profile, Cases.throughGateway(Cases.gpt5mini())).sentence())
          .isEqualTo(
              "Profile %s cannot be used in mode Gateway; use mode Env, or another profile."
                  .formatted(profile));
    }

    @Test
    void ofResponsesIsNotedWhereTheProviderMayLackIt() {
      assertThat(notes("openai-agents", at(Provider.DeepSeek, "https://api.deepseek.com/v1")))
          .containsExactly(Reason.CallsResponses);
      assertThat(notes("openai-agents", Cases.gpt5mini())).isEmpty();
    }

    @Test
    void ofEchoLeadsNowhere() {
      assertThat(values("openai", at(Provider.Echo, "https://echo.invalid/v1")))
          .containsEntry("OPENAI_BASE_URL", "https://echo.invalid/v1");
    }
  }

  @Nested
  class WordsOfTheConnection {

    @Test
    void reachTheAgentUnlessTheGatewayHasThem() {
      assertThat(values("openai", Cases.gpt41mini()))
          .containsEntry("OPENAI_ORG_ID", "org-1")
          .containsEntry("OPENAI_PROJECT_ID", "proj_123");
      assertThat(values("openai", Cases.throughGateway(Cases.gpt41mini())))
          .doesNotContainKeys("OPENAI_ORG_ID", "OPENAI_PROJECT_ID");
    }

    @Test
    void areNotedWhereTheFrameworkHasNoSettingForThem() {
      assertThat(sentences("vercel-ai-sdk", Cases.gpt41mini()))
          .containsExactly(
              "Profile vercel-ai-sdk has no setting for OpenAI-Organization and OpenAI-Project; requests of"
                  + " the agent go without.");
      assertThat(notes("openai", Cases.gpt41mini())).isEmpty();
      assertThat(notes("spring-ai-2", Cases.throughGateway(Cases.gpt41mini()))).isEmpty();
    }

    @Test
    void includeTheRegionThatTheAddressNames() {
      assertThat(values("bedrock", Cases.named("Bedrock in us-east-1")))
          .containsEntry("AWS_REGION", "us-east-1")
          .containsEntry("AWS_DEFAULT_REGION", "us-east-1")
          .doesNotContainKey("AWS_ENDPOINT_URL_BEDROCK_RUNTIME");
      assertThat(values("bedrock", at(Provider.Bedrock, "https://bedrock.corp.example/v1")))
          .doesNotContainKeys("AWS_REGION", "AWS_DEFAULT_REGION")
          .containsEntry("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "https://bedrock.corp.example");
    }

    @Test
    void includeTheDeploymentOfAzure() {
      assertThat(values("azure-openai", Cases.named("Azure deployment")))
          .containsEntry("AZURE_OPENAI_DEPLOYMENT", "gpt5-prod")
          .containsEntry("AZURE_OPENAI_ENDPOINT", "https://acme.openai.azure.com")
          .containsEntry("OPENAI_API_VERSION", "2024-10-21");
    }

    @Test
    void includeTheContextWhereItIsKnown() {
      assertThat(values("anythingllm", Cases.gpt41mini()))
          .containsEntry("GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT", "1047576");
      assertThat(values("anythingllm", Cases.named("Custom endpoint")))
          .doesNotContainKey("GENERIC_OPEN_AI_MODEL_TOKEN_LIMIT");
    }
  }

  private static Profile profile(String urlStyle, String entry) {
    String text = AcmeProfile.TEXT.replace("urlStyle: WithV1", urlStyle) + entry;
    return Cases.valid(
        ProfileReader.read(
            AcmeProfile.FILE, text, Profile.Origin.ConfigMap, _ -> Optional.empty()));
  }

  private static Settings at(Provider provider, String endpoint) {
    return Cases.settings(
        provider,
        endpoint,
        "some-model",
        Parameters.none(),
        TokenField.MaxTokens,
        ModelTraits.UNKNOWN,
        Cases.held());
  }

  private static Settings keylessOllama() {
    return Cases.settings(
        Provider.Ollama,
        "http://ollama.ai.svc:11434",
        "llama3.2:latest",
        Parameters.none(),
        TokenField.MaxTokens,
        new ModelTraits(false, false, false, OptionalLong.empty()),
        new Route.KeyHeld.Keyless());
  }

  private static Settings withParameter(Parameter name, ParameterValue value) {
    return Cases.with(Cases.gpt41mini(), Cases.parameters(Map.of(name, value)));
  }

  private static Rendered rendered(String profile, Settings settings) {
    return (Rendered) Renderer.render(Profiles.builtIn().find(profile).orElseThrow(), settings);
  }

  private static Refused refused(String profile, Settings settings) {
    return (Refused) Renderer.render(Profiles.builtIn().find(profile).orElseThrow(), settings);
  }

  private static List<Entry> entries(String profile, Settings settings) {
    return rendered(profile, settings).entries();
  }

  private static List<Reason> notes(String profile, Settings settings) {
    return rendered(profile, settings).notes().stream().map(AgentNote::reason).toList();
  }

  private static List<String> sentences(String profile, Settings settings) {
    return rendered(profile, settings).notes().stream().map(AgentNote::sentence).toList();
  }

  private static String literal(Profile profile, Settings settings, String name) {
    return values(((Rendered) Renderer.render(profile, settings)).entries()).getOrDefault(name, "");
  }

  private static SortedMap<String, String> values(String profile, Settings settings) {
    return values(entries(profile, settings));
  }

  private static SortedMap<String, String> values(List<Entry> entries) {
    var values = new TreeMap<String, String>();
    for (Entry entry : entries) {
      values.put(
          entry.name(),
          switch (entry.value()) {
            case Entry.Literal(var text) -> text;
            case Entry.Key(var ref) -> "secret " + ref.secret();
          });
    }
    return values;
  }

  private static EnvVar variable(List<Entry> entries, String name) {
    return KubernetesEnv.of(entries).stream()
        .filter(variable -> variable.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
