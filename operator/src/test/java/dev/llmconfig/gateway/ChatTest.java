package dev.llmconfig.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import dev.llmconfig.gateway.ChatMessage.Role;
import dev.llmconfig.provider.Canary;
import dev.llmconfig.provider.Delivery;
import dev.llmconfig.provider.Json;
import dev.llmconfig.provider.Target;
import dev.llmconfig.provider.fake.FakeCall;
import dev.llmconfig.provider.fake.Script;
import dev.llmconfig.provider.fake.Seen;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChatTest {

  private static ChatStage stage;

  @BeforeAll
  static void start() {
    stage = ChatStage.patient();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void forget() {
    stage.fake().forget();
    stage.lent().clear();
  }

  @ParameterizedTest
  @EnumSource(Recorded.class)
  void everyDialectSaysTheSame(Recorded recorded) throws Exception {
    List<ChatEvent> events =
        stage.played(recorded.provider(), recorded.model(), Script.stream(recorded.stream()));

    recorded.assertSaidBy(events);
    assertThat(stage.lent()).hasSize(1).allMatch(key -> key.toString().contains("wiped"));
    Canary.assertNothingOf(ChatStage.SECRET, events.toString());
  }

  @ParameterizedTest
  @EnumSource(Recorded.class)
  void aStreamMayEndWithoutAMark(Recorded recorded) throws Exception {
    String cut =
        recorded.stream()
            .replace("data: [DONE]\n\n", "")
            .replace("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", "")
            .stripTrailing();

    List<ChatEvent> events =
        stage.played(recorded.provider(), recorded.model(), Script.stream(cut));

    recorded.assertSaidBy(events);
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, gpt-4o-mini",
    "Anthropic, claude-sonnet-4-5",
    "Google, gemini-2.5-flash",
    "Echo, echo",
    "Echo, echo-slow",
    "Ollama, gpt-5-mini"
  })
  void theFakeAndTheBuiltInModelsAnswerStreamedAndWhole(Provider provider, String model)
      throws Exception {
    for (Delivery delivery : Delivery.values()) {
      ChatRequest request = new ChatRequest(List.of(ChatStage.user("one two three")), delivery);

      List<ChatEvent> events = stage.all(stage.target(provider, model), request);

      assertThat(Recorded.text(events)).isEqualTo("one two three");
      assertThat(events.get(events.size() - 2))
          .isEqualTo(new ChatEvent.Usage(TokenCounts.of(3, 3)));
      assertThat(events.getLast()).isInstanceOf(ChatEvent.Done.class);
    }
  }

  @Test
  void echoTakesNoKeyAndDialsNobody() throws Exception {
    stage.all(stage.target(Provider.Echo, "echo"), ChatStage.hello());

    assertThat(stage.lent()).isEmpty();
    assertThat(stage.fake().seen()).isEmpty();
  }

  @Test
  void aWholeAnswerOfResponsesIsRead() throws Exception {
    stage
        .fake()
        .plays(
            "gpt-5-codex",
            Script.document(
                200,
                """
                {"id":"r1","object":"response","status":"incomplete","error":null,
                 "incomplete_details":{"reason":"max_output_tokens"},
                 "output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}]},
                  {"type":"message","content":[{"type":"output_text","text":"Well"}]}],
                 "usage":{"input_tokens":4,"output_tokens":2}}
                """));

    List<ChatEvent> events =
        stage.all(
            stage.target(Provider.OpenAI, "gpt-5-codex"),
            new ChatRequest(List.of(ChatStage.user("Hi")), Delivery.Whole));

    assertThat(Recorded.reasoning(events)).isEqualTo("Hm.");
    assertThat(Recorded.text(events)).isEqualTo("Well");
    assertThat(done(events).finish()).isEqualTo(Finish.Length);
    assertThat(
            stage.fake().seen(FakeCall.Responses).getFirst().body().path("store").asBoolean(true))
        .isFalse();
  }

  @Test
  void aServerThatDoesNotStreamIsUnderstoodAsWell() throws Exception {
    List<ChatEvent> events =
        stage.played(
            Provider.OpenAICompatible,
            "mine",
            Script.document(
                200,
                " {\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},"
                    + "\"finish_reason\":\"length\"}]}"));

    assertThat(Recorded.text(events)).isEqualTo("Hi");
    assertThat(done(events).finish()).isEqualTo(Finish.Length);
    assertThat(done(events).cost()).isEmpty();
  }

  @Test
  void costAndTimesAreTold() throws Exception {
    List<ChatEvent> events =
        stage.played(
            Provider.OpenAI,
            "gpt-4o-mini",
            Script.stream(
                """
                data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}

                data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}

                data: [DONE]

                """));

    ChatEvent.Done done = done(events);
    assertThat(done.cost()).contains(new BigDecimal("0.00000285"));
    assertThat(done.firstToken()).contains(Duration.ofMillis(1));
    assertThat(done.total()).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void anEmptyAnswerHasNoFirstToken() throws Exception {
    List<ChatEvent> events =
        stage.played(Provider.OpenAI, "gpt-4o-mini", Script.stream("data: [DONE]\n\n"));

    assertThat(events).hasSize(2);
    assertThat(done(events).firstToken()).isEmpty();
    assertThat(done(events).finish()).isEqualTo(Finish.Stop);
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, gpt-4o-mini, '{\"choices\":[{\"delta\":{},\"finish_reason\":\"%s\"}]}', length, Length",
    "OpenAI, gpt-4o-mini, '{\"choices\":[{\"delta\":{},\"finish_reason\":\"%s\"}]}', tool_calls, ToolCalls",
    "OpenAI, gpt-4o-mini, '{\"choices\":[{\"delta\":{},\"finish_reason\":\"%s\"}]}', content_filter, Filtered",
    "OpenAI, gpt-4o-mini, '{\"choices\":[{\"delta\":{},\"finish_reason\":\"%s\"}]}', whim, Other",
    "Anthropic, claude-sonnet-4-5, '{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\"}}', max_tokens, Length",
    "Anthropic, claude-sonnet-4-5, '{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\"}}', tool_use, ToolCalls",
    "Anthropic, claude-sonnet-4-5, '{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\"}}', refusal, Filtered",
    "Anthropic, claude-sonnet-4-5, '{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\"}}', whim, Other",
    "Google, gemini-2.5-flash, '{\"candidates\":[{\"finishReason\":\"%s\"}]}', MAX_TOKENS, Length",
    "Google, gemini-2.5-flash, '{\"candidates\":[{\"finishReason\":\"%s\"}]}', SAFETY, Filtered",
    "Google, gemini-2.5-flash, '{\"candidates\":[{\"finishReason\":\"%s\"}]}', IMAGE_SAFETY, Filtered",
    "Google, gemini-2.5-flash, '{\"candidates\":[{\"finishReason\":\"%s\"}]}', WHIM, Other",
    "Google, gemini-2.5-flash, '{\"promptFeedback\":{\"blockReason\":\"%s\"}}', SAFETY, Filtered",
    "OpenAI, gpt-5-codex, '{\"type\":\"response.incomplete\",\"response\":{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"%s\"}}}', content_filter, Filtered",
    "OpenAI, gpt-5-codex, '{\"type\":\"response.incomplete\",\"response\":{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"%s\"}}}', whim, Other",
  })
  void everyWayToFinishHasItsWord(
      Provider provider, String model, String event, String word, Finish expected)
      throws Exception {
    List<ChatEvent> events =
        stage.played(provider, model, Script.stream("data: " + event.formatted(word) + "\n\n"));

    assertThat(done(events).finish()).isEqualTo(expected);
  }

  @Test
  void parametersAreThoseOfTheMappingAndWhatIsLeftOutIsSaid() throws Exception {
    Parameters asked =
        new Parameters(
            new TreeMap<>(
                Map.of(
                    Parameter.Temperature, ParameterValue.Decimal.of("0.3"),
                    Parameter.MaxOutputTokens, new ParameterValue.Whole(10_000_000),
                    Parameter.TimeoutSeconds, new ParameterValue.Whole(30))));

    List<ChatEvent> events =
        stage.all(stage.target(Provider.OpenAI, "gpt-5-mini", asked), ChatStage.hello());

    JsonNode body = sent().body();
    assertThat(body.has("temperature")).isFalse();
    assertThat(body.path("max_completion_tokens").asLong()).isEqualTo(128_000);
    ChatEvent.Start start = (ChatEvent.Start) events.getFirst();
    assertThat(start.model()).isEqualTo("gpt-5-mini");
    assertThat(start.sent().values().keySet()).containsExactly(Parameter.MaxOutputTokens);
    assertThat(start.dropped())
        .extracting(ParameterOutcome::name)
        .containsExactly(Parameter.Temperature, Parameter.MaxOutputTokens);
  }

  @Test
  void theLimitThatAnthropicInsistsOnIsSaidToBeSent() throws Exception {
    List<ChatEvent> events =
        stage.all(stage.target(Provider.Anthropic, "claude-sonnet-4-5"), ChatStage.hello());

    assertThat(sent().body().path("max_tokens").asLong()).isEqualTo(4096);
    assertThat(((ChatEvent.Start) events.getFirst()).sent().maxOutputTokens()).hasValue(4096);
  }

  @Test
  void aConversationIsWrittenAsEachDialectWantsIt() throws Exception {
    ChatRequest request =
        ChatRequest.streamed(
            List.of(
                new ChatMessage(Role.System, "Be short."),
                ChatStage.user("Hello"),
                ChatStage.user("there"),
                new ChatMessage(Role.Assistant, "Hi."),
                new ChatMessage(Role.System, "Be kind."),
                ChatStage.user(" "),
                ChatStage.user("Bye")));

    stage.all(stage.target(Provider.OpenAI, "gpt-4o-mini"), request);
    assertThat(sent().body().path("messages")).hasSize(7);
    assertThat(sent().body().at("/messages/0/role").asText()).isEqualTo("system");
    assertThat(sent().body().at("/stream_options/include_usage").asBoolean()).isTrue();
    assertThat(sent().headers()).containsEntry("accept", "text/event-stream");

    stage.fake().forget();
    stage.all(stage.target(Provider.Anthropic, "claude-sonnet-4-5"), request);
    assertThat(sent().body().path("system").asText()).isEqualTo("Be short.\n\nBe kind.");
    assertThat(sent().body().path("messages").toString())
        .isEqualTo(
            "[{\"role\":\"user\",\"content\":\"Hello\\n\\nthere\"},"
                + "{\"role\":\"assistant\",\"content\":\"Hi.\"},"
                + "{\"role\":\"user\",\"content\":\"Bye\"}]");
    assertThat(sent().headers()).containsKey("anthropic-version");
    assertThat(sent().keyHeader()).contains("x-api-key");

    stage.fake().forget();
    stage.all(stage.target(Provider.Google, "gemini-2.5-flash"), request);
    assertThat(sent().path()).endsWith(":streamGenerateContent?alt=sse");
    assertThat(sent().body().at("/systemInstruction/parts/0/text").asText())
        .isEqualTo("Be short.\n\nBe kind.");
    assertThat(sent().body().at("/contents/1/role").asText()).isEqualTo("model");
    assertThat(sent().body().path("contents")).hasSize(3);
  }

  @Test
  void usageIsAskedForBesideWhatTheOwnerSetAndNotOfMistral() throws Exception {
    var extra =
        new ParameterValue.Fields(
            Json.object().set("stream_options", Json.object().put("other", 1)));
    Parameters asked = new Parameters(new TreeMap<>(Map.of(Parameter.Extra, extra)));

    stage.all(stage.target(Provider.OpenAI, "gpt-4o-mini", asked), ChatStage.hello());
    assertThat(sent().body().path("stream_options").toString())
        .isEqualTo("{\"other\":1,\"include_usage\":true}");

    stage.fake().forget();
    stage.all(stage.target(Provider.Mistral, "mistral-small"), ChatStage.hello());
    assertThat(sent().body().has("stream_options")).isFalse();
  }

  @Test
  void aFieldThatWasOurChoiceIsCorrectedOnce() throws Exception {
    stage
        .fake()
        .plays(
            "blames-usage",
            Script.document(
                400, "{\"error\":{\"message\":\"x\",\"param\":\"stream_options\",\"code\":null}}"));

    List<ChatEvent> events =
        stage.all(stage.target(Provider.OpenAICompatible, "blames-usage"), ChatStage.hello());

    assertThat(events).hasSize(1);
    assertThat(stage.fake().seen(FakeCall.Completion))
        .extracting(seen -> seen.body().has("stream_options"))
        .containsExactly(true, false);
  }

  @Test
  void whatHelpedOnceIsRemembered() throws Exception {
    Parameters asked =
        new Parameters(
            new TreeMap<>(Map.of(Parameter.MaxOutputTokens, new ParameterValue.Whole(64))));
    ChatTarget target = stage.target(Provider.OpenAI, "fx-OA10", asked);

    assertThat(done(stage.all(target, ChatStage.hello())).finish()).isEqualTo(Finish.Stop);
    assertThat(stage.fake().seen(FakeCall.Completion)).hasSize(2);
    stage.fake().forget();
    stage.all(target, ChatStage.hello());

    assertThat(stage.fake().seen(FakeCall.Completion).getFirst().body().has("max_tokens")).isTrue();
  }

  @Test
  void azureDeploymentsStandInThePath() throws Exception {
    var facts = Catalogue.packed().describe(Provider.AzureOpenAI, "echo");
    ChatTarget plain =
        stage.target(Provider.AzureOpenAI, facts, Parameters.none(), RequestFormat.ChatCompletions);
    var at = plain.place();
    var versioned =
        new Target(
            at.provider(),
            at.endpoint(),
            true,
            at.headers(),
            at.trust(),
            Optional.of("2024-10-21"));

    stage.all(
        new ChatTarget(
            versioned, facts, plain.format(), plain.parameters(), plain.keyPlace(), plain.key()),
        ChatStage.hello());

    assertThat(sent().path())
        .isEqualTo("/openai/deployments/echo/chat/completions?api-version=2024-10-21");
    assertThat(sent().body().has("model")).isFalse();
    assertThat(sent().keyHeader()).contains("api-key");
  }

  @Test
  void nothingThatIsPrintedHoldsWhatPeopleSay() throws Exception {
    ChatRequest request = ChatRequest.streamed(List.of(ChatStage.user("a secret of mine")));
    ChatTarget target = stage.target(Provider.OpenAI, "gpt-4o-mini");

    List<ChatEvent> events = stage.all(target, request);

    assertThat(request + " " + target + events).doesNotContain("secret of mine");
    Canary.assertNothingOf(ChatStage.SECRET, request + " " + target + events);
  }

  private static Seen sent() {
    return stage.fake().seen(FakeCall.Completion).getLast();
  }

  private static ChatEvent.Done done(List<ChatEvent> events) {
    assertThat(events.getLast()).isInstanceOf(ChatEvent.Done.class);
    return (ChatEvent.Done) events.getLast();
  }
}
