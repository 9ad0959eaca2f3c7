package dev.llmconfig.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.agent.Rendering.Refused;
import dev.llmconfig.agent.Rendering.Rendered;
import dev.llmconfig.api.ConditionReason;
import org.junit.jupiter.api.Test;

/// The examples that the design was agreed on, as Kubernetes objects, word for word.
class WorkedExamplesTest {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String KEY =
      "valueFrom: {secretKeyRef: {name: openai-team-a-llmkey-r-7c1d, key: api-key}}";
  private static final String VIRTUAL_KEY =
      "valueFrom: {secretKeyRef: {name: support-vkey, key: api-key}}";
  private static final String GATEWAY = "http://llm-gateway.llm-config.svc:4000";

  @Test
  void openai() throws JsonProcessingException {
    expect(
        env("openai"),
        """
        - {name: OPENAI_API_KEY, %s}
        - {name: OPENAI_MODEL, value: gpt-5-mini}
        """
            .formatted(KEY));
    expect(
        gateway("openai"),
        """
        - {name: OPENAI_API_KEY, %s}
        - {name: OPENAI_BASE_URL, value: "%s/v1"}
        - {name: OPENAI_MODEL, value: support}
        """
            .formatted(VIRTUAL_KEY, GATEWAY));
    assertThat(env("openai").notCarried())
        .extracting(lost -> lost.parameter().field())
        .containsExactly("maxOutputTokens");
  }

  @Test
  void springAi1() throws JsonProcessingException {
    expect(
        env("spring-ai-1"),
        """
        - {name: SPRING_AI_OPENAI_API_KEY, %s}
        - {name: SPRING_AI_OPENAI_CHAT_OPTIONS_MAX_COMPLETION_TOKENS, value: "2048"}
        - {name: SPRING_AI_OPENAI_CHAT_OPTIONS_MODEL, value: "gpt-5-mini"}
        - {name: SPRING_AI_OPENAI_CHAT_OPTIONS_TEMPERATURE, value: "1"}
        """
            .formatted(KEY));
    expect(
        gateway("spring-ai-1"),
        """
        - {name: SPRING_AI_OPENAI_API_KEY, %s}
        - {name: SPRING_AI_OPENAI_BASE_URL, value: "%s"}
        - {name: SPRING_AI_OPENAI_CHAT_OPTIONS_MODEL, value: "support"}
        """
            .formatted(VIRTUAL_KEY, GATEWAY));
  }

  @Test
  void springAi2() throws JsonProcessingException {
    expect(
        env("spring-ai-2"),
        """
        - {name: SPRING_AI_OPENAI_API_KEY, %s}
        - {name: SPRING_AI_OPENAI_CHAT_MAX_COMPLETION_TOKENS, value: "2048"}
        - {name: SPRING_AI_OPENAI_CHAT_MODEL, value: "gpt-5-mini"}
        """
            .formatted(KEY));
    expect(
        gateway("spring-ai-2"),
        """
        - {name: SPRING_AI_OPENAI_API_KEY, %s}
        - {name: SPRING_AI_OPENAI_BASE_URL, value: "%s/v1"}
        - {name: SPRING_AI_OPENAI_CHAT_MODEL, value: "support"}
        """
            .formatted(VIRTUAL_KEY, GATEWAY));
  }

  @Test
  void quarkus() throws JsonProcessingException {
    expect(
        env("quarkus-langchain4j-openai"),
        """
        - {name: QUARKUS_LANGCHAIN4J_OPENAI_API_KEY, %s}
        - {name: QUARKUS_LANGCHAIN4J_OPENAI_CHAT_MODEL_MAX_COMPLETION_TOKENS, value: "2048"}
        - {name: QUARKUS_LANGCHAIN4J_OPENAI_CHAT_MODEL_MODEL_NAME, value: "gpt-5-mini"}
        """
            .formatted(KEY));
    expect(
        gateway("quarkus-langchain4j-openai"),
        """
        - {name: QUARKUS_LANGCHAIN4J_OPENAI_API_KEY, %s}
        - {name: QUARKUS_LANGCHAIN4J_OPENAI_BASE_URL, value: "%s/v1"}
        - {name: QUARKUS_LANGCHAIN4J_OPENAI_CHAT_MODEL_MODEL_NAME, value: "support"}
        """
            .formatted(VIRTUAL_KEY, GATEWAY));
    assertThat(env("quarkus-langchain4j-openai").notes())
        .anyMatch(note -> note.sentence().contains("gives up after 10 seconds"));
    assertThat(gateway("quarkus-langchain4j-openai").notes())
        .anyMatch(note -> note.sentence().contains("gives up after 10 seconds"));
  }

  @Test
  void crewai() throws JsonProcessingException {
    expect(
        env("crewai"),
        """
        - {name: MODEL, value: "openai/gpt-5-mini"}
        - {name: OPENAI_API_KEY, %s}
        """
            .formatted(KEY));
    expect(
        gateway("crewai"),
        """
        - {name: MODEL, value: "openai/support"}
        - {name: OPENAI_API_BASE, value: "%2$s/v1"}
        - {name: OPENAI_API_KEY, %1$s}
        - {name: OPENAI_BASE_URL, value: "%2$s/v1"}
        """
            .formatted(VIRTUAL_KEY, GATEWAY));
  }

  @Test
  void openhands() throws JsonProcessingException {
    expect(
        env("openhands"),
        """
        - {name: LLM_API_KEY, %s}
        - {name: LLM_MAX_OUTPUT_TOKENS, value: "2048"}
        - {name: LLM_MODEL, value: "openai/gpt-5-mini"}
        """
            .formatted(KEY));
    expect(
        gateway("openhands"),
        """
        - {name: LLM_API_KEY, %s}
        - {name: LLM_BASE_URL, value: "%s/v1"}
        - {name: LLM_MODEL, value: "openai/support"}
        """
            .formatted(VIRTUAL_KEY, GATEWAY));
  }

  @Test
  void claudeCode() throws JsonProcessingException {
    expect(
        gateway("claude-code"),
        """
        - {name: ANTHROPIC_AUTH_TOKEN, %s}
        - {name: ANTHROPIC_BASE_URL, value: "%s"}
        - {name: ANTHROPIC_DEFAULT_FABLE_MODEL, value: "support"}
        - {name: ANTHROPIC_DEFAULT_HAIKU_MODEL, value: "support"}
        - {name: ANTHROPIC_DEFAULT_OPUS_MODEL, value: "support"}
        - {name: ANTHROPIC_DEFAULT_SONNET_MODEL, value: "support"}
        - {name: ANTHROPIC_MODEL, value: "support"}
        - {name: CLAUDE_CODE_SUBAGENT_MODEL, value: "support"}
        """
            .formatted(VIRTUAL_KEY, GATEWAY));
    assertThat(Renderer.render(profile("claude-code"), Cases.gpt5mini()))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason()).isEqualTo(ConditionReason.ProfileDialectMismatch));
  }

  private static void expect(Rendered rendered, String yaml) throws JsonProcessingException {
    JsonNode actual = YAML.valueToTree(KubernetesEnv.of(rendered.entries()));
    assertThat(actual).isEqualTo(YAML.readTree(yaml));
  }

  private static Rendered env(String profile) {
    return (Rendered) Renderer.render(profile(profile), Cases.gpt5mini());
  }

  private static Rendered gateway(String profile) {
    return (Rendered) Renderer.render(profile(profile), Cases.throughGateway(Cases.gpt5mini()));
  }

  private static Profile profile(String id) {
    return Profiles.builtIn().find(id).orElseThrow();
  }
}
