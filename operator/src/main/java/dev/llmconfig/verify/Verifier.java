package dev.llmconfig.verify;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.domain.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Gets verdicts, each once for its cause: one question in flight per subject, a queue per
/// endpoint, retries for ever after bad weather, and silence after a definitive no until something
/// changes or somebody asks.
///
/// All state is behind one lock, which is held for moments only: questions are asked, keys lent and
/// listeners told outside of it.
public final class Verifier implements AutoCloseable {

  private static final int MOST_REMEMBERED = 10_000;

  /// A verdict that nobody wants any more still counts for so long, should somebody come back.
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private record KeyAtEndpoint(String revision, Endpoint endpoint) {
    static KeyAtEndpoint of(Subject subject) {
      return new KeyAtEndpoint(subject.revision(), subject.endpoint());
    }
  }

  private final Inquiry inquiry;
  private final VerdictListener listener;
  private final Pace pace;
  private final Alarms alarms;
  private final ExecutorService threads;
  private final RandomGenerator random;

  private final Object lock = new Object();
  private final Map<String, Subject> subjects = new HashMap<>();
  private final Map<Subject, Case> cases = new HashMap<>();
  private final Lanes lanes;
  private final Recent<Subject, Verdict> remembered = new Recent<>(MOST_REMEMBERED);
  private final Recent<KeyAtEndpoint, Boolean> accepted = new Recent<>(MOST_REMEMBERED);
  private final Recent<String, Instant> byHand = new Recent<>(MOST_REMEMBERED);
  private boolean closed;

  /// @param threads one virtual thread per task; closed with the verifier
  public Verifier(
      Asking asking,
      VerdictListener listener,
      Pace pace,
      Alarms alarms,
      ExecutorService threads,
      RandomGenerator random) {
    this.inquiry = new Inquiry(asking);
    this.listener = listener;
    this.pace = pace;
    this.alarms = alarms;
    this.threads = threads;
    this.random = random;
    this.lanes = new Lanes(pace, alarms, lock);
  }

  /// Says what is wanted, and returns at once with what is known.
  public Standing want(Verification verification) {
    synchronized (lock) {
      Subject subject = verification.subject();
      Subject before = subjects.put(verification.owner(), subject);
      if (before != null && !before.equals(subject)) {
        leave(before, verification.owner());
      }
      Case wanted =
          cases.computeIfAbsent(subject, s -> new Case(s, stillGood(remembered.remove(s))));
      wanted.join(verification);
      schedule(wanted);
      return wanted.standing(verification);
    }
  }

  /// What is known already; asks nobody.
  public Heard heard(String owner, Subject subject) {
    synchronized (lock) {
      Case known = cases.get(subject);
      return known == null
          ? new Heard(stillGood(remembered.get(subject)), Optional.empty())
          : new Heard(known.verdict(), known.answeredRequest(owner));
    }
  }

  /// The owner is not interested for now; when it comes back, everything is asked anew.
  public void dismiss(String owner) {
    synchronized (lock) {
      Subject subject = subjects.get(owner);
      release(owner);
      if (subject != null) {
        remembered.remove(subject);
      }
    }
  }

  /// The owner is gone.
  public void release(String owner) {
    synchronized (lock) {
      Subject subject = subjects.remove(owner);
      if (subject != null) {
        leave(subject, owner);
      }
    }
  }

  /// A test by hand of a key that nobody keeps: asked once, before all others, and remembered by
  /// nobody.
  public Trial once(String revision, Question question, Loan.Lender key) {
    synchronized (lock) {
      Instant now = alarms.instant();
      Optional<Instant> next = nextByHand(revision).filter(then -> then.isAfter(now));
      if (next.isPresent()) {
        return new Trial.TooSoon(Duration.between(now, next.get()));
      }
      byHand.put(revision, now);
      CompletableFuture<Outcome> answer = new CompletableFuture<>();
      if (closed) {
        answer.cancel(false);
        return new Trial.Started(answer);
      }
      Subject subject = new Subject(revision, question.target().endpoint(), "", Optional.empty());
      lanes.to(subject).addFirst(trial(subject, question, key, answer));
      return new Trial.Started(answer);
    }
  }

