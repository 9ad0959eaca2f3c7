package dev.llmconfig.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.agent.Rendering.Rendered;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What planners ask of rendered lists: files, names that overrule, collisions, and what is hashed.
class ForWorkloadsTest {

  @Nested
  class AgentFilesAre {

    @Test
    void theSameInAllThreeNotations() throws IOException {
      AgentFiles files = files("openai", Cases.gpt41mini());

      JsonNode json = new JsonMapper().readTree(files.contents().get("llm.json"));
      JsonNode yaml = new YAMLMapper().readTree(files.contents().get("llm.yaml"));
      Properties properties = new Properties();
      properties.load(new StringReader(files.contents().getOrDefault("llm.properties", "")));
      assertThat(yaml).isEqualTo(json);
      assertThat(json.properties())
          .extracting(Map.Entry::getKey)
          .containsExactly(
              "apiKeyFile",
              "baseUrl",
              "contextTokens",
              "extra",
              "maxOutputTokens",
              "model",
              "provider",
              "reasoningEffort",
              "stopSequences",
              "temperature",
              "timeoutSeconds",
              "topP");
      json.properties()
          .forEach(field -> {
            if (!field.getKey().equals("extra")) {
              String text =
                  field.getValue().isValueNode()
                      ? field.getValue().asText()
                      : field.getValue().toString();
              assertThat(properties).as(field.getKey()).containsEntry(field.getKey(), text);
            }
          });
      assertThat(properties).doesNotContainKey("extra");
    }

    @Test
    void withoutWhatIsUnset() {
      AgentFiles files = files("openai", Cases.with(Cases.gpt5mini(), Parameters.none()));

      assertThat(files.contents().get("llm.properties"))
          .isEqualTo(
              """
              apiKeyFile=/etc/llm/api-key
              baseUrl=https://api.openai.com/v1
              contextTokens=400000
              model=gpt-5-mini
              provider=OpenAI
              """);
    }

    @Test
    void namedLikeServiceBindings() {
      assertThat(files("openai", Cases.gpt5mini()).contents())
          .containsEntry("type", "llm")
          .containsEntry("provider", "OpenAI")
          .containsEntry("uri", "https://api.openai.com/v1")
          .containsEntry("model", "gpt-5-mini");
    }

    @Test
    void whereAPlainClientOfTheProviderWouldGo() {
      assertThat(files("anthropic", Cases.named("Anthropic claude-sonnet-4-5")).contents())
          .containsEntry("uri", "https://api.anthropic.com");
      assertThat(files("ollama", Cases.named("Ollama without a key")).contents())
          .containsEntry("uri", "http://ollama.ai.svc:11434/v1");
    }

    @Test
    void besideTheKeyAndNeverWithIt() {
      AgentFiles files = files("spring-ai-1", Cases.gpt5mini());

      assertThat(files.key()).contains(Cases.KEY);
      assertThat(files.environment()).contains("SPRING_AI_OPENAI_API_KEY_FILE=/etc/llm/api-key\n");
      assertThat(files.contents().values()).noneMatch(text -> text.contains(Cases.KEY.secret()));
    }

    @Test
    void withoutAKeyWhereThereIsNone() {
      AgentFiles files = files("ollama", Cases.named("Ollama without a key"));

      assertThat(files.key()).isEmpty();
      assertThat(files.contents().get("llm.json")).doesNotContain("apiKeyFile");
    }

    @Test
    void readableWhateverIsInThem() throws IOException {
      String stop = "é\n\t\\ = ' \" ${X} $(Y) 😀";
      AgentFiles files =
          files(
              "openai",
              Cases.with(
                  Cases.gpt41mini(),
                  Cases.parameters(
                      Map.of(Parameter.StopSequences, new ParameterValue.Texts(List.of(stop))))));

      JsonNode json = new JsonMapper().readTree(files.contents().get("llm.json"));
      JsonNode yaml = new YAMLMapper().readTree(files.contents().get("llm.yaml"));
      Properties properties = new Properties();
      properties.load(new StringReader(files.contents().getOrDefault("llm.properties", "")));
      assertThat(json.at("/stopSequences/0").asText()).isEqualTo(stop);
      assertThat(yaml).isEqualTo(json);
      assertThat(new JsonMapper().readTree(properties.getProperty("stopSequences")).get(0).asText())
          .isEqualTo(stop);
    }

