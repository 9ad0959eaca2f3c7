package dev.llmconfig.rest;

import dev.llmconfig.domain.ParameterJson;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.gateway.ChatEvent;
import dev.llmconfig.gateway.ChatStream;
import dev.llmconfig.gateway.TokenCounts;
import dev.llmconfig.rest.shape.ChatAnswer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What becomes of a chat's events on the wire: events again, or one document.
final class ChatTelling {

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private ChatAnswer.@Nullable Start start;
  private ChatAnswer.@Nullable Usage usage;

  /// As one event.
  ///
  /// @return whether anybody still reads
  boolean tell(ChatEvent event, EventSink sink) throws InterruptedException {
    return switch (event) {
      case ChatEvent.Start begun -> sink.send("start", start(begun));
      case ChatEvent.Text(var said) -> sink.send("text", new ChatAnswer.Text(said));
      case ChatEvent.Reasoning(var thought) -> sink.send("reasoning", new ChatAnswer.Text(thought));
      case ChatEvent.Usage(var counts) -> sink.send("usage", usage(counts));
      case ChatEvent.Done done ->
          sink.send(
              "done",
              new ChatAnswer.Done(
                  done.finish().name(),
                  done.firstToken().map(Duration::toMillis).orElse(null),
                  done.total().toMillis(),
                  cost(done.cost())));
      case ChatEvent.Problem problem ->
          sink.send("problem", WordedRefusal.of(problem).problem(sink.requestId()));
    };
  }

  /// All of it in one document.
  Answer whole(ChatStream stream) throws InterruptedException {
    for (var next = stream.next(); next.isPresent(); next = stream.next()) {
      switch (next.get()) {
        case ChatEvent.Start begun -> start = start(begun);
        case ChatEvent.Text(var said) -> text.append(said);
        case ChatEvent.Reasoning(var thought) -> reasoning.append(thought);
        case ChatEvent.Usage(var counts) -> usage = usage(counts);
        case ChatEvent.Problem problem -> throw WordedRefusal.of(problem);
        case ChatEvent.Done done -> {
          return document(done);
        }
      }
    }
    return Answer.done(); // the caller has gone
  }

  private Answer document(ChatEvent.Done done) {
    var begun = start == null ? new ChatAnswer.Start("", Wire.object(), List.of()) : start;
    return Answer.json(
        new ChatAnswer(
            begun.model(),
            begun.sent(),
            begun.dropped(),
            text.toString(),
            Told.unlessEmpty(reasoning.toString()),
            usage,
            done.finish().name(),
            done.firstToken().map(Duration::toMillis).orElse(null),
            done.total().toMillis(),
            cost(done.cost())));
  }

  private static ChatAnswer.Start start(ChatEvent.Start begun) {
    return new ChatAnswer.Start(
        begun.model(),
        ParameterJson.write(begun.sent()),
        begun.dropped().stream().map(ChatTelling::dropped).toList());
  }

  private static ChatAnswer.Dropped dropped(ParameterOutcome outcome) {
    return new ChatAnswer.Dropped(
        outcome.name().field(),
        outcome instanceof ParameterOutcome.Changed changed ? changed.effective().text() : null,
        outcome.why().name(),
        outcome.sentence());
  }

  private static ChatAnswer.Usage usage(TokenCounts counts) {
    return new ChatAnswer.Usage(
        number(counts.input()),
        number(counts.output()),
        number(counts.reasoning()),
        number(counts.cached()));
  }

  private static @Nullable Long number(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }

  private static @Nullable String cost(Optional<BigDecimal> dollars) {
    return dollars.map(BigDecimal::toPlainString).orElse(null);
  }
}
