package dev.llmconfig.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.provider.fake.FakeCall;
import dev.llmconfig.provider.fake.Performance;
import dev.llmconfig.provider.fake.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who goes away costs nothing more, and who is slow is not served faster than he reads (covers
/// traps G14, G16 and G19).
class ChatCancelTest {

  private static final String WORD =
      "data: {\"choices\":[{\"delta\":{\"content\":\"word \"}}]}\n\n";
  private static final Duration LONG = Duration.ofSeconds(30);

  private ChatStage stage;

  @BeforeEach
  void start() {
    stage = ChatStage.patient();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  /// The machine may be busy once, and hardly five times.
  @Test
  void closingEndsTheProvidersCallWithinASecond() throws Exception {
    boolean once = false;
    for (int round = 0; round < 5 && !once; round++) {
      stage.fake().forget();
      stage.fake().plays("endless", Script.stream(WORD).ending(Script.Ending.Silence));
      ChatStream stream = stream("endless");
      assertThat(stream.next()).containsInstanceOf(ChatEvent.Start.class);
      assertThat(stream.next()).contains(new ChatEvent.Text("word "));
      stream.close();
      assertThat(stream.next()).isEmpty();
      once = performance().goneWithin(1_000);
    }
    assertThat(once).isTrue();
    assertThat(stage.lent()).allMatch(key -> key.toString().contains("wiped"));
  }

  @Test
  void aReaderThatWaitsIsLetGo() throws Exception {
    stage.fake().plays("silent", Script.stream(WORD).ending(Script.Ending.Silence));
    ChatStream stream = stream("silent");
    assertThat(stream.next()).isPresent();
    assertThat(stream.next()).isPresent();
    CompletableFuture<Optional<ChatEvent>> waiting = waiting(stream);

    stream.close();

    assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEmpty();
    assertThat(performance().goneWithin(LONG.toMillis())).isTrue();
    await().atMost(LONG).until(() -> stage.lent().getFirst().toString().contains("wiped"));
  }

  @Test
  void aReaderThatWaitsForTheHeadIsLetGo() throws Exception {
    stage.fake().thinksFor(Duration.ofHours(1));
    ChatStream stream = stream("gpt-4o-mini");
    CompletableFuture<Optional<ChatEvent>> waiting = waiting(stream);
    await().atMost(LONG).until(() -> stage.fake().seen(FakeCall.Completion).size() == 1);

    stream.close();

    assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEmpty();
    await().atMost(LONG).until(() -> stage.lent().getFirst().toString().contains("wiped"));
  }

  @Test
  void aPauseOfTheBuiltInModelIsCutShort() throws Exception {
    ChatStream stream =
        stage.start(
            stage.target(Provider.Echo, "echo-slow"),
            ChatRequest.streamed(List.of(ChatStage.user("word ".repeat(10_000)))));
    assertThat(stream.next()).isPresent();
    CompletableFuture<List<ChatEvent>> all = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            all.complete(ChatStage.rest(stream));
          } catch (InterruptedException e) {
            all.completeExceptionally(e);
          }
        });

    stream.close();

    assertThat(all.get(LONG.toSeconds(), TimeUnit.SECONDS).size()).isLessThan(10_000);
  }

  @Test
  void whoClosesBeforeTheFirstQuestionSendsNothing() throws Exception {
    ChatStream stream = stream("gpt-4o-mini");

    stream.close();

    assertThat(stream.next()).isEmpty();
    assertThat(stage.lent()).isEmpty();
    assertThat(stage.fake().seen()).isEmpty();
  }

  @Test
  void anInterruptedReaderLeavesNothingBehind() throws Exception {
    stage.fake().plays("silent", Script.stream(WORD).ending(Script.Ending.Silence));
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              ChatStream stream = stream("silent");
              try {
                ChatStage.rest(stream);
                interrupted.complete(false);
              } catch (InterruptedException e) {
                interrupted.complete(isOver(stream));
              }
            });
    await().atMost(LONG).until(() -> !stage.fake().performances().isEmpty());

    reader.interrupt();

    assertThat(interrupted.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(performance().goneWithin(LONG.toMillis())).isTrue();
    await().atMost(LONG).until(() -> stage.lent().getFirst().toString().contains("wiped"));
  }

  /// Without back-pressure all of it would be here at once; what the two kernels hold is a few
  /// megabytes.
  @Test
  void aSlowReaderSlowsTheProvider() throws Exception {
    long largestHeld = 24L * 1024 * 1024;
    String padding = ": " + "x".repeat(64 * 1024) + "\n";
    stage.fake().plays("flood", Script.stream(WORD + padding + WORD).forEver());
    try (ChatStream stream = stream("flood")) {
      assertThat(stream.next()).isPresent();
      assertThat(stream.next()).isPresent();
      Performance flood = performance();

      await()
          .atMost(LONG)
          .until(() -> {
            long before = flood.written();
            return !flood.goneWithin(400) && flood.written() == before;
          });

      assertThat(flood.written()).isLessThan(largestHeld);
      long before = flood.written();
      while (flood.written() <= before) {
        assertThat(stream.next()).containsInstanceOf(ChatEvent.Text.class);
      }
    }
    assertThat(performance().goneWithin(LONG.toMillis())).isTrue();
  }

  @Test
  void aProviderThatSaysNothingInTimeIsLate() throws Exception {
    try (ChatStage hasty = ChatStage.hasty()) {
      hasty.fake().thinksFor(Duration.ofHours(1));

      List<ChatEvent> events =
          hasty.all(hasty.target(Provider.OpenAI, "gpt-4o-mini"), ChatStage.hello());

      assertThat(events).hasSize(1);
      assertThat(((ChatEvent.Problem) events.getLast()).reason()).isEqualTo(VerdictReason.Timeout);
    }
  }

  @Test
  void aHeadWithoutABodyIsLateAsWell() throws Exception {
    try (ChatStage hasty = ChatStage.hasty()) {
      List<ChatEvent> events =
          hasty.played(
              Provider.OpenAI, "gpt-4o-mini", Script.stream("").ending(Script.Ending.Silence));

      assertThat(events).hasSize(1);
      assertThat(((ChatEvent.Problem) events.getLast()).reason()).isEqualTo(VerdictReason.Timeout);
    }
  }

  @Test
  void theTimeoutOfTheOwnerIsTheTimeUntilTheAnswerBegins() throws Exception {
    stage.fake().thinksFor(Duration.ofHours(1));
    Parameters asked =
        new Parameters(
            new TreeMap<>(Map.of(Parameter.TimeoutSeconds, new ParameterValue.Whole(1))));

    List<ChatEvent> events =
        stage.all(stage.target(Provider.OpenAI, "gpt-4o-mini", asked), ChatStage.hello());

    assertThat(((ChatEvent.Problem) events.getLast()).reason()).isEqualTo(VerdictReason.Timeout);
  }

  private static boolean isOver(ChatStream stream) {
    try {
      return stream.next().isEmpty();
    } catch (InterruptedException e) {
      return false;
    }
  }

  private ChatStream stream(String model) {
    return stage.start(stage.target(Provider.OpenAI, model), ChatStage.hello());
  }

  private Performance performance() {
    return stage.fake().performances().getFirst();
  }

  private static CompletableFuture<Optional<ChatEvent>> waiting(ChatStream stream) {
    CompletableFuture<Optional<ChatEvent>> waiting = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            waiting.complete(stream.next());
          } catch (InterruptedException e) {
            waiting.completeExceptionally(e);
          }
        });
    return waiting;
  }
}
