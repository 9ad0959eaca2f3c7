package dev.llmconfig.gateway;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.gateway.ChatMessage.Role;
import dev.llmconfig.provider.Echo;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.transport.HangUp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The built-in models: no network, no key, and the pauses of a model that thinks.
final class EchoPieces implements PieceSource {

  private final HangUp hangUp;
  private final Optional<Deque<Echo.Piece>> left;
  private final TokenCounts counts;

  EchoPieces(String model, ChatRequest request, HangUp hangUp) {
    String prompt = prompt(request.messages());
    this.hangUp = hangUp;
    this.left = Echo.answer(model, prompt).map(ArrayDeque::new);
    this.counts = TokenCounts.of(Echo.tokens(prompt), left.map(Deque::size).orElse(0));
  }

  @Override
  public Batch next() throws InterruptedException {
    if (left.isEmpty()) {
      return Batch.broken(Finding.of(VerdictReason.ModelNotFound, Probe.Completion));
    }
    Echo.Piece piece = left.get().poll();
    if (piece == null) {
      return Batch.of(
          List.of(new Piece.Counted(counts), new Piece.Finished(Finish.Stop), new Piece.Ended()));
    }
    return hangUp.within(piece.pause())
        ? Batch.of(List.of())
        : Batch.of(List.of(new Piece.Text(piece.text())));
  }

  @Override
  public void close() {
    // There is nothing that is held.
  }

  private static String prompt(List<ChatMessage> messages) {
    return messages.stream()
        .filter(message -> message.role() == Role.User)
        .reduce((_, later) -> later)
        .map(ChatMessage::content)
        .orElse("");
  }
}
