package dev.llmconfig.cli;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.ApiServerReview;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.CallerClients;
import dev.llmconfig.access.LocalLogin;
import dev.llmconfig.access.ProxySecret;
import dev.llmconfig.access.RefusalCount;
import dev.llmconfig.access.Sessions;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.gateway.Chat;
import dev.llmconfig.gateway.MonotonicClock;
import dev.llmconfig.health.Check;
import dev.llmconfig.health.Check.Answer;
import dev.llmconfig.health.HealthServer;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorWatch;
import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Lookup;
import dev.llmconfig.provider.transport.NetworkTransport;
import dev.llmconfig.provider.transport.Patience;
import dev.llmconfig.rest.Installation;
import dev.llmconfig.rest.KeyTools;
import dev.llmconfig.rest.Mode;
import dev.llmconfig.rest.Parts;
import dev.llmconfig.rest.RestServer;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.sqlite.UsageDatabase;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.cluster.ClusterDrafts;
import dev.llmconfig.store.cluster.ClusterImports;
import dev.llmconfig.store.cluster.ClusterSecrets;
import dev.llmconfig.store.cluster.ClusterWorkloads;
import dev.llmconfig.store.cluster.CustomResources;
import dev.llmconfig.verify.AskingInSteps;
import dev.llmconfig.verify.Pace;
import dev.llmconfig.verify.SystemAlarms;
import dev.llmconfig.verify.Verifier;
import io.fabric8.kubernetes.client.Config;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sidecar's parts and how they hang together: all of its wiring is here.
final class SidecarProcess implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SidecarProcess.class);
  private static final int READERS = 4;
  private static final long LOOK_MILLIS = 500;

  /// The pod has thirty seconds to end, and the first five are for those who still come.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final MirrorPool mirror;
  private final UsageDatabase usage;
  private final MirrorWatch watch;
  private final NetworkTransport providers;
  private final SystemAlarms alarms = new SystemAlarms();
  private final Verifier tests;
  private final CallerClients clients;
  private final AgeingRows ageing;
  private final Access access;
  private final RestServer rest;
  private final HealthServer health;
  private final Optional<LoginUrls> logins;

  private SidecarProcess(SidecarConfiguration configuration) throws IOException {
    var clock = InstantSource.system();
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    mirror = new MirrorPool(() -> ConfigReader.of(configuration.dataDirectory()), READERS);
    usage = UsageDatabase.in(configuration.usageDirectory(), configuration.usageRetention(), clock);
    clients =
        new CallerClients(
            configuration.apiServer(),
            configuration.localLogin()
                ? Optional.of(() -> Config.autoConfigure(null))
                : Optional.empty(),
            () -> configuration.reviewToken().flatMap(SecretFile::text),
            vertx);
    ageing = new AgeingRows(() -> lag(mirror, clock), clients::check);
    var words = new LocalLogin(new Caller.LocalKubeconfig(), Ticker.systemTicker());
    watch = new MirrorWatch(() -> ConfigReader.of(configuration.dataDirectory()));
    providers =
        new NetworkTransport(
            Limits.STANDARD, AddressRules.STANDARD, configuration.egress(), Lookup.SYSTEM);
    tests =
        new Verifier(
            new AskingInSteps(new Prober(providers, Limits.STANDARD, clock)),
            (_, _) -> {},
            Pace.STANDARD,
            alarms,
            Executors.newVirtualThreadPerTaskExecutor(),
            new SecureRandom());
    var encryption = Encryption.with(configuration.ring()::current, clock);
    access =
        new Access(
            new ApiServerReview(clients),
            configuration.outageGrace(),
            clock,
            Ticker.systemTicker());
    Gauge.builder("llmconfig.mirror.lag", mirror, one -> lag(one, clock))
        .baseUnit("seconds")
        .description("How old the rows of the local mirror are.")
        .register(registry);
    Gauge.builder(
            "llmconfig.keyring.present",
            configuration.ring(),
            one -> one.current().isPresent() ? 1 : 0)
        .description(KeySeries.KEYRING_PRESENT)
        .register(registry);
    try {
      rest =
          RestServer.start(
              vertx,
              new Parts(
                  new Installation(
                      Mode.Cluster,
                      configuration.installation(),
                      Version.current(),
                      configuration.identity(),
                      clock.instant(),
                      configuration.basePath(),
                      configuration.serviceNames(),
                      configuration.publicUrl(),
                      configuration.argocdUrl(),
                      configuration.trustedProxies(),
                      false),
                  access,
                  new Sessions(configuration.ring()::current, clock, Ticker.systemTicker()),
                  configuration
                      .proxySecret()
                      .<ProxySecret>map(file -> file)
                      .orElse(ProxySecret.NONE),
                  configuration.localLogin() ? Optional.of(words) : Optional.empty(),
                  usage,
                  usage,
                  mirror,
                  watch,
                  configuration.ring(),
                  new CustomResources(clients, access, encryption, clock),
                  new ClusterWorkloads(clients, clock),
                  new KeyTools(
                      new ClusterDrafts(clients, access, encryption),
                      new ClusterSecrets(clients, access),
                      encryption,
                      configuration.sealing(),
                      new ClusterImports(clients, access, encryption),
                      tests),
                  Catalogue.packed(),
                  Profiles.builtIn(),
                  new Chat(providers, Patience.STANDARD, clock, MonotonicClock.SYSTEM),
                  refusals(registry),
                  clock,
                  Ticker.systemTicker()),
              new RequestSeries(registry),
              configuration.listen());
    } catch (CompletionException failed) {
      stop();
      throw taken(configuration.listen(), "--listen");
    }
    Gauge.builder("llmconfig.streams", rest, RestServer::streams)
        .description("Answers that are being streamed.")
        .register(registry);
    try {
      health =
          HealthServer.start(
              configuration.healthListen(),
              List.of(),
              List.of(new Check("mirror", () -> answer(mirror))),
              registry::scrape);
    } catch (BindException _) {
      rest.close();
      stop();
      throw taken(configuration.healthListen(), "--health-listen");
    }
    logins =
        configuration.localLogin()
            ? Optional.of(logins(configuration, words, rest.port(), vertx))
            : Optional.empty();
  }

  /// The one that an alert is about is there before the first of them.
  private static RefusalCount refusals(MeterRegistry registry) {
    RefusalCount count = reason -> refused(registry, reason).increment();
    var _ = refused(registry, RefusalCount.UNTRUSTED_PROXY);
    return count;
  }

  private static Counter refused(MeterRegistry registry, String reason) {
    return Counter.builder("llmconfig.access.refused")
        .description("Requests of whom or what was not let in.")
        .tag("reason", reason)
        .register(registry);
  }

  private static LoginUrls logins(
      SidecarConfiguration configuration, LocalLogin words, int port, Vertx vertx) {
    var address =
        "http://%s%s".formatted(shown(configuration.listen(), port), configuration.basePath());
    var urls = new LoginUrls(words, address, configuration.loginFile());
    vertx.setPeriodic(0, LOOK_MILLIS, _ -> vertx.executeBlocking(urls::keep));
    return urls;
  }

  static SidecarProcess start(SidecarConfiguration configuration) throws IOException {
    var process = new SidecarProcess(configuration);
    log.atInfo()
        .addKeyValue("version", Version.current())
        .addKeyValue("identity", configuration.identity())
        .addKeyValue("listen", shown(configuration.listen(), process.port()))
        .addKeyValue("health", shown(configuration.healthListen(), process.healthPort()))
        .log("The sidecar starts");
    var mirror = answer(process.mirror);
    if (!mirror.ready()) {
      log.atInfo().addKeyValue("reason", mirror.sentence()).log("The mirror is waited for");
    }
    return process;
  }

  /// Runs until a signal asks for the end.
  static int run(SidecarConfiguration configuration, Shell shell)
      throws IOException, InterruptedException {
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> Ending.of(stop, stopped)));
    try (var process = start(configuration)) {
      shell
          .out()
          .println(
              "The API is at http://%s%sapi"
                  .formatted(
                      shown(configuration.listen(), process.port()), configuration.basePath()));
      process.logins.ifPresent(
          urls -> shell.out().println("Sign in, once and within ten minutes: " + urls.next()));
      shell.out().flush();
      stop.await();
      log.info("The sidecar ends");
      process.rest.farewell(PATIENCE);
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  int port() {
    return rest.port();
  }

  int healthPort() {
    return health.address().getPort();
  }

  @Override
  public void close() {
    rest.close();
    health.close();
    stop();
  }

  private void stop() {
    ageing.close();
    access.close();
    clients.close();
    tests.close();
    alarms.close();
    providers.close();
    watch.close();
    mirror.close();
    usage.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /// Old rows are ready rows: an outage of the API server is when they are needed (traps R52).
  private static Answer answer(MirrorPool mirror) {
    try {
      mirror.read(view -> view.position().seq());
      return Answer.READY;
    } catch (MirrorUnavailable nothing) {
      return Answer.notReady(String.valueOf(nothing.getMessage()));
    }
  }

  private static double lag(MirrorPool mirror, InstantSource clock) {
    try {
      return mirror.read(view -> view.freshness(clock.instant()).age().toMillis() / 1_000.0);
    } catch (MirrorUnavailable _) {
      return Double.NaN;
    }
  }

  private static Refusal taken(InetSocketAddress listen, String flag) {
    return Refusal.negative(
        "%s is taken, or is no address of this machine; choose another one with %s (port 0 takes a free one)."
            .formatted(shown(listen, listen.getPort()), flag));
  }

  private static String shown(InetSocketAddress address, int port) {
    return address.getHostString() + ":" + port;
  }
}