    @Test
    void mountedWhereTheySay() {
      Settings settings = Cases.gpt5mini();
      AgentFiles files =
          AgentFiles.of(settings, rendered("openai", settings).entries(), "/var/run/llm/");

      assertThat(files.mountPath()).isEqualTo("/var/run/llm");
      assertThat(files.contents().get("llm.json")).contains("\"/var/run/llm/api-key\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "plain-1.5/x:y@z | plain-1.5/x:y@z",
        "a b | 'a b'",
        "{\"a\":1} | '{\"a\":1}'",
        "$HOME | '$HOME'",
        "it's | \"it's\"",
        "it's $1 \"`x`\" | \"it's \\$1 \\\"\\`x\\`\\\"\"",
        "# no comment | '# no comment'",
      })
  void quotesValuesForShellsAndLibraries(String text, String written) {
    assertThat(DotEnv.quoted(text)).isEqualTo(written);
  }

  @Nested
  class ShadowsAre {

    @Test
    void theNamesThatTheProfileKnowsToOverrule() {
      assertThat(
              shadows(
                  "spring-ai-1",
                  Cases.gpt5mini(),
                  Set.of("SPRING_AI_OPENAI_APIKEY", "SPRING_AI_OPENAI_API_KEY", "OTHER")))
          .containsExactly("SPRING_AI_OPENAI_APIKEY");
    }

