package dev.llmconfig.reconcile;

import dev.llmconfig.agent.Profiles;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.reconcile.Agenda.Errand;
import dev.llmconfig.store.local.LocalObjects;
import dev.llmconfig.verify.Asking;
import dev.llmconfig.verify.Pace;
import dev.llmconfig.verify.SystemAlarms;
import dev.llmconfig.verify.Verifier;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what is in a store of this machine verified and judged, by the rules of the operator: the
/// same gathering, the same plans, and a file in place of an API server.
public final class LocalReconciler implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LocalReconciler.class);

  /// After a look that failed.
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /// How long a writer waits until what it wrote was looked at.
  private static final long PATIENCE_MILLIS = 1_000;

  private final LocalTies ties;
  private final InstantSource clock;
  private final Agenda agenda;
  private final SystemAlarms alarms = new SystemAlarms();
  private final Verifier verifier;
  private final LocalKeys keys;
  private final LocalModels models;
  private final Thread thread;

  private LocalReconciler(
      LocalObjects objects,
      Encryption encryption,
      Asking asking,
      Catalogue catalogue,
      InstantSource clock) {
    this.ties = new LocalTies(objects);
    this.clock = clock;
    this.agenda = new Agenda(clock);
    var verdicts = new Verdicts();
    this.verifier =
        new Verifier(
            asking,
            verdicts,
            Pace.STANDARD,
            alarms,
            Executors.newVirtualThreadPerTaskExecutor(),
            RandomGenerator.getDefault());
    var stored = stored(objects);
    var ring = fixed(encryption);
    var sources = new KeySources(stored, NO_CLUSTER, new Consent(false, true));
    var keyProbes =
        new KeyProbes(
            verifier, verdicts, sources, ring, ref -> soon(new Errand(Errand.Kind.KEY, ref)));
    this.keys =
        new LocalKeys(
            objects, ties, encryption, new KeyGathering(sources, stored, keyProbes), keyProbes);
    var modelProbes =
        new ModelProbes(verifier, verdicts, ref -> soon(new Errand(Errand.Kind.MODEL, ref)));
    this.models =
        new LocalModels(
            objects,
            ties,
            new ModelGathering(catalogue, stored, modelProbes::heard),
            modelProbes,
            new KeysInUse(stored, ring),
            new ModelLists(stored::configMap, stored),
            Profiles.builtIn());
    this.thread = Thread.ofPlatform().daemon().name("local-reconciler").unstarted(this::work);
  }

  /// Looks at everything, and from then on at whatever changes.
  public static LocalReconciler start(
      LocalObjects objects,
      Encryption encryption,
      Asking asking,
      Catalogue catalogue,
      InstantSource clock) {
    var reconciler = new LocalReconciler(objects, encryption, asking, catalogue, clock);
    objects.onChange(reconciler::changed);
    reconciler.agenda.put(reconciler.ties.all());
    reconciler.thread.start();
    return reconciler;
  }

  @Override
  public void close() {
    agenda.close();
    thread.interrupt();
    verifier.close();
    alarms.close();
  }

  private void work() {
    try {
      for (var next = agenda.take(); next.isPresent(); next = agenda.take()) {
        look(next.get());
        agenda.done(next.get());
      }
    } catch (InterruptedException _) {
      // This is the end.
    }
  }

  private void look(Errand errand) {
    var now = clock.instant();
    try {
      var again =
          switch (errand.kind()) {
            case KEY -> keys.look(errand.ref(), now);
            case MODEL -> models.look(errand.ref(), now);
          };
      again.ifPresent(at -> agenda.put(errand, at));
    } catch (RuntimeException failed) {
      log.atWarn()
          .addKeyValue("object", errand.ref())
          .addKeyValue("cause", failed.getClass().getSimpleName())
          .log("A look failed and is repeated in five seconds");
      agenda.put(errand, now.plus(AGAIN));
    }
  }

  private void soon(Errand errand) {
    agenda.put(errand, clock.instant());
  }

  /// Whoever wrote something waits until it was looked at, so that the next request finds what
  /// follows from it.
  private void changed(Set<Ref> refs) {
    var done = agenda.put(ties.concerned(refs));
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      var _ = done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Encryptions fixed(Encryption encryption) {
    return new Encryptions() {
      @Override
      public Optional<Encryption> current() {
        return Optional.of(encryption);
      }

      @Override
      public Subscription onChange(Runnable listener) {
        return () -> {};
      }
    };
  }

  private static UserObjects stored(LocalObjects objects) {
    return new UserObjects() {
      @Override
      public Optional<Secret> secret(Ref ref) {
        return objects.look(shelf -> shelf.secret(ref));
      }

      @Override
      public Optional<ConfigMap> configMap(Ref ref) {
        return objects.look(shelf -> shelf.configMap(ref));
      }
    };
  }

  private static final SealedSecrets NO_CLUSTER =
      new SealedSecrets() {
        @Override
        public Look get(Ref ref) {
          return new Look.NoApi();
        }

        @Override
        public boolean traced(Ref key) {
          return false;
        }
      };
}
