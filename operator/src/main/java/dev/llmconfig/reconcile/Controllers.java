package dev.llmconfig.reconcile;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.verify.Alarms;
import dev.llmconfig.verify.Asking;
import dev.llmconfig.verify.Pace;
import dev.llmconfig.verify.SystemAlarms;
import dev.llmconfig.verify.VerdictListener;
import dev.llmconfig.verify.Verifier;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The controllers of one term: made anew each time this replica begins to lead, on clients that
/// outlive it.
public final class Controllers implements Leadership.Terms {

  private static final Logger log = LoggerFactory.getLogger(Controllers.class);

  /// However much goes wrong with events, every object is looked at this often.
  static final Duration BELT = Duration.ofMinutes(10);

  /// How many objects are listed in one piece. Thousands are many megabytes, which may take longer
  /// than a request may, and block other connections while they are made objects of.
  static final long AT_ONCE = 500;

  private static final Duration LOOK_FOR_CRDS = Duration.ofSeconds(2);

  /// The ways to the API server.
  ///
  /// @param metadata sees of everything only its metadata
  public record Clients(KubernetesClient objects, KubernetesClient metadata)
      implements AutoCloseable {

    public static Clients of(Config config, HttpClient.Factory http) {
      return new Clients(
          new KubernetesClientBuilder()
              .withConfig(config)
              .withHttpClientFactory(http)
              .withKubernetesSerialization(Reading.lenient())
              .build(),
          SecretMetadata.client(config, http));
    }

    @Override
    public void close() {
      metadata.close();
      objects.close();
    }
  }

  /// What is worked on, and as whom.
  ///
  /// @param watchNamespaces none means all
  /// @param consentRequired whether a Secret must agree to any endpoint but its provider's own
  public record Scope(
      Set<String> watchNamespaces,
      boolean allowUnboundTokens,
      boolean consentRequired,
      String identity) {
    public Scope {
      watchNamespaces = Set.copyOf(watchNamespaces);
    }
  }

  /// The way to the providers.
  public record Providers(Asking asking, Pace pace) {}

  private final Clients clients;
  private final Scope scope;
  private final Providers providers;
  private final KeyringSecret keyring;
  private final InstalledCrds crds;
  private final MeterRegistry meters;
  private final Counter conflicts;
  private final RolloutMeters rollouts;
  private final InstantSource clock;
  private volatile State state = State.WAITING;
  private volatile @Nullable Operators running;
  private volatile String lastFailure = "";

  /// How far the controllers of this replica are.
  public enum State {
    /// Another replica leads, or nobody yet.
    WAITING,
    /// This replica leads, and cannot work with the CRDs that there are.
    WAITING_FOR_CRDS,
    STARTING,
    /// Something that is to be watched cannot be, most likely for want of a right.
    CANNOT_WATCH,
    /// The last term could not begin.
    FAILED,
    RUNNING
  }

  public Controllers(
      Clients clients,
      Scope scope,
      Providers providers,
      KeyringSecret keyring,
      InstalledCrds crds,
      MeterRegistry meters,
      InstantSource clock) {
    this.clients = clients;
    this.scope = scope;
    this.providers = providers;
    this.keyring = keyring;
    this.crds = crds;
    this.meters = meters;
    this.conflicts =
        Counter.builder("llmconfig.conflicts")
            .description("Writes that were refused because somebody else had changed the object.")
            .register(meters);
    this.rollouts = RolloutMeters.in(meters);
    this.clock = clock;
  }

  public State state() {
    var both = running;
    return both == null || both.unwatched().isEmpty() ? state : State.CANNOT_WATCH;
  }

