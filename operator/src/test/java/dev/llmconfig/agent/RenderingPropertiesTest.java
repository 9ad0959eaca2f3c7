package dev.llmconfig.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.llmconfig.agent.Rendering.Rendered;
import dev.llmconfig.agent.Settings.Account;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.api.TokenField;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.testing.Seeds;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;

/// What holds for every profile and any settings. A failure names the seed that repeats it.
class RenderingPropertiesTest {

  private static final List<Profile> PROFILES = BuiltInProfiles.load();

  /// The secret part of a key, as it could slip in beside the settings.
  private static final String CANARY = "CanaryCanaryCanary";

  private static final List<String> TEXTS =
      List.of(
          "END",
          "a b",
          "$(HOME)",
          "$$(X)",
          "${SECRET}",
          "a,b",
          " pad ",
          "\n",
          "é",
          "'",
          "\"",
          "`id`",
          "x".repeat(256),
          "{model}",
          "\\");

  @RepeatedTest(200)
  void holdsForEveryProfile() throws JsonProcessingException {
    long seed = Seeds.next(RenderingPropertiesTest.class);
    var random = new Random(seed);
    Settings settings = settings(random);
    for (Profile profile : PROFILES) {
      if (Renderer.render(profile, settings) instanceof Rendered rendered) {
        var as = "seed %d, profile %s".formatted(seed, profile);
        assertThat(rendered.entries())
            .extracting(Entry::name)
            .as(as)
            .isSorted()
            .doesNotHaveDuplicates();
        for (Entry entry : rendered.entries()) {
          soundEntry(as, settings, entry);
        }
        everyParameterIsCarriedOrReported(as, settings, profile, rendered);
        noKeyAnywhere(as, settings, rendered);
        assertThat(Renderer.render(shuffled(profile, random), shuffled(settings, random)))
            .as(as)
            .isEqualTo(rendered);
        assertThat(
                RenderedBytes.ofEnv(
                    ((Rendered) Renderer.render(shuffled(profile, random), settings)).entries(),
                    "r-1"))
            .as(as)
            .isEqualTo(RenderedBytes.ofEnv(rendered.entries(), "r-1"));
      }
    }
  }

  private static void soundEntry(String as, Settings settings, Entry entry) {
    switch (entry.value()) {
      case Entry.Literal(var text) -> {
        assertThat(text).as(as).isNotEmpty().hasSizeLessThanOrEqualTo(4096).matches("[ -~]+");
        assertThat(text).as(as).doesNotContain("${");
        assertThat(expanded(Literals.escaped(text))).as(as).isEqualTo(text);
      }
      case Entry.Key(var ref) ->
          assertThat(ref.secret())
              .as(as)
              .isIn(Cases.KEY.secret(), "support-vkey", KeyRef.NO_KEY.secret());
    }
    assertThat(VariableNames.problem(entry.name())).as(as).isEmpty();
    if (settings.route() instanceof Route.Gateway) {
      assertThat(entry.name()).as(as).doesNotContainIgnoringCase("temperature");
    }
  }

  private static void everyParameterIsCarriedOrReported(
      String as, Settings settings, Profile profile, Rendered rendered) {
    var reported = rendered.notCarried().stream().map(Rendering.NotCarried::parameter).toList();
    for (Parameter name : settings.parameters().values().keySet()) {
      boolean carried =
          profile.env().stream()
              .filter(rule ->
                  rule.from().parameter().filter(name::equals).isPresent()
                      || (rule.from() == Source.ParametersJson && WireJson.carries(name)))
              .anyMatch(rule ->
                  rendered.entries().stream().anyMatch(entry -> entry.name().equals(rule.name())));
      boolean gateway = settings.route() instanceof Route.Gateway;
      assertThat(gateway || carried || reported.contains(name)).as("%s, %s", as, name).isTrue();
      assertThat(carried && reported.contains(name)).as("%s, %s", as, name).isFalse();
    }
  }

  /// The key is not part of the input, so it can only come in where data of a Secret is made.
  private static void noKeyAnywhere(String as, Settings settings, Rendered rendered)
      throws JsonProcessingException {
    AgentFiles files = AgentFiles.of(settings, rendered.entries(), "/etc/llm");
    assertThat(files.contents().values()).as(as).noneMatch(text -> text.contains(CANARY));
    assertThat(new JsonMapper().writeValueAsString(KubernetesEnv.of(rendered.entries())))
        .as(as)
        .doesNotContain(CANARY);
    assertThat(new String(RenderedBytes.ofFiles(files, "r-1"), StandardCharsets.UTF_8))
        .as(as)
        .doesNotContain(CANARY);
    byte[] key = CANARY.getBytes(StandardCharsets.US_ASCII);
    EnvFromData.of(rendered.entries(), key)
        .forEach((name, value) -> {
          boolean isKey =
              rendered.entries().stream()
                  .anyMatch(
                      entry -> entry.name().equals(name) && entry.value() instanceof Entry.Key);
          assertThat(new String(value, StandardCharsets.US_ASCII).equals(CANARY))
              .as("%s, %s", as, name)
              .isEqualTo(isKey);
        });
  }

