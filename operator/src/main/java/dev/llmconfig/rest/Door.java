package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.Reach;
import dev.llmconfig.access.RefusalCount;
import dev.llmconfig.access.ReviewRefused;
import dev.llmconfig.access.ReviewUnavailable;
import dev.llmconfig.access.Right;
import dev.llmconfig.access.TokenRejected;
import dev.llmconfig.access.TooManyNamespaces;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.provider.transport.HangUp;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.store.Workloads;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a request through to its operation: first who it is, then what is asked, then whether they
/// may, and only then is anything looked up.
final class Door {

  private static final Logger log = LoggerFactory.getLogger(Door.class);
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Pattern AGENT =
      Pattern.compile("(Deployment|StatefulSet|DaemonSet|CronJob)[.].+");

  private static final int UNKNOWN = 401;
  private static final int FORBIDDEN = 403;

  private final Access access;
  private final Credentials credentials;
  private final MirrorPool mirror;
  private final Auditing auditing;
  private final Mode mode;
  private final Workloads workloads;
  private final RefusalCount refusals;

  /// A request as it came.
  ///
  /// @param id what stands for `{id}` in the path; empty for none
  /// @param query what stands behind the question mark
  /// @param lastEventId what was read of a stream before; empty for nothing
  /// @param accept what the answer may be; empty for anything
  /// @param gone that the caller has left
  /// @param type what the body is said to be; empty where nothing is said
  /// @param body wiped when it has been read
  record Knock(
      String requestId,
      String path,
      String id,
      String query,
      Visitor visitor,
      List<String> ifNoneMatch,
      List<String> ifMatch,
      String type,
      Buffer body,
      String lastEventId,
      String accept,
      HangUp gone) {}

  Door(Parts parts, Credentials credentials, Auditing auditing) {
    this.access = parts.access();
    this.credentials = credentials;
    this.mirror = parts.mirror();
    this.auditing = auditing;
    this.mode = parts.installation().mode();
    this.workloads = parts.workloads();
    this.refusals = parts.refusals();
  }

  /// Blocks.
  Answer open(Route route, Knock knock) {
    var let = new AtomicReference<>(Optional.<Asked>empty());
    var answer = answer(route, knock, let);
    count(knock, answer);
    auditing.tell(
        route,
        knock,
        let.get().map(Asked::sent).orElseGet(Wire::object),
        answer,
        () -> actor(let.get(), knock));
    return answer;
  }

  private void count(Knock knock, Answer answer) {
    if (credentials.ignoresNames(knock.visitor())) {
      refusals.add(RefusalCount.UNTRUSTED_PROXY);
    }
    if (answer.status() == UNKNOWN || answer.status() == FORBIDDEN) {
      refusals.add(Wire.object(answer.body().toString()).path("reason").asText());
    }
  }

  /// As far as that is known already. Who was let in is still who it was when they have left.
  private Optional<String> actor(Optional<Asked> let, Knock knock) {
    try {
      return let.flatMap(Asked::caller)
          .or(() -> credentials.known(knock.visitor()))
          .map(caller -> access.who(caller).name());
    } catch (TokenRejected | ReviewUnavailable | Refusal _) {
      return Optional.empty();
    }
  }

  private Answer answer(Route route, Knock knock, AtomicReference<Optional<Asked>> let) {
    try {
      var asked = let(route, knock);
      let.set(Optional.of(asked));
      var answer = route.operation().answer(asked);
      if (answer.pour().isPresent()) {
        return answer;
      }
      if (!route.reads()) {
        return answer.with("Cache-Control", "no-store");
      }
      return answer.headers().containsKey(Answer.ETAG) || answer.status() != 200
          ? answer
          : tagged(answer, knock);
    } catch (Refusal refusal) {
      return Answer.problem(refusal, knock.requestId());
    } catch (WordedRefusal refusal) {
      return Answer.problem(refusal.problem(knock.requestId()), refusal.pause());
    } catch (TokenRejected _) {
      return refused(
          knock, ProblemReason.TokenRejected, "The API server does not accept this token.");
    } catch (ReviewRefused _) {
      return refused(
          knock,
          ProblemReason.ApiServerUnavailable,
          "The API server does not take the question who this is or what they may do.");
    } catch (ReviewUnavailable _) {
      return refused(
          knock,
          ProblemReason.ApiServerUnavailable,
          "The API server does not answer, so nobody can say who this is or what they may do.");
    } catch (TooManyNamespaces _) {
      return refused(
          knock,
          ProblemReason.NamespaceRequired,
          "There are more than %d namespaces to ask about.".formatted(Access.MOST_NAMESPACES));
    } catch (MirrorUnavailable nothing) {
      return refused(knock, ProblemReason.MirrorUnavailable, String.valueOf(nothing.getMessage()));
    } catch (StoreFailure unsaved) {
      return refused(
          knock, ProblemReason.StorageFull, "Nothing was saved: %s.".formatted(unsaved.sentence()));
    } catch (RuntimeException unforeseen) {
      log.atError()
          .addKeyValue("requestId", knock.requestId())
          .addKeyValue("route", route.path())
          .setCause(unforeseen)
          .log("A request failed");
      return refused(
          knock,
          ProblemReason.InternalError,
          "This request ended in an error that nobody foresaw.");
    }
  }

