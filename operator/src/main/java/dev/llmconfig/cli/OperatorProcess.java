package dev.llmconfig.cli;

import dev.llmconfig.health.Check;
import dev.llmconfig.health.Check.Answer;
import dev.llmconfig.health.HealthServer;
import dev.llmconfig.mirror.Mirror;
import dev.llmconfig.reconcile.ApiServerProbe;
import dev.llmconfig.reconcile.Controllers;
import dev.llmconfig.reconcile.Encryptions;
import dev.llmconfig.reconcile.InstalledCrds;
import dev.llmconfig.reconcile.KeyringSecret;
import dev.llmconfig.reconcile.Leadership;
import dev.llmconfig.reconcile.ReviewToken;
import dev.llmconfig.sqlite.ConfigDatabase;
import dev.llmconfig.verify.Asking;
import dev.llmconfig.verify.Pace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operator's parts and how they hang together: all of its wiring is here.
final class OperatorProcess implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OperatorProcess.class);
  private static final String LEASE = "llm-config-operator";

  /// What moves every few seconds and has not for so long hangs.
  private static final Duration HANGS = Duration.ofMinutes(1);

  private final Controllers.Clients clients;
  private final KubernetesClient lockClient;
  private final ApiServerProbe probe;
  private final InstalledCrds crds;
  private final Leadership leadership;
  private final KeyringSecret keyring;
  private final Mirror mirror;
  private final HealthServer health;
  private final Optional<ReviewToken> reviews;
  private Encryptions.Subscription followed = () -> {};

  private OperatorProcess(OperatorConfiguration configuration, Config kubernetes, Asking asking)
      throws IOException {
    var clock = InstantSource.system();
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try {
      clients =
          Controllers.Clients.of(reconciling(kubernetes), new ApiServerHttp(ApiServerHttp.SILENCE));
      lockClient = new KubernetesClientBuilder().withConfig(impatient(kubernetes)).build();
    } catch (KubernetesClientException _) {
      throw Refusal.of(
          OperatorCommand.WRONG_CONFIGURATION,
          "The certificates or keys that the kubeconfig names cannot be read; set KUBECONFIG to a"
              + " file that `kubectl get nodes` works with.");
    }
    keyring = new KeyringSecret(clients.objects(), configuration.keyring(), configuration.ring());
    crds = new InstalledCrds(lockClient);
    var controllers =
        new Controllers(
            clients,
            new Controllers.Scope(
                configuration.watchNamespaces(),
                configuration.allowUnboundTokens(),
                configuration.requireEndpointConsent(),
                configuration.identity()),
            new Controllers.Providers(asking, Pace.STANDARD),
            keyring,
            crds,
            registry,
            clock);
    probe = new ApiServerProbe(lockClient, clock);
    leadership =
        Leadership.of(
            lockClient,
            configuration.homeNamespace(),
            LEASE,
            configuration.identity(),
            controllers);
    mirror =
        new Mirror(
            clients.objects(),
            ConfigDatabase.in(configuration.dataDirectory(), clock),
            new Mirror.Setting(
                configuration.watchNamespaces(),
                configuration.homeNamespace(),
                configuration.identity(),
                configuration.replicas(),
                leadership::leader,
                probe::answeredAt,
                clock));
    Gauge.builder("llmconfig.mirror.lag", mirror, one -> one.lag().toMillis() / 1_000.0)
        .baseUnit("seconds")
        .description("How old the rows of the local mirror are.")
        .register(registry);
    Gauge.builder("llmconfig.leader", leadership, one -> one.writing() ? 1 : 0)
        .description("Whether this replica leads, and so writes.")
        .register(registry);
    Gauge.builder("llmconfig.apiserver.reachable", probe, one -> one.answers() ? 1 : 0)
        .description("Whether the API server has answered lately.")
        .register(registry);
    registry.getPrometheusRegistry().register(new KeySeries(mirror, keyring));
    registry.getPrometheusRegistry().register(new ModelSeries(mirror));
    reviews =
        configuration
            .reviewAccount()
            .flatMap(account ->
                configuration
                    .runDirectory()
                    .map(RunDirectory::new)
                    .map(shared -> new ReviewToken(lockClient, account, shared::hold)));
    health =
        listening(
            configuration.listen(),
            List.of(
                moves("leader-loop", leadership::silence), moves("mirror-writer", mirror::silence)),
            checks(probe, crds, controllers, keyring, leadership, mirror),
            registry::scrape);
  }

  /// @param asking how providers are asked
  static OperatorProcess start(
      OperatorConfiguration configuration, Config kubernetes, Asking asking) throws IOException {
    var process = new OperatorProcess(configuration, kubernetes, asking);
    process.probe.start();
    process.crds.start();
    process.handOver(configuration.runDirectory());
    process.followed = process.keyring.watch();
    process.reviews.ifPresent(ReviewToken::start);
    process.leadership.start();
    process.mirror.start();
    log.atInfo()
        .addKeyValue("version", Version.current())
        .addKeyValue("identity", configuration.identity())
        .addKeyValue("namespaces", namespaces(configuration))
        .addKeyValue("listen", shown(process.address()))
        .log("The operator starts");
    return process;
  }

  /// What an earlier process of this pod left there is good until this one knows better.
  private void handOver(Optional<Path> directory) {
    directory
        .map(RunDirectory::new)
        .ifPresent(shared -> {
          var _ = keyring.onChange(() -> shared.hold(keyring));
        });
  }

  /// Runs until a signal asks for the end.
  static int run(OperatorConfiguration configuration, Config kubernetes, Asking asking)
      throws IOException, InterruptedException {
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> Ending.of(stop, stopped)));
    try (var _ = start(configuration, kubernetes, asking)) {
      stop.await();
      log.info("The operator ends");
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private static HealthServer listening(
      InetSocketAddress listen, List<Check> alive, List<Check> ready, Supplier<String> metrics)
      throws IOException {
    try {
      return HealthServer.start(listen, alive, ready, metrics);
    } catch (BindException _) {
      throw Refusal.negative(
          "%s is taken, or is no address of this machine; choose another one with --listen (port 0 takes a free one)."
              .formatted(shown(listen)));
    }
  }

  /// Where it tells about itself.
  InetSocketAddress address() {
    return health.address();
  }

  @Override
  public void close() {
    leadership.close();
    followed.close();
    mirror.close();
    reviews.ifPresent(ReviewToken::close);
    crds.close();
    probe.close();
    health.close();
    lockClient.close();
    clients.close();
  }

  private static Check moves(String name, Supplier<Duration> silence) {
    return new Check(
        name,
        () ->
            silence.get().compareTo(HANGS) < 0
                ? Answer.READY
                : Answer.notReady(
                    "it has not moved for %d s, only a restart helps"
                        .formatted(silence.get().toSeconds())));
  }

  private static List<Check> checks(
      ApiServerProbe probe,
      InstalledCrds crds,
      Controllers controllers,
      KeyringSecret keyring,
      Leadership leadership,
      Mirror mirror) {
    return List.of(
        new Check(
            "api-server",
            () ->
                probe.answers()
                    ? Answer.READY
                    : Answer.notReady("the API server has not answered for 20 s")),
        new Check(
            "leader",
            () ->
                leadership.leader().isEmpty()
                    ? Answer.notReady("no replica leads yet")
                    : new Answer(true, "ok, " + leadership.leader() + " leads")),
        // Said by every replica, not only by the leader: one that could not work must not replace
        // another in an upgrade.
        new Check(
            "crds",
            () ->
                crds.state() instanceof InstalledCrds.State.Fit
                    ? Answer.READY
                    : Answer.notReady(crds.state().sentence())),
        new Check("controllers", () -> controllers(controllers)),
        new Check(
            "mirror", () -> mirror.state().problem().map(Answer::notReady).orElse(Answer.READY)),
        new Check(
            "key-ring",
            () ->
                controllers.state() != Controllers.State.RUNNING || keyring.current().isPresent()
                    ? Answer.READY
                    // The page must stay up to say it, so it does not make the process unready.
                    : new Answer(true, "KeyRingMissing, restore the key ring from the backup")));
  }

  private static Answer controllers(Controllers controllers) {
    return switch (controllers.state()) {
      case RUNNING -> Answer.READY;
      case WAITING ->
          new Answer(true, "ok, another replica leads, or none does while the lease cannot be had");
      case FAILED -> Answer.notReady("the controllers could not start, the log says why");
      case CANNOT_WATCH ->
          Answer.notReady("something cannot be watched, give the account list and watch on it");
      case STARTING -> Answer.notReady("the controllers are starting");
      case WAITING_FOR_CRDS -> Answer.notReady("the controllers wait for the CRDs");
    };
  }

  /// The framework retries by itself; a client that retries, too, holds a worker thread for 20 s a
  /// call.
  private static Config reconciling(Config config) {
    return new ConfigBuilder(config)
        .withRequestRetryBackoffLimit(1)
        .withWatchReconnectInterval(250)
        .build();
  }

  /// For the lease and the probe, where a late answer is worth nothing.
  private static Config impatient(Config config) {
    return new ConfigBuilder(config)
        .withRequestTimeout(3_000)
        .withConnectionTimeout(3_000)
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  private static String namespaces(OperatorConfiguration configuration) {
    return configuration.watchNamespaces().isEmpty()
        ? "all"
        : String.join(",", configuration.watchNamespaces());
  }

  private static String shown(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