  @Override
  public Leadership.Term begin(WritePermission permission, Runnable broken)
      throws InterruptedException {
    var both = new Operators(operator(broken), operator(broken));
    var alarms = new SystemAlarms();
    var sealedSecrets =
        new ClusterSealedSecrets(
            clients.objects(), new SealedSecretWatch(clients.metadata(), scope.watchNamespaces()));
    var sources =
        new KeySources(
            UserObjects.of(clients.objects()),
            sealedSecrets,
            new Consent(scope.consentRequired(), scope.allowUnboundTokens()));
    var verdicts = new Verdicts();
    var verifier = verifier(verdicts, alarms);
    var answers = new ProbeEvents<ApiKeyConfig>("key-probes");
    var probes = new KeyProbes(verifier, verdicts, sources, keyring, answers::wake);
    var encrypted = new EncryptedObjects(clients, scope.watchNamespaces());
    var care = new AtomicReference<AutoCloseable>(() -> {});
    Runnable end =
        () -> {
          quietly(care.get());
          end(both);
          verifier.close();
          alarms.close();
        };
    try {
      awaitCrds();
      state = State.STARTING;
      keyring.readOrMake(encrypted::count, permission);
      care.set(
          new RingCare(
              keyring,
              encrypted::count,
              new EventWriter(clients.objects(), permission, scope.identity()),
              permission,
              clock));
      both.keys()
          .register(
              reconciler(permission, sources, sealedSecrets, probes, answers), this::configure);
      var models = models(permission, verifier, verdicts, both::whole);
      both.models().register(models, this::configure);
      both.start();
      // The framework swallows an interrupt while it starts.
      if (Thread.interrupted() || !permission.writing()) {
        throw new InterruptedException();
      }
      started(both);
      var sweeping = models.sweeping();
      return () -> {
        quietly(sweeping);
        end.run();
      };
    } catch (InterruptedException lost) {
      end.run();
      throw lost;
    } catch (RuntimeException failed) {
      end.run();
      state = State.FAILED;
      complain(failed);
      throw failed;
    }
  }

  private static void quietly(AutoCloseable ending) {
    try {
      ending.close();
    } catch (Exception failed) {
      log.atWarn()
          .addKeyValue("cause", failed.getClass().getSimpleName())
          .log("A part of the term did not end by itself");
    }
  }

  private void started(Operators both) {
    running = both;
    state = State.RUNNING;
    lastFailure = "";
    var unwatched = both.unwatched();
    if (unwatched.isEmpty()) {
      log.info("The controllers run");
    } else {
      log.atWarn()
          .addKeyValue("sources", unwatched)
          .log("The controllers run, and cannot watch everything; give the account list and watch");
    }
  }

  private void complain(RuntimeException failed) {
    var cause =
        failed instanceof KubernetesClientException refused && refused.getCode() > 0
            ? "the API server answered " + refused.getCode()
            : failed.getClass().getSimpleName();
    if (!cause.equals(lastFailure)) {
      lastFailure = cause;
      log.atError()
          .addKeyValue("cause", cause)
          .log(
              "The controllers could not start; check the account's rights, the lease is given up");
    }
  }