  private static Answer refused(Knock knock, ProblemReason reason, String sentence) {
    return Answer.problem(Refusal.of(reason, sentence), knock.requestId());
  }

  /// What comes from no row is known by its bytes.
  private static Answer tagged(Answer answer, Knock knock) {
    var etag = "W/\"" + Digest.of(answer.body().getBytes()) + "\"";
    var asked =
        new Asked(
            knock.requestId(),
            knock.path(),
            "",
            new Query(Map.of()),
            knock.ifNoneMatch(),
            List.of(),
            Wire.object(),
            Visitor.unknown(),
            knock.lastEventId(),
            Form.Json,
            knock.gone(),
            Optional.empty(),
            new Reach.Everywhere());
    return asked.has(etag) ? Answer.unchanged(etag) : answer.with(Answer.ETAG, etag);
  }

  private Asked let(Route route, Knock knock) {
    var needs = route.needs().orElseThrow();
    var caller =
        needs instanceof Needs.Nobody
            ? Optional.<Caller>empty()
            : credentials.of(knock.visitor(), route);
    if (caller.isEmpty() && !needs.open()) {
      throw Refusal.of(ProblemReason.NoCredentials, "This needs somebody who is signed in.");
    }
    if (caller.isPresent() && !needs.open()) {
      access.who(caller.get());
    }
    var query = Query.parse(knock.query(), route.parameters());
    var form = form(route, query, Accepted.of(knock.accept()));
    var sent = sent(route, knock);
    var reach =
        switch (form == Form.Yaml ? needs.forDrafts() : needs) {
          case Needs.Nobody _,
              Needs.Nothing _,
              Needs.SignedIn _,
              Needs.InCluster _,
              Needs.InNamespacesAsked _,
              Needs.AsWritten _ ->
              new Reach.Everywhere();
          case Needs.Listing(var resources) -> reach(caller.orElseThrow(), resources, query);
          case Needs.WithObject(var verb, var resource) ->
              with(caller.orElseThrow(), Right.of(verb, resource), knock.id(), true);
          case Needs.WithWorkload(var verb) -> workload(caller.orElseThrow(), verb, knock.id());
          case Needs.InNamespaceOf(var verb, var resource) ->
              with(caller.orElseThrow(), Right.of(verb, resource), knock.id(), false);
          case Needs.InNamespaceSent(var verb, var resource) ->
              in(caller.orElseThrow(), Right.of(verb, resource).in(namespace(sent)));
          case Needs.UseOfSent _ -> in(caller.orElseThrow(), ChatModel.of(sent).right());
        };
    FormFields.check(sent, route.sent());
    if (route.matching() == Route.Matching.Required && knock.ifMatch().isEmpty()) {
      throw Refusal.of(
          ProblemReason.IfMatchRequired, "Nothing says which state of the object this is for.");
    }
    return new Asked(
        knock.requestId(),
        knock.path(),
        knock.id(),
        query,
        knock.ifNoneMatch(),
        knock.ifMatch(),
        sent,
        knock.visitor(),
        knock.lastEventId(),
        form,
        knock.gone(),
        caller,
        reach);
  }

