package dev.llmconfig.gateway;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.transport.HangUp;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One chat, pulled event by event: who does not ask slows the provider down, and nothing piles up.
/// One thread asks, a virtual one, because asking blocks; any thread may close, and then the
/// provider's call ends at once.
public final class ChatStream implements AutoCloseable {

  private static final Set<String> FILTER_CODES =
      Set.of("content_filter", "content_policy_violation");

  private final ChatTarget target;
  private final ChatEvent.Start start;
  private final PieceSource source;
  private final HangUp hangUp;
  private final MonotonicClock clock;
  private final FirstWords firstWords;
  private final Prices prices;
  private final ReentrantLock turn = new ReentrantLock();
  private final Queue<ChatEvent> pending = new ArrayDeque<>();

  private long sentAt;
  private boolean sent;
  private boolean started;
  private boolean over;
  private Optional<Duration> firstToken = Optional.empty();
  private TokenCounts counts = TokenCounts.NONE;
  private @Nullable Finish finish;

  ChatStream(
      ChatTarget target,
      ChatEvent.Start start,
      PieceSource source,
      HangUp hangUp,
      MonotonicClock clock,
      FirstWords firstWords) {
    this.target = target;
    this.start = start;
    this.source = source;
    this.hangUp = hangUp;
    this.clock = clock;
    this.firstWords = firstWords;
    this.prices = Prices.of(target.model());
  }

  /// The next event; empty after the last one, and after somebody closed the stream.
  public Optional<ChatEvent> next() throws InterruptedException {
    turn.lockInterruptibly();
    boolean whole = false;
    try {
      while (pending.isEmpty() && !over && !hangUp.happened()) {
        step();
      }
      whole = true;
      return hangUp.happened() ? Optional.empty() : Optional.ofNullable(pending.poll());
    } finally {
      if (!whole) {
        over = true; // an interrupted chat is not sent a second time
        source.close();
      }
      turn.unlock();
      releaseIfHungUp();
    }
  }

  /// Does not wait: a reader that is in the middle of it cleans up behind itself.
  @Override
  public void close() {
    hangUp.now();
    releaseIfHungUp();
  }

  private void releaseIfHungUp() {
    if (hangUp.happened() && turn.tryLock()) {
      try {
        source.close();
      } finally {
        turn.unlock();
      }
    }
  }

  private void step() throws InterruptedException {
    if (!sent) {
      sent = true;
      sentAt = clock.nanos();
    }
    Batch batch = source.next();
    if (hangUp.happened()) {
      return;
    }
    if (batch.begun()) {
      begin();
    }
    for (Piece.Said piece : batch.pieces()) {
      take(piece);
      if (over) {
        return;
      }
    }
    batch.broken().ifPresent(this::broken);
  }

  private void begin() {
    if (!started) {
      started = true;
      pending.add(start);
    }
  }

  private void take(Piece.Said piece) {
    switch (piece) {
      case Piece.Text(String text) -> {
        tokenSeen();
        pending.add(new ChatEvent.Text(text));
      }
      case Piece.Reasoning(String text) -> {
        tokenSeen();
        pending.add(new ChatEvent.Reasoning(text));
      }
      case Piece.Counted(TokenCounts later) -> counts = counts.then(later);
      case Piece.Finished(Finish why) -> finish = why;
      // A mark at the end without a reason before it is the oldest way to say that all is said.
      case Piece.Ended() -> done(finish == null ? Finish.Stop : finish);
    }
  }

  private void tokenSeen() {
    if (firstToken.isEmpty()) {
      var waited = sinceSending();
      firstToken = Optional.of(waited);
      firstWords.add(target.place().endpoint(), waited);
    }
  }

  /// Refused, or broken off. What the provider understood and would not answer is an answer, too.
  private void broken(Finding finding) {
    if (finding.reason() == VerdictReason.KeyAccepted) {
      begin();
      done(
          finding.code().filter(FILTER_CODES::contains).isPresent()
              ? Finish.Filtered
              : Finish.Length);
    } else {
      end(problem(finding));
    }
  }

  private void done(Finish why) {
    end(new ChatEvent.Done(why, firstToken, sinceSending(), prices.cost(counts)));
  }

  private ChatEvent.Problem problem(Finding finding) {
    VerdictReason.Names names =
        target.place().names(Optional.of(target.model().id()), target.keyPlace());
    return new ChatEvent.Problem(
        finding.reason(),
        finding.reason().sentence(names),
        finding.reason().nextStep(names),
        finding.httpStatus(),
        finding.requestId(),
        finding.retryAfter());
  }

  private void end(ChatEvent.End last) {
    if (!counts.isEmpty()) {
      pending.add(new ChatEvent.Usage(counts));
    }
    pending.add(last);
    over = true;
    source.close();
  }

  private Duration sinceSending() {
    return Duration.ofNanos(clock.nanos() - sentAt);
  }
}