  /// What the kubelet makes of a value of `env` while none of its names is known.
  private static String expanded(String text) {
    return Pattern.compile("\\$\\$").matcher(text).replaceAll("\\$");
  }

  private static Settings settings(Random random) {
    Provider provider = one(random, List.of(Provider.values()));
    String url =
        provider
            .defaultEndpoint()
            .filter(_ -> random.nextBoolean())
            .orElseGet(() ->
                one(
                    random,
                    List.of(
                        "https://llm.example.com",
                        "https://llm.example.com/v1",
                        "http://10.0.0.1:8000/openai/v1",
                        "https://llm.example.com//v1",
                        "https://bedrock-mantle.eu-west-1.api.aws/v1",
                        "https://llm.example.com/a$(b)")));
    Route direct =
        new Route.Direct(
            Cases.endpoint(url),
            random.nextInt(4) == 0 ? new Route.KeyHeld.Keyless() : Cases.held());
    Route gateway = new Route.Gateway(Cases.GATEWAY, "support", new KeyRef("support-vkey"));
    return new Settings(
        provider,
        one(random, List.of("gpt-5-mini", "Qwen/Qwen3-8B", "a$(b)", "{provider}", "name:tag")),
        parameters(random),
        one(random, List.of(TokenField.values())),
        new ModelTraits(
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean()
                ? OptionalLong.empty()
                : OptionalLong.of(random.nextInt(1, 2000000))),
        account(random),
        random.nextInt(3) == 0 ? gateway : direct);
  }

  private static Map<Account, String> account(Random random) {
    var account = new LinkedHashMap<Account, String>();
    for (Account name : Account.values()) {
      if (random.nextBoolean()) {
        account.put(name, one(random, List.of("x", "2024-10-21", "", "é", "${A}")));
      }
    }
    return account;
  }

  private static Parameters parameters(Random random) {
    var values = new EnumMap<Parameter, ParameterValue>(Parameter.class);
    values.put(
        Parameter.Temperature,
        new ParameterValue.Decimal(BigDecimal.valueOf(random.nextInt(0, 2001), 3)));
    values.put(
        Parameter.TopP, new ParameterValue.Decimal(BigDecimal.valueOf(random.nextInt(0, 101), 2)));
    values.put(Parameter.MaxOutputTokens, new ParameterValue.Whole(random.nextInt(1, 100000)));
    values.put(Parameter.TimeoutSeconds, new ParameterValue.Whole(random.nextInt(1, 3601)));
    values.put(
        Parameter.ReasoningEffort,
        new ParameterValue.Effort(one(random, List.of(ReasoningEffort.values()))));
    values.put(
        Parameter.StopSequences,
        new ParameterValue.Texts(List.of(one(random, TEXTS), one(random, TEXTS))));
    values.put(
        Parameter.Extra,
        new ParameterValue.Fields(
            JsonNodeFactory.instance
                .objectNode()
                .put(one(random, TEXTS), one(random, TEXTS))
                .put("z", random.nextInt())));
    for (Parameter name : Parameter.values()) {
      if (random.nextBoolean()) {
        values.remove(name);
      }
    }
    return Cases.parameters(values);
  }

  private static Profile shuffled(Profile profile, Random random) {
    var rules = new ArrayList<>(profile.env());
    Collections.shuffle(rules, random);
    return new Profile(
        profile.id(),
        profile.version(),
        profile.origin(),
        profile.about(),
        profile.speech(),
        profile.urls(),
        profile.naming(),
        profile.tokenParam(),
        profile.sendsOwn(),
        profile.requiresKey(),
        rules,
        profile.shadowedBy(),
        profile.text());
  }

  /// The same settings, with their maps filled in another order.
  private static Settings shuffled(Settings settings, Random random) {
    var names = new ArrayList<>(settings.account().keySet());
    Collections.shuffle(names, random);
    var account = new LinkedHashMap<Account, String>();
    names.forEach(name -> account.put(name, settings.account().getOrDefault(name, "")));
    return new Settings(
        settings.provider(),
        settings.model(),
        settings.parameters(),
        settings.tokenField(),
        settings.traits(),
        account,
        settings.route());
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
