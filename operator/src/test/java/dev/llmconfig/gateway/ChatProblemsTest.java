package dev.llmconfig.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import dev.llmconfig.provider.Canary;
import dev.llmconfig.provider.Target;
import dev.llmconfig.provider.fake.BrokenServer;
import dev.llmconfig.provider.fake.FakeCall;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Fixture;
import dev.llmconfig.provider.fake.Fixtures;
import dev.llmconfig.provider.fake.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever a provider does, a chat ends with exactly one event that says so in our words (covers
/// traps G15 and K2).
class ChatProblemsTest {

  private static final String FIRST_WORDS =
      "data: {\"choices\":[{\"delta\":{\"content\":\"Well, \"}}]}\n\n";

  private static final Parameters LIMITED =
      new Parameters(
          new TreeMap<>(Map.of(Parameter.MaxOutputTokens, new ParameterValue.Whole(64))));

  private static ChatStage stage;
  private static FakeProvider elsewhere;

  @BeforeAll
  static void start() {
    stage = ChatStage.patient();
    elsewhere = FakeProvider.start();
    stage.fake().redirectTo(elsewhere.url(""));
  }

  @AfterAll
  static void stop() {
    stage.close();
    elsewhere.close();
  }

  @BeforeEach
  void forget() {
    stage.fake().forget();
    stage.lent().clear();
  }

  /// A chat and a probe cannot come to different answers.
  @TestFactory
  Stream<DynamicTest> refusalsMeanWhatTheyMeanToAProbe() {
    return Stream.of(Provider.values())
        .flatMap(provider ->
            Fixtures.of(provider).orElse(List.of()).stream()
                .filter(fixture -> fixture.call() == FakeCall.Completion)
                .filter(fixture -> fixture.expect().reason() != VerdictReason.Timeout)
                .map(fixture ->
                    DynamicTest.dynamicTest(
                        provider + " " + fixture.id(), () -> check(provider, fixture))));
  }

  private static void check(Provider provider, Fixture fixture) throws InterruptedException {
    List<ChatEvent> events =
        stage.all(stage.target(provider, "fx-" + fixture.id(), LIMITED), ChatStage.hello());

    if (fixture.expect().reason() == VerdictReason.KeyAccepted) {
      assertThat(events.getLast()).isInstanceOf(ChatEvent.Done.class);
    } else {
      assertThat(events).hasSize(1);
      ChatEvent.Problem problem = problem(events);
      assertThat(problem.reason()).isEqualTo(fixture.expect().reason());
      assertThat(problem.sentence()).endsWith(".").doesNotContain("{");
      assertThat(problem.action()).isNotEmpty().doesNotContain("{");
      Integer wait = fixture.expect().retryAfterSeconds();
      if (wait != null) {
        assertThat(problem.retryAfter()).contains(Duration.ofSeconds(wait));
      }
    }
    Canary.assertNothingOf(ChatStage.SECRET, events.toString());
    assertThat(stage.lent()).allMatch(key -> key.toString().contains("wiped"));
    assertThat(elsewhere.seen()).isEmpty();
  }

  @Test
  void aFilteredQuestionIsAnAnswer() throws Exception {
    List<ChatEvent> events =
        stage.played(
            Provider.OpenAI,
            "gpt-4o-mini",
            Script.document(400, "{\"error\":{\"message\":\"no\",\"code\":\"content_filter\"}}"));

    assertThat(events.getFirst()).isInstanceOf(ChatEvent.Start.class);
    assertThat(((ChatEvent.Done) events.getLast()).finish()).isEqualTo(Finish.Filtered);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"message\":\"Insufficient credits.\",\"code\":402}} | QuotaExhausted",
        "{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}} | ProviderUnavailable",
        "{\"error\":{\"message\":\"x\",\"type\":\"rate_limit_error\"}} | RateLimited",
        "{\"error\":{\"message\":\"x\",\"code\":\"insufficient_quota\"}} | QuotaExhausted",
        "{\"status\":\"ok\"} | NotAnLLMEndpoint",
        "<html>Sign in</html> | NotAnLLMEndpoint",
        "[] | NotAnLLMEndpoint",
        "Bad gateway | NotAnLLMEndpoint",
        ": waiting | ProviderUnavailable",
        "﻿{\"error\":{\"message\":\"x\",\"code\":503}} | ProviderUnavailable",
        "'' | NotAnLLMEndpoint",
      })
  void anErrorUnderTwoHundredIsAnError(String body, VerdictReason reason) throws Exception {
    List<ChatEvent> events =
        stage.played(Provider.OpenRouter, "gpt-4o-mini", Script.document(200, body));

    assertThat(events).hasSize(1);
    assertThat(problem(events).reason()).isEqualTo(reason);
    assertThat(problem(events).requestId()).contains("req_script");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Anthropic | claude-sonnet-4-5 | {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}} | ProviderUnavailable",
        "Anthropic | claude-sonnet-4-5 | {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"x\"}} | RateLimited",
        "Anthropic | claude-sonnet-4-5 | {\"type\":\"error\",\"error\":{\"type\":\"whim\",\"message\":\"x\"}} | UnrecognisedAnswer",
        "OpenAI | gpt-4o-mini | {\"error\":{\"type\":\"server_error\",\"message\":\"x\",\"code\":null}} | ProviderUnavailable",
        "OpenAI | gpt-4o-mini | {\"error\":{\"message\":\"x\",\"code\":429}} | RateLimited",
        "OpenAI | gpt-5-codex | {\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"x\"} | RateLimited",
        "OpenAI | gpt-5-codex | {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"x\"}}} | ProviderUnavailable",
        "Google | gemini-2.5-flash | {\"error\":{\"code\":503,\"message\":\"x\",\"status\":\"UNAVAILABLE\"}} | ProviderUnavailable",
        "Google | gemini-2.5-flash | {\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]} | UnrecognisedAnswer",
        "OpenAI | gpt-4o-mini | no json at all | UnrecognisedAnswer",
      })
  void anErrorInTheMiddleComesAfterWhatWasSaid(
      Provider provider, String model, String error, VerdictReason reason) throws Exception {
    String words =
        switch (provider) {
          case Anthropic ->
              """
              data: {"type":"message_start","message":{"usage":{"input_tokens":9}}}

              data: {"type":"content_block_delta","delta":{"text":"Well, "}}

              """;
          case Google ->
              "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Well, \"}]}}],"
                  + "\"usageMetadata\":{\"promptTokenCount\":9}}\n\n";
          default ->
              model.equals("gpt-4o-mini")
                  ? FIRST_WORDS
                  : "data: {\"type\":\"response.output_text.delta\",\"delta\":\"Well, \"}\n\n";
        };

    List<ChatEvent> events =
        stage.played(provider, model, Script.stream(words + "data: " + error + "\n\n"));

    assertThat(events.getFirst()).isInstanceOf(ChatEvent.Start.class);
    assertThat(Recorded.text(events)).isEqualTo("Well, ");
    assertThat(problem(events).reason()).isEqualTo(reason);
    assertThat(events).filteredOn(ChatEvent.End.class::isInstance).hasSize(1);
    if (provider == Provider.Anthropic || provider == Provider.Google) {
      assertThat(events).anyMatch(ChatEvent.Usage.class::isInstance);
    }
  }

  @ParameterizedTest
  @CsvSource({"Proper", "Cut"})
  void aStreamThatBreaksOffIsAProblem(Script.Ending ending) throws Exception {
    List<ChatEvent> events =
        stage.played(
            Provider.OpenAI,
            "gpt-4o-mini",
            Script.stream(FIRST_WORDS, "data: {\"cho").ending(ending));

    assertThat(Recorded.text(events)).isEqualTo("Well, ");
    assertThat(problem(events).reason()).isEqualTo(VerdictReason.ProviderUnavailable);
    assertThat(problem(events).requestId()).contains("req_script");
  }

  @Test
  void aStreamWithoutItsLastWordIsAProblem() throws Exception {
    List<ChatEvent> events =
        stage.played(Provider.OpenAI, "gpt-4o-mini", Script.stream(FIRST_WORDS));

    assertThat(problem(events).reason()).isEqualTo(VerdictReason.ProviderUnavailable);
  }

  @Test
  void afterTheLastWordNothingCanGoWrong() throws Exception {
    String last = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    List<ChatEvent> events =
        stage.played(
            Provider.OpenAI,
            "gpt-4o-mini",
            Script.stream(FIRST_WORDS, last).ending(Script.Ending.Cut));

    assertThat(((ChatEvent.Done) events.getLast()).finish()).isEqualTo(Finish.Stop);
  }

  @Test
  void theEndIsNotWaitedForWhereItWasSaid() throws Exception {
    List<ChatEvent> events =
        stage.played(
            Provider.OpenAI,
            "gpt-4o-mini",
            Script.stream(FIRST_WORDS + "data: [DONE]\n\n").ending(Script.Ending.Silence));

    assertThat(events.getLast()).isInstanceOf(ChatEvent.Done.class);
    assertThat(stage.fake().performances().getFirst().goneWithin(10_000)).isTrue();
  }

  @Test
  void anEventThatNeverEndsIsNoChat() throws Exception {
    List<ChatEvent> events =
        stage.played(
            Provider.OpenAI,
            "gpt-4o-mini",
            Script.stream(FIRST_WORDS, "x".repeat(64 * 1024)).forEver());

    assertThat(problem(events).reason()).isEqualTo(VerdictReason.NotAnLLMEndpoint);
    assertThat(stage.fake().performances().getFirst().goneWithin(10_000)).isTrue();
  }

  @Test
  void aDocumentThatNeverEndsIsNoChat() throws Exception {
    List<ChatEvent> events =
        stage.played(
            Provider.OpenAI,
            "gpt-4o-mini",
            Script.stream("{\"choices\":[", "\"x\",".repeat(16 * 1024)).forEver());

    assertThat(problem(events).reason()).isEqualTo(VerdictReason.NotAnLLMEndpoint);
  }

  @Test
  void anUnknownBuiltInModelIsNotFound() throws Exception {
    List<ChatEvent> events = stage.all(stage.target(Provider.Echo, "echo-loud"), ChatStage.hello());

    assertThat(problem(events).reason()).isEqualTo(VerdictReason.ModelNotFound);
    assertThat(problem(events).sentence()).contains("echo-loud");
  }

  @Test
  void aProviderThatRepeatsTheKeyIsNotRepeated() throws Exception {
    String error =
        "{\"error\":{\"message\":\"{KEY}\",\"type\":\"{KEY}\",\"code\":\"{KEY}\"},"
            + "\"request_id\":\"{KEY}\"}";
    String repeating = error.replace("{KEY}", ChatStage.KEY);
    List<Script> scripts =
        List.of(
            Script.document(401, repeating),
            Script.document(200, repeating),
            Script.stream(FIRST_WORDS + "data: " + repeating + "\n\n"));

    for (Script script : scripts) {
      List<ChatEvent> events =
          stage.played(Provider.OpenAI, "gpt-4o-mini", script.with("x-request-id", ChatStage.KEY));

      assertThat(problem(events).requestId()).isEmpty();
      Canary.assertNothingOf(ChatStage.SECRET, events.toString());
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    List<ChatEvent> events =
        stage.played(
            Provider.OpenAI,
            "gpt-4o-mini",
            Script.document(302, "").with("location", elsewhere.url("/v1/chat/completions")));

    assertThat(problem(events).reason()).isEqualTo(VerdictReason.EndpointRedirected);
    assertThat(elsewhere.seen()).isEmpty();
  }

  @Test
  void aPackedStreamThatNobodyAskedForIsNoChat() throws Exception {
    List<ChatEvent> events =
        stage.played(
            Provider.OpenAI,
            "gpt-4o-mini",
            Script.stream("\u001f\u008b\b rubbish").with("content-encoding", "gzip"));

    assertThat(problem(events).reason()).isEqualTo(VerdictReason.NotAnLLMEndpoint);
    assertThat(stage.fake().seen(FakeCall.Completion).getFirst().headers())
        .containsEntry("accept-encoding", "identity");
  }

  @Test
  void aPlaceThatIsNotAllowedIsNotDialled() throws Exception {
    ChatTarget target = stage.target(Provider.OpenAI, "gpt-4o-mini");
    Target strict =
        new Target(
            Provider.OpenAI,
            target.place().endpoint(),
            false,
            List.of(),
            target.place().trust(),
            Optional.empty());

    List<ChatEvent> events =
        stage.all(
            new ChatTarget(
                strict,
                target.model(),
                target.format(),
                target.parameters(),
                target.keyPlace(),
                target.key()),
            ChatStage.hello());

    assertThat(problem(events).reason()).isEqualTo(VerdictReason.EndpointNotAllowed);
    assertThat(stage.fake().seen()).isEmpty();
  }

  @Test
  void nobodyThereIsSaidSo() throws Exception {
    String url;
    try (BrokenServer server = BrokenServer.silent(0)) {
      url = server.url("/v1");
    }
    ChatTarget target = stage.target(Provider.OpenAI, "gpt-4o-mini");

    List<ChatEvent> events =
        stage.all(
            stage.at(
                url,
                Provider.OpenAI,
                target.model(),
                Parameters.none(),
                RequestFormat.ChatCompletions),
            ChatStage.hello());

    assertThat(problem(events).reason()).isEqualTo(VerdictReason.EndpointUnreachable);
  }

  @Test
  void aConnectionThatBreaksBeforeTheFirstByteIsTriedOnceMore() throws Exception {
    ChatTarget target = stage.target(Provider.OpenAI, "gpt-4o-mini");
    try (BrokenServer server = BrokenServer.closing(0)) {
      List<ChatEvent> events =
          stage.all(
              stage.at(
                  server.url("/v1"),
                  Provider.OpenAI,
                  target.model(),
                  Parameters.none(),
                  RequestFormat.ChatCompletions),
              ChatStage.hello());

      assertThat(problem(events).reason()).isEqualTo(VerdictReason.ProviderUnavailable);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static ChatEvent.Problem problem(List<ChatEvent> events) {
    assertThat(events.getLast()).isInstanceOf(ChatEvent.Problem.class);
    return (ChatEvent.Problem) events.getLast();
  }
}
