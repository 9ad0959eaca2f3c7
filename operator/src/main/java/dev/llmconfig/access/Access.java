package dev.llmconfig.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Who is calling and what they may do: the API server's own word, no older than ten seconds while
/// it answers. While it is away, what it allowed a token not long ago still holds for reading, and
/// nothing else does. While it starts, that holds for half a minute for whom it does not know yet.
public final class Access implements AutoCloseable {

  public static final int MOST_NAMESPACES = 200;

  private static final Duration FRESH = Duration.ofSeconds(10);
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
  private static final int MOST_KEPT = 20_000;
  private static final int AT_A_TIME = 16;

  /// How long after an answer that did not come nobody waits for one who can do without.
  private static final Duration AWAY = Duration.ofSeconds(5);

  /// Whoever can do without an answer waits for it no longer than this.
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  /// Until its rights, keys and identity providers are loaded, an API server that starts refuses
  /// people whom it knows.
  private static final Duration A_START = Duration.ofSeconds(30);

  private final Review review;
  private final Duration grace;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Cache<Question, Known> known;
  private final AtomicLong failedAt;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private sealed interface Question {
    record Who(String digest) implements Question {}

    record May(String digest, Right right) implements Question {}

    record WhatIn(String digest, String namespace) implements Question {}
  }

  /// @param refusedAt since when nobody has been let ask it again
  private record Known(Object answer, long at, OptionalLong refusedAt) {

    Known refused(long now) {
      return refusedAt.isPresent() ? this : new Known(answer, at, OptionalLong.of(now));
    }
  }

  /// Asks through that review.
  ///
  /// @param grace how long an allow is good while the API server is away; zero for not at all
  /// @param ticker monotonic: a clock that is set makes nothing fresh
  public Access(Review review, Duration grace, InstantSource clock, Ticker ticker) {
    this.review = review;
    this.grace = grace;
    this.clock = clock;
    this.ticker = ticker;
    this.failedAt = new AtomicLong(ticker.read() - A_START.toNanos());
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterWrite(grace.compareTo(FRESH) > 0 ? grace : FRESH)
            .ticker(ticker)
            .build();
  }

  /// Who that is.
  ///
  /// @throws TokenRejected for credentials that nobody takes
  /// @throws ReviewUnavailable when nobody can say
  public Person who(Caller caller) {
    return (Person)
        answer(caller, new Question.Who(caller.digest()), _ -> true, () -> review.who(caller));
  }

  /// Whether they may, with the same exceptions.
  public boolean may(Caller caller, Right right) {
    if (caller instanceof Caller.NameOnly named && !named.mayEver(right)) {
      return false;
    }
    return (Boolean)
        answer(
            caller,
            new Question.May(caller.digest(), right),
            Boolean.TRUE::equals,
            () -> review.may(caller, right));
  }

  /// What they may do there, with the same exceptions: a hint, never a decision.
  public Rules rules(Caller caller, String namespace) {
    return (Rules)
        answer(
            caller,
            new Question.WhatIn(caller.digest(), namespace),
            _ -> true,
            () -> review.rules(caller, namespace));
  }

  /// When the token ends, where it says so.
  public Optional<Instant> endOf(Caller caller) {
    return switch (caller) {
      case Caller.Token token -> token.claims().expiresAt();
      case Caller.LocalKubeconfig _, Caller.Standalone _, Caller.NameOnly _ -> Optional.empty();
    };
  }

  /// Where that may be done: everywhere, if the API server says so, else in those of the namespaces
  /// for which it does.
  ///
  /// @throws TooManyNamespaces when they would have to be asked about one by one
  public Reach reach(Caller caller, Right right, Collection<String> namespaces) {
    return reach(caller, right, () -> namespaces);
  }

  /// The same, where they are looked up only for whoever may not do it everywhere.
  public Reach reach(
      Caller caller, Right right, Supplier<? extends Collection<String>> namespaces) {
    var unsaid = new ConcurrentLinkedQueue<RuntimeException>();
    if (mayAsFarAsKnown(caller, right.in(""), unsaid)) {
      return new Reach.Everywhere();
    }
    var places = new TreeSet<>(namespaces.get());
    homeOf(caller).ifPresent(places::add);
    if (places.size() > MOST_NAMESPACES) {
      throw new TooManyNamespaces();
    }
    var turns = new Semaphore(AT_A_TIME);
    var allowed = new ConcurrentSkipListSet<String>();
    var asked =
        places.stream()
            .map(place ->
                CompletableFuture.runAsync(
                    () -> {
                      turns.acquireUninterruptibly();
                      try {
                        if (mayAsFarAsKnown(caller, right.in(place), unsaid)) {
                          allowed.add(place);
                        }
                      } finally {
                        turns.release();
                      }
                    },
                    threads))
            .toList();
    asked.forEach(Access::joined);
    if (allowed.isEmpty() && !unsaid.isEmpty()) {
      throw unsaid.element();
    }
    if (allowed.isEmpty() && within(failedAt, AWAY)) {
      throw new ReviewUnavailable("no answer");
    }
    return Reach.within(allowed);
  }

