package dev.llmconfig.rest;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Reach;
import dev.llmconfig.access.ReviewUnavailable;
import dev.llmconfig.access.Right;
import dev.llmconfig.access.TooManyNamespaces;
import dev.llmconfig.crypto.RingSource;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.gateway.FirstWords;
import dev.llmconfig.mirror.Freshness;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.shape.Health;
import dev.llmconfig.rest.shape.Health.Component;
import dev.llmconfig.rest.shape.Health.State;
import dev.llmconfig.rest.shape.Status;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How this process fares.
final class StatusReads {

  private static final String THE_RING = "The encryption key is there.";
  private static final String NO_RING =
      "This replica has no encryption key: what is stored can be read, and no key can be opened.";

  private final Installation installation;
  private final MirrorAnswers answers;
  private final MirrorPool mirror;
  private final RingSource ring;
  private final Access access;
  private final FirstWords firstWords;
  private final String catalogue;
  private final InstantSource clock;

  StatusReads(Parts parts, MirrorAnswers answers) {
    this.installation = parts.installation();
    this.answers = answers;
    this.mirror = parts.mirror();
    this.ring = parts.ring();
    this.access = parts.access();
    this.firstWords = parts.chat().firstWords();
    this.catalogue = parts.catalogue().asOf().toString();
    this.clock = parts.clock();
  }

  Answer status(Asked asked) {
    var reach = reach(asked);
    return answers.told(view -> status(view, reach));
  }

  /// Whose endpoints are told, which may be nobody else's business. Nobody has to know that for the
  /// rest.
  private Reach reach(Asked asked) {
    if (firstWords.none()) {
      return Reach.within(Set.of());
    }
    try {
      return access.reach(asked.signedIn(), Right.of("list", "apikeyconfigs"), answers::namespaces);
    } catch (ReviewUnavailable | TooManyNamespaces unknown) {
      return Reach.within(Set.of());
    }
  }

  private List<Status.Provider> providers(MirrorView view, Reach reach) {
    return view.keys().stream()
        .map(Stored::row)
        .filter(row -> reach.includes(row.ref().namespace()))
        .map(row -> row.accepted().endpoint())
        .distinct()
        .sorted()
        .flatMap(endpoint -> provider(endpoint).stream())
        .toList();
  }

  private Optional<Status.Provider> provider(String endpoint) {
    return Endpoint.parse(endpoint) instanceof Validated.Valid<Endpoint>(var place)
        ? firstWords
            .at(place)
            .map(
                median -> new Status.Provider(endpoint, median.time().toMillis(), median.answers()))
        : Optional.empty();
  }

  private Status status(MirrorView view, Reach reach) {
    var beat = view.heartbeat();
    var fresh = view.freshness(clock.instant());
    var rows = new TreeMap<String, Integer>();
    view.counts().forEach((kind, number) -> rows.put(kind.name(), number));
    return new Status(
        installation.version(),
        installation.mode().name(),
        installation.replica(),
        KeyReads.number(beat.replicas()),
        installation.since().toString(),
        List.copyOf(new TreeSet<>(beat.watchedNamespaces())),
        ring.current().isPresent() ? Status.KeyRing.Present : Status.KeyRing.Missing,
        new Status.Mirror(syncedAt(fresh), fresh.age().toSeconds(), fresh.stale(), rows),
        new Status.Operator(
            Told.unlessEmpty(beat.leader()), !beat.leader().isEmpty() && !fresh.stale()),
        catalogue,
        reach.nowhere() ? List.of() : providers(view, reach),
        checks(view, fresh, beat.leader()));
  }

  /// What is the truth itself is of this moment.
  private String syncedAt(Freshness fresh) {
    return (installation.mode() == Mode.Standalone ? clock.instant() : fresh.syncedAt()).toString();
  }

  private List<Status.Check> checks(MirrorView view, Freshness fresh, String leader) {
    var held = ring.current().isPresent();
    var keys = new Status.Check("KeyRing", held, held ? THE_RING : missing(view));
    var own =
        switch (installation.mode()) {
          case Cluster ->
              List.of(
                  new Status.Check("Mirror", !fresh.stale(), aged(fresh)),
                  keys,
                  new Status.Check("Operator", !leader.isEmpty(), led(leader)));
          case Standalone -> List.of(keys);
        };
    var rotation = ring.current().flatMap(keyRing -> new Reencryption(keyRing).of(view));
    return Stream.concat(own.stream(), rotation.stream()).toList();
  }

  private static String missing(MirrorView view) {
    var keyCount = view.counts().getOrDefault(ObjectKind.ApiKeyConfig, 0);
    return "%s %d %s for it (KeyRingMissing); restore it: kubectl apply --server-side -f keyring-backup.yaml."
        .formatted(NO_RING, keyCount, keyCount == 1 ? "key waits" : "keys wait");
  }

  private String aged(Freshness fresh) {
    if (installation.mode() == Mode.Standalone) {
      return "The store is there.";
    }
    return fresh.stale()
        ? "The cluster was last heard %d s ago; see whether the operator and the API server run."
            .formatted(fresh.age().toSeconds())
        : "The rows are those of the cluster.";
  }

  private static String led(String leader) {
    return leader.isEmpty()
        ? "No replica of the operator leads, so nothing that changes is taken up."
        : "A replica of the operator leads.";
  }

  /// Asked by load balancers, who have no credentials: it names nobody.
  Answer health() {
    var components = new TreeMap<String, Component>();
    try {
      mirror.read(view -> {
        var fresh = view.freshness(clock.instant());
        var leader = view.heartbeat().leader();
        components.put(
            "mirror",
            new Component(
                fresh.stale() ? State.degraded : State.healthy,
                fresh.age().toSeconds(),
                aged(fresh)));
        if (installation.mode() == Mode.Cluster) {
          components.put(
              "operator",
              new Component(leader.isEmpty() ? State.degraded : State.healthy, null, led(leader)));
        }
        return true;
      });
    } catch (MirrorUnavailable nothing) {
      components.put(
          "mirror",
          new Component(State.unhealthy, null, "There is no state of the cluster to answer from."));
    }
    components.put(
        "keyring",
        ring.current().isPresent()
            ? new Component(State.healthy, null, THE_RING)
            : new Component(State.degraded, null, NO_RING));
    var worst =
        Stream.of(State.unhealthy, State.degraded)
            .filter(state -> components.values().stream().anyMatch(one -> one.status() == state))
            .findFirst()
            .orElse(State.healthy);
    return Answer.of(worst == State.unhealthy ? 503 : 200, new Health(worst, components))
        .with("Cache-Control", "no-store");
  }
}