    @Test
    void notOurOwn() {
      assertThat(
              shadows(
                  "anthropic",
                  Cases.named("Anthropic claude-sonnet-4-5"),
                  Set.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")))
          .containsExactly("ANTHROPIC_AUTH_TOKEN");
    }

    @Test
    void anAddressThatWeLeaveToTheDefault() {
      assertThat(shadows("openai", Cases.gpt5mini(), Set.of("OPENAI_BASE_URL", "OPENAI_ORG_ID")))
          .containsExactly("OPENAI_BASE_URL");
      assertThat(
              shadows(
                  "openai",
                  Cases.throughGateway(Cases.gpt5mini()),
                  Set.of("OPENAI_BASE_URL", "OPENAI_ORG_ID")))
          .isEmpty();
    }

    @Test
    void theOtherKeyOfClaudeCode() {
      Set<String> both = Set.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN");

      assertThat(shadows("claude-code", Cases.throughGateway(Cases.gpt5mini()), both))
          .containsExactly("ANTHROPIC_API_KEY");
    }
  }

  @Nested
  class CollisionsAre {

    @Test
    void sameNamesWithOtherValues() {
      Settings settings = Cases.throughGateway(Cases.gpt5mini());

      assertThat(
              Collisions.between(
                  rendered("anthropic", settings).entries(),
                  rendered("vercel-ai-sdk-anthropic", settings).entries()))
          .containsExactly("ANTHROPIC_BASE_URL");
    }

    @Test
    void notSameNamesWithTheSameValue() {
      assertThat(
              Collisions.between(
                  rendered("openai", Cases.gpt5mini()).entries(),
                  rendered("agno", Cases.gpt5mini()).entries()))
          .isEmpty();
    }

    @Test
    void keysOfTwoSecrets() {
      Settings other =
          Cases.settings(
              Cases.gpt5mini().provider(),
              "https://api.openai.com/v1",
              "gpt-5-mini",
              Parameters.none(),
              Cases.gpt5mini().tokenField(),
              Cases.GPT_5,
              new Route.KeyHeld.Held(new KeyRef("openai-team-b-llmkey-r-1")));

      assertThat(
              Collisions.between(
                  rendered("openai", Cases.gpt5mini()).entries(),
                  rendered("openai", other).entries()))
          .containsExactly("OPENAI_API_KEY");
    }
  }

  @Test
  void whatIsNoLongerRenderedIsLeftOver() {
    assertThat(
            Collisions.leftOver(
                rendered("openai", Cases.throughGateway(Cases.gpt5mini())).entries(),
                rendered("openai", Cases.gpt5mini()).entries()))
        .containsExactly("OPENAI_BASE_URL");
  }

  @Nested
  class RenderedBytesAre {

    @Test
    void theSameForModelAndParametersBehindTheGateway() {
      Settings one = Cases.throughGateway(Cases.gpt5mini());
      Settings other = Cases.throughGateway(Cases.gpt41mini());

      assertThat(env("openai", one)).isEqualTo(env("openai", other));
    }

    @Test
    void theSameForAParameterThatTheProfileDoesNotCarry() {
      assertThat(env("openai", Cases.gpt41mini()))
          .isEqualTo(env("openai", Cases.with(Cases.gpt41mini(), Cases.few())));
    }

    @Test
    void othersForAnotherKeyRevisionModeSecretOrPath() {
      List<Entry> entries = rendered("openai", Cases.gpt5mini()).entries();
      AgentFiles files = files("openai", Cases.gpt5mini());
      AgentFiles elsewhere = AgentFiles.of(Cases.gpt5mini(), entries, "/elsewhere");

      assertThat(
              List.of(
                  RenderedBytes.ofEnv(entries, "r-1"),
                  RenderedBytes.ofEnv(entries, "r-2"),
                  RenderedBytes.ofEnvFrom(entries, "r-1", "a-llm-env"),
                  RenderedBytes.ofEnvFrom(entries, "r-1", "b-llm-env"),
                  RenderedBytes.ofFiles(files, "r-1"),
                  RenderedBytes.ofFiles(elsewhere, "r-1")))
          .doesNotHaveDuplicates();
    }

    @Test
    void othersForNamesAndValuesThatRunTogetherAlike() {
      assertThat(
              RenderedBytes.ofEnv(List.of(Entry.literal("A", "b"), Entry.literal("C", "d")), "r"))
          .isNotEqualTo(
              RenderedBytes.ofEnv(List.of(Entry.literal("A", "bC"), Entry.literal("d", "x")), "r"));
    }

    private byte[] env(String profile, Settings settings) {
      return RenderedBytes.ofEnv(rendered(profile, settings).entries(), "r-1");
    }
  }

  @Test
  void filesAreOneVolumeWithTheKeyFromItsSecret() throws IOException {
    AgentFiles files = files("openai", Cases.gpt5mini());
    YAMLMapper yaml = new YAMLMapper();

    assertThat(yaml.<JsonNode>valueToTree(KubernetesFiles.volume(files, "support-llm-d-1")))
        .isEqualTo(
            yaml.readTree(
                """
                name: llmconfig
                projected:
                  sources:
                    - secret:
                        name: openai-team-a-llmkey-r-7c1d
                        items: [{key: api-key, path: api-key}]
                    - configMap: {name: support-llm-d-1}
                """));
    assertThat(yaml.<JsonNode>valueToTree(KubernetesFiles.mount(files)))
        .isEqualTo(yaml.readTree("{name: llmconfig, mountPath: /etc/llm, readOnly: true}"));
  }

  @Test
  void filesOfAProviderWithoutAKeyAreTheSettingsAlone() {
    AgentFiles files = files("ollama", Cases.named("Ollama without a key"));

    assertThat(KubernetesFiles.volume(files, "a").getProjected().getSources())
        .singleElement()
        .satisfies(source -> assertThat(source.getConfigMap().getName()).isEqualTo("a"));
  }

  @Nested
  class ContainersAre {

    private final PodSpec pod =
        new PodSpecBuilder()
            .addNewInitContainer()
            .withName("init")
            .endInitContainer()
            .addNewContainer()
            .withName("istio-proxy")
            .endContainer()
            .addNewContainer()
            .withName("worker")
            .endContainer()
            .addNewContainer()
            .withName("agent")
            .endContainer()
            .build();

    @Test
    void allButInitContainersAndInjectedOnes() {
      assertThat(Containers.of(pod, List.of()))
          .isEqualTo(new Containers(List.of("worker", "agent"), new TreeSet<>()));
    }

    @Test
    void thoseThatWereChosen() {
      assertThat(Containers.of(pod, Set.of("agent", "istio-proxy")).names())
          .containsExactly("istio-proxy", "agent");
    }

    @Test
    void missingWhereTheyAreNotThere() {
      Containers containers = Containers.of(pod, Set.of("agent", "nobody", "init"));

      assertThat(containers.names()).containsExactly("agent");
      assertThat(containers.missing()).containsExactly("init", "nobody");
    }
  }

  private static Rendered rendered(String profile, Settings settings) {
    return (Rendered) Renderer.render(profile(profile), settings);
  }

  private static AgentFiles files(String profile, Settings settings) {
    return AgentFiles.of(settings, rendered(profile, settings).entries(), "/etc/llm");
  }

  private static Set<String> shadows(String profile, Settings settings, Set<String> elsewhere) {
    var given = rendered(profile, settings).entries().stream().map(Entry::name).toList();
    return Shadows.of(profile(profile), given, elsewhere);
  }

  private static Profile profile(String id) {
    return Profiles.builtIn().find(id).orElseThrow();
  }
}