  /// Ends what is running, and asks nobody any more.
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      cases.values().forEach(Verifier::silence);
      cases.clear();
      lanes.close();
    }
    threads.shutdownNow();
    threads.close();
  }

  private void leave(Subject subject, String owner) {
    Case left = cases.get(subject);
    if (left != null) {
      left.leave(owner);
      forgetUnwanted(left);
    }
  }

  private void forgetUnwanted(Case unwanted) {
    if (!unwanted.wanted() && unwanted.phase != Case.Phase.Asking) {
      silence(unwanted);
      cases.remove(unwanted.subject);
      unwanted.verdict().ifPresent(verdict -> remembered.put(verdict.subject(), verdict));
    }
  }

  /// Who comes back to a key that was refused has perhaps had it repaired.
  private Optional<Verdict> stillGood(@Nullable Verdict last) {
    return Optional.ofNullable(last)
        .filter(verdict -> verdict.kind() != VerdictKind.Refused)
        .filter(verdict -> verdict.at().plus(REMEMBERED).isAfter(alarms.instant()));
  }

  private void schedule(Case next) {
    if (closed || next.phase != Case.Phase.Idle) {
      return;
    }
    silence(next);
    Instant now = alarms.instant();
    Optional<Instant> due = next.due(now, nextByHand(next.subject.revision()));
    if (due.isEmpty()) {
      return;
    }
    if (due.get().isAfter(now)) {
      next.alarm = alarms.ring(due.get(), () -> rung(next));
    } else {
      next.phase = Case.Phase.Queued;
      if (next.requested()) {
        byHand.put(next.subject.revision(), now);
        lanes.to(next.subject).addFirst(turn(next));
      } else {
        lanes.to(next.subject).add(turn(next));
      }
    }
  }

  private void rung(Case next) {
    synchronized (lock) {
      next.alarm = null;
      if (next.wanted()) {
        schedule(next);
      }
    }
  }

  private static void silence(Case quiet) {
    if (quiet.alarm != null) {
      quiet.alarm.off();
      quiet.alarm = null;
    }
  }

  private Optional<Instant> nextByHand(String revision) {
    return Optional.ofNullable(byHand.get(revision)).map(last -> last.plus(pace.byHand()));
  }

  private Lane.Turn turn(Case next) {
    return new Lane.Turn() {
      @Override
      public boolean wanted() {
        return next.wanted();
      }

      @Override
      public void start() {
        Verification verification = next.asking();
        threads.execute(() -> ask(next, verification));
      }
    };
  }

  private void ask(Case next, Verification verification) {
    Optional<Outcome> outcome = Optional.empty();
    try {
      outcome = inquiry.make(verification.question(), verification.key());
    } finally {
      // After an Error, too: else it would never be asked again, and keep others from their turn.
      settle(next, outcome);
    }
  }

  private void settle(Case next, Optional<Outcome> outcome) {
    Optional<Verdict> told;
    Set<String> owners;
    synchronized (lock) {
      if (closed) {
        return;
      }
      Instant now = alarms.instant();
      next.phase = Case.Phase.Idle;
      owners = next.owners();
      told = outcome.map(answer -> judge(next, answer, now));
      if (told.isEmpty()) {
        next.failed(pace, now, random.nextDouble());
      }
      forgetUnwanted(next);
      if (next.wanted()) {
        schedule(next);
      }
      lanes.done(next.subject);
    }
    if (!owners.isEmpty()) {
      told.ifPresent(verdict -> listener.told(verdict, owners));
    }
  }

  private Verdict judge(Case next, Outcome outcome, Instant now) {
    KeyAtEndpoint key = KeyAtEndpoint.of(next.subject);
    boolean before = accepted.containsKey(key);
    Verdict verdict = next.answered(outcome, before, pace, now, random.nextDouble());
    if (verdict.kind() == VerdictKind.Accepted) {
      accepted.put(key, true);
    }
    return verdict;
  }

  private Lane.Turn trial(
      Subject subject, Question question, Loan.Lender key, CompletableFuture<Outcome> answer) {
    return new Lane.Turn() {
      @Override
      public boolean wanted() {
        return !answer.isDone();
      }

      @Override
      public void dropped() {
        answer.cancel(false);
      }

      @Override
      public void start() {
        threads.execute(() -> {
          Optional<Outcome> outcome = Optional.empty();
          try {
            outcome = inquiry.make(question, key);
          } finally {
            synchronized (lock) {
              lanes.done(subject);
            }
            outcome.ifPresentOrElse(answer::complete, () -> answer.cancel(false));
          }
        });
      }
    };
  }
}