  /// A write is told in YAML only where nothing is written.
  private static Form form(Route route, Query query, Accepted accepted) {
    if (route.success() instanceof Route.Manifests) {
      if (!accepted.takes(Accepted.YAML)) {
        throw Refusal.of(ProblemReason.NotAcceptable, "This answer is YAML.");
      }
      return Form.Yaml;
    }
    var declares = route.declares() && (route.reads() || query.yes("dryRun"));
    if (declares && accepted.prefersYaml()) {
      return Form.Yaml;
    }
    if (route.also() == Form.Lines && accepted.prefersLines()) {
      return Form.Lines;
    }
    if (!accepted.takes(Accepted.JSON)
        && !(route.streams() && accepted.takes(EventSink.TYPE))
        && !accepted.takes("application/problem+json")) {
      throw Refusal.of(
          ProblemReason.NotAcceptable,
          route.declares() && !declares
              ? "A change is told in YAML only with dryRun=true, where nothing is changed."
              : "This answer cannot be given in a form that Accept names.");
    }
    return Form.Json;
  }

  private ObjectNode sent(Route route, Knock knock) {
    if (route.sent() instanceof Sent.Nothing) {
      return Wire.object();
    }
    var type = knock.type().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (route.sent() instanceof Sent.Text(var types)) {
      if (!types.contains(type)) {
        throw Refusal.of(
            ProblemReason.UnsupportedMediaType,
            "The body is not said to be one of %s.".formatted(String.join(", ", types)));
      }
      return Wire.object()
          .put(Sent.Text.TYPE, type)
          .put(Sent.Text.CONTENT, StrictJson.text(knock.body()));
    }
    var patch =
        route.sent() instanceof Sent.MergePatch && type.equals("application/merge-patch+json");
    if (!patch && !type.equals("application/json")) {
      throw Refusal.of(
          ProblemReason.UnsupportedMediaType, "The body is not said to be application/json.");
    }
    return placed(StrictJson.object(knock.body()), route);
  }

  /// Without a cluster there is one namespace, which need not be said.
  private ObjectNode placed(ObjectNode sent, Route route) {
    if (mode == Mode.Standalone
        && route.needs().orElseThrow() instanceof Needs.InNamespaceSent
        && !sent.has("namespace")) {
      sent.put("namespace", "default");
    }
    return sent;
  }

  static boolean isNamespace(String text) {
    return NAMESPACE.matcher(text).matches();
  }

  private static String namespace(ObjectNode sent) {
    var namespace = Objects.requireNonNullElse(sent.path("namespace").textValue(), "");
    if (!isNamespace(namespace)) {
      throw Refusal.fields(
          ProblemReason.Invalid,
          List.of(
              new Problem.Field(
                  "namespace",
                  ProblemReason.Invalid.name(),
                  "namespace is no name of a namespace.")));
    }
    return namespace;
  }

  private Reach reach(Caller caller, List<String> resources, Query query) {
    var asked = query.all("namespace");
    // Whoever may see all is not asked about each.
    Supplier<List<String>> places =
        () -> asked.isEmpty() ? mirror.read(MirrorView::namespaces) : asked;
    var within = new HashSet<String>();
    for (var resource : resources) {
      switch (access.reach(caller, Right.of("list", resource), places)) {
        case Reach.Everywhere everywhere -> {
          return everywhere;
        }
        case Reach.Within(var namespaces) -> within.addAll(namespaces);
      }
    }
    var missing = asked.stream().filter(place -> !within.contains(place)).findFirst();
    var right = Right.of("list", resources.getFirst());
    if (missing.isPresent()) {
      throw Refusal.forbidden(access.who(caller).name(), right.in(missing.get()));
    }
    if (within.isEmpty()) {
      throw Refusal.forbidden(access.who(caller).name(), right);
    }
    return Reach.within(within);
  }

  private Reach with(Caller caller, Right right, String id, boolean named) {
    var ref =
        Asked.ref(id)
            .orElseThrow(() ->
                Refusal.of(
                    ProblemReason.NotFound, "An id is namespace and name with a dot between."));
    var asked = right.in(ref.namespace());
    return in(caller, named ? asked.called(ref.name()) : asked);
  }

  /// Its name begins with its kind.
  private Reach workload(Caller caller, String verb, String id) {
    var agent =
        Asked.ref(id)
            .filter(ref -> AGENT.matcher(ref.name()).matches())
            .orElseThrow(() ->
                Refusal.of(
                    ProblemReason.NotFound,
                    "An id is namespace, kind and name with dots between."));
    return in(caller, workloads.right(verb, agent));
  }

  private Reach in(Caller caller, Right asked) {
    if (!access.may(caller, asked)) {
      throw Refusal.forbidden(access.who(caller).name(), asked);
    }
    return Reach.within(List.of(asked.namespace()));
  }
}