  /// In an outage what was refused before stays refused, and what was never asked is: one namespace
  /// that nobody can say anything about must not close those that were open.
  ///
  /// @param unsaid where it is added why nobody can say
  private boolean mayAsFarAsKnown(Caller caller, Right right, Queue<RuntimeException> unsaid) {
    try {
      return (Boolean)
          answer(
              caller,
              new Question.May(caller.digest(), right),
              _ -> true,
              () -> review.may(caller, right));
    } catch (ReviewUnavailable away) {
      unsaid.add(away);
      return false;
    } catch (TokenRejected rejected) {
      if (!within(failedAt, A_START)) {
        throw rejected;
      }
      unsaid.add(rejected);
      return false;
    }
  }

  /// The namespace in which the caller lives, where the token tells.
  public Optional<String> homeOf(Caller caller) {
    return switch (caller) {
      case Caller.Token token -> token.claims().namespace();
      case Caller.LocalKubeconfig _, Caller.NameOnly _ -> Optional.empty();
      case Caller.Standalone _ -> Optional.of(OwnMachine.NAMESPACE);
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private Object answer(
      Caller caller, Question question, Predicate<Object> mayBeGraced, Supplier<Object> ask) {
    var held = known.getIfPresent(question);
    var now = ticker.read();
    if (held != null && now - held.at() < FRESH.toNanos()) {
      return held.answer();
    }
    var graced =
        Optional.ofNullable(held)
            .filter(last -> now - last.at() < grace.toNanos() && !ended(caller))
            .map(Known::answer)
            .filter(mayBeGraced);
    if (graced.isPresent() && within(failedAt, AWAY)) {
      return graced.get();
    }
    Supplier<Object> asking = () -> asked(question, ask, now);
    try {
      return graced.isPresent() ? soon(asking) : asking.get();
    } catch (TokenRejected rejected) {
      return untilItHasStarted(question, graced, rejected);
    } catch (ReviewRefused refused) {
      if (!refused.ofWhoAsks()) {
        throw refused;
      }
      return untilItHasStarted(question, graced, refused);
    } catch (ReviewUnavailable away) {
      failedAt.set(ticker.read());
      return graced.orElseThrow(() -> away);
    }
  }

  private Object asked(Question question, Supplier<Object> ask, long now) {
    try {
      var answer = ask.get();
      known.put(question, new Known(answer, now, OptionalLong.empty()));
      return answer;
    } catch (TokenRejected rejected) {
      // Who was away may have to load first what tokens are checked with.
      if (!within(failedAt, A_START)) {
        known.invalidate(question);
      }
      throw rejected;
    }
  }

  /// It is there, so this is for that question of that caller alone: nobody can do it to others.
  private Object untilItHasStarted(
      Question question, Optional<Object> graced, RuntimeException refusal) {
    var now = ticker.read();
    var held = known.asMap().computeIfPresent(question, (_, last) -> last.refused(now));
    if (held != null && now - held.refusedAt().orElse(now) >= A_START.toNanos()) {
      known.invalidate(question);
      throw refusal;
    }
    return graced
        .filter(answer -> held != null && !Boolean.FALSE.equals(answer))
        .orElseThrow(() -> refusal);
  }

  /// What comes later is known to the next.
  private Object soon(Supplier<Object> asking) {
    try {
      return CompletableFuture.supplyAsync(asking, threads)
          .get(A_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new ReviewUnavailable("no answer yet");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ReviewUnavailable("this process is ending");
    } catch (ExecutionException failed) {
      throw unchecked(failed);
    }
  }

  private boolean within(AtomicLong moment, Duration time) {
    return ticker.read() - moment.get() < time.toNanos();
  }

  /// Only asked in an outage: otherwise the API server judges.
  private boolean ended(Caller caller) {
    return endOf(caller).filter(end -> end.plus(CLOCK_SKEW).isBefore(clock.instant())).isPresent();
  }

  private static void joined(CompletableFuture<Void> asked) {
    try {
      asked.join();
    } catch (CompletionException failed) {
      throw unchecked(failed);
    }
  }

  private static RuntimeException unchecked(Exception failed) {
    return failed.getCause() instanceof RuntimeException reason
        ? reason
        : new IllegalStateException(failed);
  }
}
