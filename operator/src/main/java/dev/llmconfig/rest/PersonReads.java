package dev.llmconfig.rest;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.Reach;
import dev.llmconfig.access.Right;
import dev.llmconfig.access.Sessions;
import dev.llmconfig.access.TokenRejected;
import dev.llmconfig.crypto.RingSource;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.mirror.Place;
import dev.llmconfig.rest.shape.Namespace;
import dev.llmconfig.rest.shape.Permissions;
import dev.llmconfig.rest.shape.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What somebody is told about themselves.
final class PersonReads {

  static final List<String> SORTABLE = List.of("name");

  private static final Listing.Order<Namespace> ORDER =
      new Listing.Order<>(Namespace::name, Map.of("name", Namespace::name));

  private final Access access;
  private final RingSource ring;
  private final Credentials credentials;
  private final List<String> ways;
  private final Mode mode;
  private final MirrorAnswers answers;

  PersonReads(Parts parts, Credentials credentials, MirrorAnswers answers) {
    this.access = parts.access();
    this.ring = parts.ring();
    this.credentials = credentials;
    this.ways = parts.login().isPresent() ? List.of("Token", "OneTimeUrl") : List.of("Token");
    this.mode = parts.installation().mode();
    this.answers = answers;
  }

  /// A page asks this first, so that nobody is signed in is no error here.
  Answer session(Asked asked) {
    return Answer.json(
            asked.caller().flatMap(caller -> signedIn(caller, asked)).orElseGet(this::signedOut))
        .with("Cache-Control", "no-store");
  }

  private Optional<Session> signedIn(Caller caller, Asked asked) {
    try {
      var person = access.who(caller);
      var end =
          credentials
              .session(asked.visitor())
              .map(Sessions.Open::end)
              .or(() -> access.endOf(caller));
      return Optional.of(
          new Session(
              true,
              person.name(),
              person.groups(),
              mode.name(),
              end.map(Instant::toString).orElse(null),
              ways,
              new Session.Features(false, ring.current().isPresent())));
    } catch (TokenRejected _) {
      return Optional.empty();
    }
  }

  private Session signedOut() {
    return new Session(false, null, null, null, null, ways, null);
  }

  Answer permissions(Asked asked) {
    var namespace =
        asked
            .query()
            .one("namespace")
            .filter(Door::isNamespace)
            .orElseThrow(() ->
                Refusal.of(
                    ProblemReason.NamespaceRequired,
                    "Rights are told for one namespace at a time."));
    var rules = access.rules(asked.signedIn(), namespace);
    return Answer.json(new Permissions(rules.verbs(), rules.incomplete()));
  }

  /// Those with rows, and one that is asked about by its name: the first object of an empty
  /// namespace must be possible.
  Answer namespaces(Asked asked) {
    var wanted = asked.query().one("name");
    var reach = reach(asked, wanted);
    return answers.listWith(
        asked.within(reach),
        view -> {
          var places = new TreeMap<String, Place>();
          wanted
              .filter(name -> !FieldRules.looksLikeAKey(name))
              .ifPresent(name -> places.put(name, empty(name)));
          if (reach instanceof Reach.Within(var names)) {
            names.forEach(name -> places.put(name, empty(name)));
          }
          view.places().forEach(place -> places.put(place.name(), place));
          var watched = view.heartbeat().watchedNamespaces();
          return new MirrorAnswers.Rows<>(
              Listing.of(
                  places.values().stream()
                      .filter(place -> reach.includes(place.name()))
                      .filter(place -> wanted.isEmpty() || wanted.get().equals(place.name()))
                      .filter(place -> Told.found(asked.query(), place.name()))
                      .map(place -> shape(place, watched))
                      .toList(),
                  ORDER,
                  asked.query()),
              Wire.object().put("reach", word(reach)));
        });
  }

  private Reach reach(Asked asked, Optional<String> wanted) {
    var names = new TreeSet<String>();
    wanted.ifPresentOrElse(names::add, () -> names.addAll(answers.namespaces()));
    var within = new TreeSet<String>();
    for (var resource : List.of("apikeyconfigs", "modelconfigs")) {
      switch (access.reach(asked.signedIn(), Right.of("list", resource), names)) {
        case Reach.Everywhere everywhere -> {
          return everywhere;
        }
        case Reach.Within(var namespaces) -> within.addAll(namespaces);
      }
    }
    return Reach.within(within);
  }

  /// Only who may list in the whole cluster sees what comes in others, too.
  private static String word(Reach reach) {
    return switch (reach) {
      case Reach.Everywhere _ -> "Cluster";
      case Reach.Within _ -> "Namespaces";
    };
  }

  private static Place empty(String name) {
    return new Place(name, 0, 0, 0, Optional.empty());
  }

  private static Namespace shape(Place place, Set<String> watched) {
    return new Namespace(
        place.name(),
        place.keys(),
        place.configs(),
        place.agents(),
        place.byDefault().map(name -> place.name() + "." + name).orElse(null),
        watched.isEmpty() || watched.contains(place.name()));
  }
}
