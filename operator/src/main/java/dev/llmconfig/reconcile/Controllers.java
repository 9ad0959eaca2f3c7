package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The controllers of one term: made anew each time this replica begins to lead, on clients that
/// outlive it.
public final class Controllers implements Leadership.Terms {

  private static final Logger log = LoggerFactory.getLogger(Controllers.class);
  private static final Duration LOOK_FOR_CRDS = Duration.ofSeconds(2);

  /// The ways to the API server.
  ///
  /// @param metadata sees of everything only its metadata
  public record Clients(KubernetesClient objects, KubernetesClient metadata)
      implements AutoCloseable {

    public static Clients of(Config config) {
      return new Clients(
          new KubernetesClientBuilder().withConfig(config).build(), SecretMetadata.client(config));
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
  public record Scope(Set<String> watchNamespaces, boolean allowUnboundTokens, String identity) {
    public Scope {
      watchNamespaces = Set.copyOf(watchNamespaces);
    }
  }

  private final Clients clients;
  private final Scope scope;
  private final KeyringSecret keyring;
  private final Metrics metrics;
  private final InstantSource clock;
  private volatile State state = State.WAITING;

  public enum State {
    /// Another replica leads, or nobody yet.
    WAITING,
    CRDS_MISSING,
    STARTING,
    RUNNING
  }

  public Controllers(
      Clients clients, Scope scope, KeyringSecret keyring, Metrics metrics, InstantSource clock) {
    this.clients = clients;
    this.scope = scope;
    this.keyring = keyring;
    this.metrics = metrics;
    this.clock = clock;
  }

  public State state() {
    return state;
  }

  @Override
  public Leadership.Term begin(WritePermission permission) throws InterruptedException {
    try {
      awaitCrds();
      state = State.STARTING;
      keyring.readOrMake(this::somethingEncrypted, permission);
      var operator = operator();
      operator.register(
          reconciler(permission),
          config -> {
            config
                .withRetry(forEver())
                .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(5), 10))
                .withReconciliationMaxInterval(Duration.ofMinutes(10));
            if (scope.watchNamespaces().isEmpty()) {
              config.watchingAllNamespaces();
            } else {
              config.settingNamespaces(scope.watchNamespaces());
            }
          });
      operator.start();
      state = State.RUNNING;
      log.info("The controllers run");
      return () -> end(operator);
    } catch (InterruptedException | RuntimeException failed) {
      state = State.WAITING;
      throw failed;
    }
  }

  private void end(Operator operator) {
    state = State.WAITING;
    operator.stop();
  }

  private Operator operator() {
    return new Operator(service ->
        service
            .withKubernetesClient(clients.objects())
            .withCloseClientOnStop(false)
            .withMetrics(metrics)
            .withStopOnInformerErrorDuringStartup(false)
            .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
            .checkingCRDAndValidateLocalModel(false));
  }

  private ApiKeyReconciler reconciler(WritePermission permission) {
    var client = clients.objects();
    return new ApiKeyReconciler(
        keyring,
        new KeyGathering(
            new KeySources(
                secret ->
                    Optional.ofNullable(
                        client
                            .secrets()
                            .inNamespace(secret.namespace())
                            .withName(secret.name())
                            .get()),
                scope.allowUnboundTokens())),
        new ManagedSecrets(client),
        new Applier(client, permission),
        new StatusWriter(client, permission),
        new EventWriter(client, permission, scope.identity()),
        clients.metadata(),
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

  private void awaitCrds() throws InterruptedException {
    while (!Stream.of(ApiKeyConfig.class, ModelConfig.class)
        .allMatch(clients.objects()::supports)) {
      if (state != State.CRDS_MISSING) {
        log.warn("The CRDs are missing; install them with: kubectl apply -f crds/");
      }
      state = State.CRDS_MISSING;
      new CountDownLatch(1).await(LOOK_FOR_CRDS.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private boolean somethingEncrypted() {
    return namespaces()
        .anyMatch(namespace -> {
          var secrets = clients.metadata().secrets();
          var keys = clients.objects().resources(ApiKeyConfig.class);
          var label = Labels.API_KEY;
          return !(namespace.isEmpty() ? secrets.inAnyNamespace() : secrets.inNamespace(namespace))
                  .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
                  .withLabel(label)
                  .list()
                  .getItems()
                  .isEmpty()
              || (namespace.isEmpty() ? keys.inAnyNamespace() : keys.inNamespace(namespace))
                  .list().getItems().stream()
                      .anyMatch(
                          key -> key.getSpec() != null && key.getSpec().getEncryptedKey() != null);
        });
  }

  private Stream<String> namespaces() {
    return scope.watchNamespaces().isEmpty() ? Stream.of("") : scope.watchNamespaces().stream();
  }
}
