package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Header;
import dev.llmconfig.provider.fake.BrokenServer;
import dev.llmconfig.provider.fake.FakeCall;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Seen;
import dev.llmconfig.provider.transport.ExtraTrust;
import dev.llmconfig.provider.transport.Limits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Which calls a probe makes, and what it makes of several answers together.
class ProberTest {

  private static FakeProvider fake;
  private static Bench bench;

  private final Optional<SecretBytes> key =
      Optional.of(Keys.bytes("sk-any-key-0123456789abcdefgh"));

  @BeforeAll
  static void start() {
    fake = FakeProvider.start();
    bench = Bench.patient();
  }

  @AfterAll
  static void stop() {
    bench.close();
    fake.close();
  }

  @BeforeEach
  void forget() {
    fake.forget();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OpenAI      | /v1/models                    | authorization  | ",
        "Anthropic   | /v1/models?limit=1000         | x-api-key      | ",
        "Google      | /v1beta/models?pageSize=1000  | x-goog-api-key | ",
        "AzureOpenAI | /openai/v1/models             | api-key        | ",
        "Mistral     | /v1/models                    | authorization  | ",
        "Groq        | /openai/v1/models             | authorization  | ",
        "XAI         | /v1/api-key                   | authorization  | /v1/models",
        "DeepSeek    | /v1/models                    | authorization  | ",
        "OpenRouter  | /api/v1/key                   | authorization  | /api/v1/models/user",
        "Together    | /v1/models                    | authorization  | ",
        "Fireworks   | /inference/v1/models          | authorization  | ",
        "Bedrock     | /foundation-models?byInferenceType=ON_DEMAND | authorization"
            + " | /inference-profiles?typeEquals=SYSTEM_DEFINED&maxResults=1000"
      })
  void eachProviderIsAskedItsOwnWay(Provider provider, String first, String header, String second)
      throws InterruptedException {
    KeyCheck check = bench.prober().key(Bench.target(provider, fake), key);

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.KeyAccepted);
    assertThat(fake.seen()).extracting(Seen::path).startsWith(first);
    assertThat(fake.seen()).hasSize(second == null ? 1 : 2);
    if (second != null) {
      assertThat(fake.seen().getLast().path()).isEqualTo(second);
    }
    assertThat(fake.seen())
        .allSatisfy(seen -> assertThat(seen.keyHeader()).contains(header))
        .allSatisfy(seen -> assertThat(seen.headers()).doesNotContainKey("cookie"));
  }

  @Test
  void anthropicIsToldTheVersionOfItsApi() throws InterruptedException {
    bench.prober().key(Bench.target(Provider.Anthropic, fake), key);

    assertThat(fake.seen().getFirst().headers()).containsEntry("anthropic-version", "2023-06-01");
  }

  @Test
  void bedrockIsAskedOnTheControlPlaneOfItsRegion() throws InterruptedException {
    bench.prober().key(Bench.target(Provider.Bedrock, fake), key);

    assertThat(fake.seen().getFirst().headers())
        .containsEntry("host", "bedrock.us-east-1.amazonaws.com:" + fake.port());
  }

  @Test
  void azureWithAVersionHasTheOlderPaths() throws InterruptedException {
    Target target = azure("2024-10-21");

    bench.prober().key(target, key);
    bench.prober().completion(target, key, Completion.chat("my deployment"));

    assertThat(fake.seen())
        .extracting(Seen::path)
        .containsExactly(
            "/openai/models?api-version=2024-10-21",
            "/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21");
    assertThat(fake.seen().getLast().body().has("model")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "VLLM,/v1,/v1/models",
    "VLLM,'',/v1/models",
    "Ollama,/v1,/api/tags",
    "Anthropic,/v1,/v1/models?limit=1000",
    "Google,/v1beta,/v1beta/models?pageSize=1000",
    "AzureOpenAI,/openai/v1,/openai/v1/models",
    "AzureOpenAI,/openai,/openai/v1/models",
    "OpenAICompatible,/some/where/v1,/some/where/v1/models"
  })
  void endpointsMayBeWrittenWithOrWithoutTheVersion(Provider provider, String path, String expected)
      throws InterruptedException {
    bench.prober().key(Bench.target(provider, fake.url(path)), key);

    assertThat(fake.seen().getFirst().path()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"Ollama", "VLLM", "OpenAICompatible"})
  void aListForEverybodyProvesNoKey(Provider provider) throws InterruptedException {
    Target open = Bench.target(provider, fake.url("/open"));

    KeyCheck keyed = bench.prober().key(open, key);
    KeyCheck keyless = bench.prober().key(open, Optional.empty());

    assertThat(keyed.finding().reason()).isEqualTo(VerdictReason.KeyNotChecked);
    assertThat(keyless.finding().reason()).isEqualTo(VerdictReason.NoKeyNeeded);
    assertThat(fake.seen())
        .extracting(seen -> seen.keyId().isPresent())
        .containsExactly(true, false, false);
  }

  @Test
  void aListThatIsRefusedWithoutTheKeyProvesIt() throws InterruptedException {
    KeyCheck check = bench.prober().key(Bench.target(Provider.VLLM, fake), key);

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.KeyAccepted);
    assertThat(fake.seen()).hasSize(2);
  }

  @Test
  void aControlCallThatFailsOtherwiseProvesNothing() throws InterruptedException {
    Scripted transport =
        new Scripted(request ->
            request.headers().containsKey("authorization")
                ? Scripted.json(200, "{\"data\":[{\"id\":\"m\"}]}")
                : Scripted.json(503, ""));

    KeyCheck check = over(transport).key(Bench.target(Provider.VLLM, "https://v.test"), key);

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.KeyNotChecked);
  }

  @Test
  void whoHasNoListIsOnlyConnectedTo() throws InterruptedException {
    Target elsewhere = Bench.target(Provider.Bedrock, fake.url("/v1"));
    for (Target target : List.of(Bench.target(Provider.Perplexity, fake), elsewhere)) {
      KeyCheck check = bench.prober().key(target, key);

      assertThat(check.finding().reason()).isEqualTo(VerdictReason.KeyNotChecked);
      assertThat(check.models()).isEqualTo(new Models.Empty(EmptyListReason.NoListEndpoint));
    }
    assertThat(fake.seen()).isEmpty();
  }

  @Test
  void anEmptyListHasItsReason() throws InterruptedException {
    assertThat(models(Provider.OpenAI, "OA01.empty"))
        .isEqualTo(new Models.Empty(EmptyListReason.ListEmpty));
    assertThat(models(Provider.AzureOpenAI, "AZ01"))
        .isEqualTo(new Models.Empty(EmptyListReason.NoListEndpoint));
    assertThat(models(Provider.OpenAI, "OA02"))
        .isEqualTo(new Models.NotRead(VerdictReason.InvalidKey));
  }

  @Test
  void factsAboutModelsAreRead() throws InterruptedException {
    assertThat(listed(Provider.OpenAI, "OA01").getLast().retiresOn())
        .contains(java.time.LocalDate.of(2027, 1, 14));
    assertThat(listed(Provider.Mistral, "MI03").getFirst())
        .satisfies(m -> assertThat(m.contextTokens()).hasValue(262144))
        .satisfies(m -> assertThat(m.retiresOn()).contains(java.time.LocalDate.of(2027, 3, 1)));
    assertThat(listed(Provider.OpenRouter, "OR05").getFirst())
        .satisfies(m -> assertThat(m.price().orElseThrow().input()).isEqualByComparingTo("0.25"))
        .satisfies(m -> assertThat(m.price().orElseThrow().output()).isEqualByComparingTo("2"))
        .satisfies(m -> assertThat(m.supportedParameters()).contains("reasoning"))
        .satisfies(m -> assertThat(m.maxOutputTokens()).hasValue(128000));
    assertThat(listed(Provider.Google, "GE01").getFirst())
        .satisfies(m -> assertThat(m.id()).isEqualTo("gemini-2.5-flash"))
        .satisfies(m -> assertThat(m.maxInputTokens()).hasValue(1048576));
    assertThat(listed(Provider.Groq, "GR04").getFirst().contextTokens()).hasValue(131072);
    assertThat(listed(Provider.Bedrock, "BE03").getFirst().name()).contains("Claude Sonnet 4.5");
  }

  @Test
  void aListWithoutEndIsReadForTwentyPages() throws InterruptedException {
    AtomicInteger page = new AtomicInteger();
    Scripted transport =
        new Scripted(_ ->
            Scripted.json(
                200,
                "{\"data\":[{\"id\":\"m%1$d\"}],\"has_more\":true,\"last_id\":\"m%1$d\"}"
                    .formatted(page.incrementAndGet())));

    KeyCheck check = over(transport).key(Bench.target(Provider.Anthropic, "https://a.test"), key);

    assertThat(transport.sent()).hasSize(20);
    assertThat(check.finding().reason()).isEqualTo(VerdictReason.KeyAccepted);
    assertThat(check.models())
        .isInstanceOfSatisfying(
            Models.Listed.class, listed -> assertThat(listed.complete()).isFalse());
  }

  @Test
  void aPageThatNamesItselfAsTheNextEndsTheList() throws InterruptedException {
    Scripted transport =
        new Scripted(_ ->
            Scripted.json(200, "{\"data\":[{\"id\":\"m\"}],\"has_more\":true,\"last_id\":\"m\"}"));

    over(transport).key(Bench.target(Provider.Anthropic, "https://a.test"), key);

    assertThat(transport.sent()).hasSize(2);
  }

  @Test
  void noMoreThanTenThousandModelsAreKept() throws InterruptedException {
    String many =
        String.join(
            ",", IntStream.range(0, 12_000).mapToObj(i -> "{\"id\":\"m" + i + "\"}").toList());
    Scripted transport = new Scripted(_ -> Scripted.json(200, "{\"data\":[" + many + "]}"));

    KeyCheck check = over(transport).key(Bench.target(Provider.OpenAI, "https://a.test"), key);

    assertThat(check.models())
        .isInstanceOfSatisfying(
            Models.Listed.class,
            listed -> {
              assertThat(listed.models()).hasSize(10_000);
              assertThat(listed.complete()).isFalse();
            });
  }

  @Test
  void aLaterPageThatFailsLeavesTheKeyGoodAndTheListUnread() throws InterruptedException {
    AtomicInteger page = new AtomicInteger();
    Scripted transport =
        new Scripted(_ ->
            page.getAndIncrement() == 0
                ? Scripted.json(
                    200, "{\"data\":[{\"id\":\"m\"}],\"has_more\":true,\"last_id\":\"m\"}")
                : Scripted.json(429, ""));

    KeyCheck check = over(transport).key(Bench.target(Provider.Anthropic, "https://a.test"), key);

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.KeyAccepted);
    assertThat(check.models()).isEqualTo(new Models.NotRead(VerdictReason.RateLimited));
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"OpenAI", "Anthropic", "Google", "Ollama", "VLLM", "OpenRouter", "Bedrock"})
  void aModelOnTheListIsThere(Provider provider) throws InterruptedException {
    ModelCheck check =
        bench.prober().model(Bench.target(provider, fake), key, ModelQuestion.of("gpt-5-mini"));

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.ModelAvailable);
    assertThat(fake.seen(FakeCall.Model)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI,/v1/models/gpt-5-minni",
    "Anthropic,/v1/models/gpt-5-minni",
    "Google,/v1beta/models/gpt-5-minni",
    "Ollama,/api/show",
    "VLLM,/v1/models/gpt-5-minni"
  })
  void aModelThatIsNotListedIsAskedForOnceById(Provider provider, String path)
      throws InterruptedException {
    ModelCheck check =
        bench.prober().model(Bench.target(provider, fake), key, ModelQuestion.of("gpt-5-minni"));

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.ModelNotFound);
    assertThat(check.didYouMean()).first().isEqualTo("gpt-5-mini");
    assertThat(fake.seen(FakeCall.Model)).extracting(Seen::path).containsExactly(path);
  }

  @Test
  void anAliasThatIsNotListedIsFoundById() throws InterruptedException {
    Scripted transport =
        new Scripted(request ->
            request.target().contains("latest")
                ? Scripted.json(200, "{\"type\":\"model\",\"id\":\"claude-x-20250929\"}")
                : Scripted.json(200, "{\"data\":[{\"id\":\"claude-x-20250929\"}]}"));

    ModelCheck check =
        over(transport)
            .model(
                Bench.target(Provider.Anthropic, "https://a.test"),
                key,
                ModelQuestion.of("claude-x-latest"));

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.ModelAvailable);
  }

  @Test
  void whatIsDeclaredOrListedAlreadyIsNotAskedFor() throws InterruptedException {
    Target target = Bench.target(Provider.OpenAI, fake);
    ModelQuestion declared = new ModelQuestion("mine", true, Optional.empty());
    ModelQuestion listed = new ModelQuestion("mine", false, Optional.of(List.of("mine")));

    for (ModelQuestion question : List.of(declared, listed)) {
      assertThat(bench.prober().model(target, key, question).finding().reason())
          .isEqualTo(VerdictReason.ModelAvailable);
    }
    assertThat(fake.seen()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"AzureOpenAI", "Perplexity"})
  void whoCannotBeAskedAboutModelsIsNotAsked(Provider provider) throws InterruptedException {
    ModelCheck check =
        bench.prober().model(Bench.target(provider, fake), key, ModelQuestion.of("sonar"));

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.ModelNotChecked);
    assertThat(fake.seen()).isEmpty();
  }

  @Test
  void withoutAListEndpointAModelIsNotChecked() throws InterruptedException {
    Scripted transport = new Scripted(_ -> Scripted.json(404, "{\"detail\":\"Not Found\"}"));

    ModelCheck check =
        over(transport)
            .model(
                Bench.target(Provider.OpenAICompatible, "https://a.test"),
                key,
                ModelQuestion.of("m"));

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.ModelNotChecked);
    assertThat(transport.sent()).hasSize(1);
  }

  @Test
  void aServerThatKnowsNoQuestionByIdHasSaidAllWithItsList() throws InterruptedException {
    Scripted transport =
        new Scripted(request ->
            request.target().endsWith("/models")
                ? Scripted.json(200, "{\"data\":[{\"id\":\"other\"}]}")
                : Scripted.json(405, ""));

    ModelCheck check =
        over(transport)
            .model(
                Bench.target(Provider.OpenAICompatible, "https://a.test"),
                key,
                ModelQuestion.of("m"));

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.ModelNotFound);
  }

  @Test
  void aBadKeyIsNotTheModelsFault() throws InterruptedException {
    Target target = Bench.target(Provider.OpenAI, fake);

    ModelCheck check =
        bench.prober().model(target, playing(Provider.OpenAI, "OA02"), ModelQuestion.of("m"));

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.InvalidKey);
  }

  @ParameterizedTest
  @CsvSource({
    "openai/gpt-oss-120b,/v1/models/openai/gpt-oss-120b",
    "a b?c#d,/v1/models/a%20b%3Fc%23d",
    "../../admin,/v1/models/%2E%2E%2F%2E%2E%2Fadmin",
    "a//b,/v1/models/a%2F%2Fb"
  })
  void anIdStaysInItsPlaceInThePath(String id, String path) throws InterruptedException {
    bench.prober().model(Bench.target(Provider.OpenAI, fake), key, ModelQuestion.of(id));

    assertThat(fake.seen().getLast().path()).isEqualTo(path);
  }

  @Test
  void aRefusedTokenFieldIsTriedOnceWithTheOtherAndRemembered() throws InterruptedException {
    Scripted transport =
        new Scripted(request ->
            request.body().contains("max_completion_tokens")
                ? Scripted.json(400, "{\"error\":{\"param\":\"max_completion_tokens\"}}")
                : Scripted.json(200, "{\"choices\":[]}"));
    Prober prober = over(transport);
    Target target = Bench.target(Provider.OpenAI, "https://a.test");

    Finding first = prober.completion(target, key, Completion.chat("m"));
    Finding second = prober.completion(target, key, Completion.chat("m"));

    assertThat(first.reason()).isEqualTo(VerdictReason.KeyAccepted);
    assertThat(second.reason()).isEqualTo(VerdictReason.KeyAccepted);
    assertThat(transport.sent()).hasSize(3);
  }

  @Test
  void whenBothTokenFieldsAreRefusedThatIsTheAnswer() throws InterruptedException {
    Scripted transport =
        new Scripted(_ -> Scripted.json(400, "{\"error\":{\"param\":\"max_tokens\"}}"));

    Finding finding =
        over(transport)
            .completion(Bench.target(Provider.Groq, "https://a.test"), key, Completion.chat("m"));

    assertThat(finding.reason()).isEqualTo(VerdictReason.ParameterRejected);
    assertThat(transport.sent()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI,gpt-5-mini,,max_completion_tokens",
    "Mistral,mistral-large-latest,,max_tokens",
    "Ollama,llama3.2,,max_tokens",
    "AzureOpenAI,mine,gpt-5-mini,max_completion_tokens",
    "AzureOpenAI,mine,o3-mini,max_completion_tokens",
    "AzureOpenAI,mine,gpt-4.1-mini,max_tokens",
    "AzureOpenAI,mine,,max_completion_tokens"
  })
  void theLimitGoesIntoTheFieldOfTheModel(
      Provider provider, String model, String base, String field) throws InterruptedException {
    Completion asked = new Completion(model, Optional.ofNullable(base), Completion.Surface.Chat);

    bench.prober().completion(Bench.target(provider, fake), key, asked);

    assertThat(fake.seen().getLast().body().path(field).asInt()).isEqualTo(16);
  }

  @Test
  void aPingIsOneWordAndNothingElse() throws InterruptedException {
    for (Provider provider : List.of(Provider.OpenAI, Provider.Anthropic, Provider.Google)) {
      bench.prober().completion(Bench.target(provider, fake), key, Completion.chat("echo"));
    }
    assertThat(fake.seen())
        .extracting(seen -> seen.body().toString())
        .containsExactly(
            "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"ping\"}],\"max_completion_tokens\":16}",
            "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"ping\"}],\"max_tokens\":16}",
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"ping\"}]}],\"generationConfig\":{\"maxOutputTokens\":16}}");
  }

  @Test
  void aCompletionFollowsUnlessTheKeyIsBad() throws InterruptedException {
    Target target = Bench.target(Provider.OpenAI, fake);
    Prober prober = bench.prober();

    KeyCheck refused = prober.key(target, playing(Provider.OpenAI, "OA02"), Completion.chat("m"));
    assertThat(refused.finding().reason()).isEqualTo(VerdictReason.InvalidKey);
    assertThat(fake.seen(FakeCall.Completion)).isEmpty();

    KeyCheck narrow = prober.key(target, playing(Provider.OpenAI, "OA04"), Completion.chat("m"));
    assertThat(narrow.finding().reason()).isEqualTo(VerdictReason.KeyAccepted);
    assertThat(fake.seen(FakeCall.Completion)).hasSize(1);

    KeyCheck poor = prober.key(target, key, Completion.chat("fx-OA06"));
    assertThat(poor.finding().reason()).isEqualTo(VerdictReason.QuotaExhausted);
    assertThat(poor.models()).isInstanceOf(Models.Listed.class);
  }

  @ParameterizedTest
  @CsvSource({"404", "405", "200"})
  void aChatMayWorkWhereThereIsNoList(int status) throws InterruptedException {
    Scripted transport =
        new Scripted(request ->
            request.method().equals("GET")
                ? Scripted.json(status, "{\"detail\":\"no list\"}")
                : Scripted.json(200, "{\"choices\":[]}"));
    Target target = Bench.target(Provider.OpenAICompatible, "https://a.test");

    KeyCheck free = over(transport).key(target, key);
    KeyCheck complete = over(transport).key(target, key, Completion.chat("m"));

    assertThat(free.finding().reason()).isEqualTo(VerdictReason.NotAnLLMEndpoint);
    assertThat(complete.finding().reason()).isEqualTo(VerdictReason.KeyAccepted);
  }

  @Test
  void aBrokenConnectionIsTriedOnceMoreInTheWholeProbe() throws InterruptedException {
    try (BrokenServer closing = BrokenServer.closing(0)) {
      KeyCheck check = bench.prober().key(Bench.target(Provider.OpenAI, closing.url("/v1")), key);

      assertThat(check.finding().reason()).isEqualTo(VerdictReason.ProviderUnavailable);
      assertThat(closing.connections()).isEqualTo(2);
    }
  }

  @Test
  void aSilentProviderIsGivenUpInTime() throws InterruptedException {
    try (BrokenServer silent = BrokenServer.silent(0);
        Bench hasty = Bench.withLimit(Duration.ofMillis(300))) {
      KeyCheck check = hasty.prober().key(Bench.target(Provider.OpenAI, silent.url("/v1")), key);

      assertThat(check.finding().reason()).isEqualTo(VerdictReason.Timeout);
      assertThat(silent.connections()).isEqualTo(1);
    }
  }

  @Test
  void headersOfTheUserGoAlong() throws InterruptedException {
    Target plain = Bench.target(Provider.OpenAI, fake);
    Target target =
        new Target(
            plain.provider(),
            plain.endpoint(),
            true,
            List.of(new Header("OpenAI-Project", "proj_1")),
            ExtraTrust.NONE,
            Optional.empty());

    bench.prober().key(target, key);

    assertThat(fake.seen().getFirst().headers()).containsEntry("openai-project", "proj_1");
  }

  @Test
  void echoNeedsNobody() throws InterruptedException {
    Target echo = Target.of(Provider.Echo, Bench.endpoint("https://echo.invalid/v1"));

    KeyCheck check = bench.prober().key(echo, Optional.empty(), Completion.chat("echo"));

    assertThat(check.finding().reason()).isEqualTo(VerdictReason.NoKeyNeeded);
    assertThat(
            bench
                .prober()
                .model(echo, Optional.empty(), ModelQuestion.of("echo-slow"))
                .finding()
                .reason())
        .isEqualTo(VerdictReason.ModelAvailable);
    assertThat(bench.prober().model(echo, Optional.empty(), ModelQuestion.of("eco")))
        .satisfies(m -> assertThat(m.finding().reason()).isEqualTo(VerdictReason.ModelNotFound))
        .satisfies(m -> assertThat(m.didYouMean()).first().isEqualTo("echo"));
  }

  private static Models models(Provider provider, String fixture) throws InterruptedException {
    return bench.prober().key(Bench.target(provider, fake), playing(provider, fixture)).models();
  }

  private static List<ListedModel> listed(Provider provider, String fixture)
      throws InterruptedException {
    return models(provider, fixture) instanceof Models.Listed(List<ListedModel> all, boolean _)
        ? all
        : List.of();
  }

  private static Optional<SecretBytes> playing(Provider provider, String fixture) {
    return Optional.of(Keys.bytes(Keys.playing(provider, fixture, new Random(1))));
  }

  private static Target azure(String version) {
    return new Target(
        Provider.AzureOpenAI,
        Bench.endpoint(fake.url("")),
        true,
        List.of(),
        ExtraTrust.NONE,
        Optional.of(version));
  }

  private static Prober over(Scripted transport) {
    return new Prober(transport, Limits.STANDARD, InstantSource.fixed(Bench.NOW));
  }
}