  private <P extends HasMetadata> void configure(ControllerConfigurationOverrider<P> config) {
    config
        .withRetry(forEver())
        .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(5), 10))
        .withReconciliationMaxInterval(BELT)
        .withInformerListLimit(AT_ONCE)
        // Without a Cleaner of its own the framework would keep back what is being deleted; with
        // one
        // it would set a finalizer at once, and for everybody (traps R15).
        .withTriggerReconcilerOnAllEvents(true)
        // Our own filter below: requests come as annotations, which change no generation.
        .withGenerationAware(false)
        .withOnUpdateFilter(Controllers::matters);
    if (scope.watchNamespaces().isEmpty()) {
      config.watchingAllNamespaces();
    } else {
      config.settingNamespaces(scope.watchNamespaces());
    }
  }

  /// Our own status writes matter to nobody.
  private static boolean matters(HasMetadata now, HasMetadata before) {
    var after = now.getMetadata();
    var old = before.getMetadata();
    return !Objects.equals(after.getGeneration(), old.getGeneration())
        || !Objects.equals(after.getAnnotations(), old.getAnnotations())
        || !Objects.equals(after.getDeletionTimestamp(), old.getDeletionTimestamp())
        || !Objects.equals(after.getFinalizers(), old.getFinalizers());
  }

  private void end(Operators both) {
    running = null;
    state = State.WAITING;
    both.stop();
    // The meters of this term look at what is gone; the next term brings its own.
    meters.getMeters().stream()
        .filter(meter -> meter.getId().getTag("controller.name") != null)
        .forEach(meters::remove);
  }

  private Operator operator(Runnable broken) {
    return new Operator(service ->
        service
            .withKubernetesClient(clients.objects())
            .withCloseClientOnStop(false)
            .withMetrics(MicrometerMetricsV2.newBuilder(meters).build())
            .withStopOnInformerErrorDuringStartup(false)
            .withCacheSyncTimeout(Duration.ofSeconds(20))
            // The framework's own handler ends the process.
            .withInformerStoppedHandler((_, failure) -> {
              if (failure != null) {
                log.atError()
                    .addKeyValue("cause", failure.getClass().getSimpleName())
                    .log("A watch ended for good; the term ends with it");
                broken.run();
              }
            })
            .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
            .checkingCRDAndValidateLocalModel(false));
  }

  private Verifier verifier(VerdictListener listener, Alarms alarms) {
    return new Verifier(
        new ProbeMeters(providers.asking(), meters),
        listener,
        providers.pace(),
        alarms,
        Executors.newVirtualThreadPerTaskExecutor(),
        RandomGenerator.getDefault());
  }

  private ApiKeyReconciler reconciler(
      WritePermission permission,
      KeySources sources,
      ClusterSealedSecrets sealedSecrets,
      KeyProbes probes,
      ProbeEvents<ApiKeyConfig> answers) {
    var client = clients.objects();
    var events = new EventWriter(client, permission, scope.identity());
    var applier = new Applier(client, permission);
    return new ApiKeyReconciler(
        keyring,
        new KeyGathering(sources, UserObjects.of(client), probes),
        probes,
        answers,
        new ManagedSecrets(client),
        new ManagedFacts(client, applier),
        sealedSecrets,
        new ModelConfigs(client),
        applier,
        new OlderKeys(keyring, keyring::reference, events),
        new SealedSecretWriter(client, permission),
        new StatusWriter<>(client, permission),
        events,
        conflicts,
        clients.metadata(),
        clock);
  }

  private ModelReconciler models(
      WritePermission permission, Verifier verifier, Verdicts verdicts, BooleanSupplier whole) {
    var answers = new ProbeEvents<ModelConfig>("model-probes");
    var probes = new ModelProbes(verifier, verdicts, answers::wake);
    var client = clients.objects();
    var objects = UserObjects.of(client);
    return new ModelReconciler(
        new ModelGathering(Catalogue.packed(), objects, probes::heard),
        probes,
        answers,
        new KeysInUse(objects, keyring),
        keyring,
        new Applier(client, permission),
        permission,
        new StatusWriter<>(client, permission),
        new EventWriter(client, permission, scope.identity()),
        clients,
        keyring.home(),
        conflicts,
        rollouts,
        whole,
        clock);
  }

  /// The framework's own default gives up after half a minute and strands the object.
  private static GenericRetry forEver() {
    return new GenericRetry()
        .setInitialInterval(1_000)
        .setIntervalMultiplier(2)
        .setMaxInterval(30_000)
        .withoutMaxAttempts();
  }

  /// Also those that were there when the process began may be gone when this replica leads.
  private void awaitCrds() throws InterruptedException {
    while (!(crds.look() instanceof InstalledCrds.State.Fit)) {
      state = State.WAITING_FOR_CRDS;
      new CountDownLatch(1).await(LOOK_FOR_CRDS.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
