package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ObjectRows;
import dev.llmconfig.sqlite.LedgerDatabase;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import dev.llmconfig.store.local.LocalObjects;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// An API server at which somebody else is busy, too: before each request they may do something, or
/// have it refused.
final class Crowd implements Calls, AutoCloseable {

  /// What is about to be done.
  record Asked(String verb, Ref ref, Run run) {}

  interface Others {
    void before(Asked asked, Requests own);
  }

  private final LedgerDatabase ledger;
  private final LocalObjects objects;
  private final Access access =
      new Access(
          new OwnMachine(Optional.empty()),
          Duration.ZERO,
          InstantSource.system(),
          Ticker.systemTicker());
  private final List<Asked> asked = new ArrayList<>();
  private Others others = (_, _) -> {};

  Crowd(Path folder) {
    ledger = LedgerDatabase.open(folder, InstantSource.system());
    objects = new LocalObjects(ledger, new ObjectRows(Catalogue.packed()));
  }

  static Ref at(String name) {
    return new Ref(OwnMachine.NAMESPACE, name);
  }

  static ObjectNode config(String name, ObjectNode spec) {
    var object =
        Trees.object()
            .put("apiVersion", Kind.ModelConfig.apiVersion())
            .put("kind", Kind.ModelConfig.name());
    object.putObject("metadata").put("name", name).put("namespace", at(name).namespace());
    object.withObjectProperty("metadata").putObject("annotations");
    object.set("spec", spec);
    return object;
  }

  static ApiRefusal forbidden(Asked asked) {
    return new ApiRefusal(new Why.Forbidden(Kind.ModelConfig.right(asked.verb(), asked.ref())));
  }

  void meet(Others busy) {
    others = busy;
  }

  Live there(String name) {
    return objects.change(desk -> own(desk).get(Kind.ModelConfig, at(name)));
  }

  List<Live> all() {
    return objects.change(desk -> own(desk).list(Kind.ModelConfig, at("").namespace(), ""));
  }

  static ObjectNode spec(String model) {
    var spec = Trees.object().put("model", model);
    spec.putObject("apiKeyRef").put("name", "a");
    return spec;
  }

  Live make(String name, ObjectNode spec) {
    return objects.change(
        desk -> own(desk).create(Kind.ModelConfig, config(name, spec), Run.Apply));
  }

  /// How often this was really asked for.
  long writes(String verb) {
    return asked.stream().filter(one -> one.verb().equals(verb) && one.run() == Run.Apply).count();
  }

  @Override
  public Access access() {
    return access;
  }

  /// As in a cluster, what was done stays when a later request is refused.
  @Override
  public <T> T with(Caller who, Function<Requests, T> work, Function<Outcome, T> otherwise) {
    return objects.change(desk -> {
      try {
        return work.apply(new Disturbed(own(desk)));
      } catch (Ended ended) {
        return otherwise.apply(ended.outcome());
      } catch (ApiRefusal refused) {
        return otherwise.apply(Calls.outcome(refused.why()));
      }
    });
  }

  @Override
  public void close() {
    access.close();
    ledger.close();
  }

  private static Requests own(LocalObjects.Desk desk) {
    return new LocalRequests(desk, InstantSource.system());
  }

  private final class Disturbed implements Requests {
    private final Requests own;
    private final Patience patience = new Patience(System::nanoTime, _ -> {});

    Disturbed(Requests own) {
      this.own = own;
    }

    @Override
    public Patience patience() {
      return patience;
    }

    private void about(String verb, Ref ref, Run run) {
      var next = new Asked(verb, ref, run);
      asked.add(next);
      others.before(next, own);
    }

    @Override
    public Live get(Kind kind, Ref ref) {
      about("get", ref, Run.DryRun);
      return own.get(kind, ref);
    }

    @Override
    public List<Live> list(Kind kind, String namespace, String fieldSelector) {
      about("list", new Ref(namespace, ""), Run.DryRun);
      return own.list(kind, namespace, fieldSelector);
    }

    @Override
    public List<Live> listMetadata(Kind kind, String namespace) {
      about("list", new Ref(namespace, ""), Run.DryRun);
      return own.listMetadata(kind, namespace);
    }

    @Override
    public Live create(Kind kind, ObjectNode object, Run run) {
      about("create", at(object.path("metadata").path("name").asText()), run);
      return own.create(kind, object, run);
    }

    @Override
    public Live apply(Live seen, ObjectNode intent, Run run, boolean force) {
      about("apply", seen.ref(), run);
      return own.apply(seen, intent, run, force);
    }

    @Override
    public Live patch(Live seen, ArrayNode operations, Run run) {
      about("patch", seen.ref(), run);
      return own.patch(seen, operations, run);
    }

    @Override
    public Live merge(Kind kind, Ref ref, ObjectNode change, String manager) {
      about("merge", ref, Run.Apply);
      return own.merge(kind, ref, change, manager);
    }

    @Override
    public void delete(Live seen, Run run) {
      about("delete", seen.ref(), run);
      own.delete(seen, run);
    }
  }
}
