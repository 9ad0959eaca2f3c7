package dev.llmconfig.access;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An API server's answers, as a test says, and what it was asked.
public final class PlayedReview implements Review {

  private final Map<String, Played> people = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Map<String, Supplier<RuntimeException>> refusals = new ConcurrentHashMap<>();
  private volatile @Nullable Runnable meanwhile;
  private volatile boolean away;

  private record Played(Person person, List<Right> rights) {}

  /// Somebody with these rights; a right without a namespace is one everywhere.
  public Caller knows(String token, String name, Right... rights) {
    var caller = Caller.token(token);
    people.put(
        caller.digest(),
        new Played(new Person(name, List.of("system:authenticated")), List.of(rights)));
    return caller;
  }

  /// The kubeconfig's own identity.
  public void isLocal(String name, Right... rights) {
    people.put(
        new Caller.LocalKubeconfig().digest(),
        new Played(new Person(name, List.of()), List.of(rights)));
  }

  /// Of whom only a proxy speaks.
  public void isNamed(String name, List<String> groups, Right... rights) {
    people.put(
        Caller.named(name, groups).digest(), new Played(new Person(name, groups), List.of(rights)));
  }

  public void forgets(Caller caller) {
    people.remove(caller.digest());
  }

  /// Does not take what they ask, as one that has only just started.
  public void refuses(Caller caller, Supplier<RuntimeException> how) {
    refusals.put(caller.digest(), how);
  }

  public void letsAsk(Caller caller) {
    refusals.remove(caller.digest());
  }

  public void away(boolean now) {
    away = now;
  }

  /// Runs inside each question.
  void during(Runnable work) {
    meanwhile = work;
  }

  public List<String> asked() {
    return List.copyOf(asked);
  }

  int mostAtATime() {
    return most.get();
  }

  @Override
  public Person who(Caller caller) {
    asked.add("who");
    return played(caller).person();
  }

  @Override
  public boolean may(Caller caller, Right right) {
    asked.add("%s %s in %s".formatted(right.verb(), right.resource(), right.namespace()));
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    try {
      var work = meanwhile;
      if (work != null) {
        work.run();
      }
      return played(caller).rights().stream().anyMatch(held -> covers(held, right));
    } finally {
      inside.decrementAndGet();
    }
  }

  @Override
  public Rules rules(Caller caller, String namespace) {
    asked.add("rules in " + namespace);
    if (namespace.isEmpty()) {
      // As the real one does: there are no rules of nowhere.
      throw ReviewRefused.whatIsAsked("status 400");
    }
    var verbs = new TreeMap<String, List<String>>();
    played(caller).rights().stream()
        .filter(held -> held.namespace().isEmpty() || held.namespace().equals(namespace))
        .forEach(held ->
            verbs.merge(
                held.resource(),
                List.of(held.verb()),
                (old, more) -> Stream.concat(old.stream(), more.stream()).sorted().toList()));
    return new Rules(verbs, false);
  }

  private static boolean covers(Right held, Right asked) {
    return held.verb().equals(asked.verb())
        && held.group().equals(asked.group())
        && held.resource().equals(asked.resource())
        && (held.namespace().isEmpty() || held.namespace().equals(asked.namespace()))
        && (held.name().isEmpty() || held.name().equals(asked.name()));
  }

  private Played played(Caller caller) {
    if (away) {
      throw new ReviewUnavailable("no answer");
    }
    var refusal = refusals.get(caller.digest());
    if (refusal != null) {
      throw refusal.get();
    }
    var played = people.get(caller.digest());
    if (played == null) {
      throw new TokenRejected();
    }
    return played;
  }
}
