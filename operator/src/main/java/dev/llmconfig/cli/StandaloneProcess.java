package dev.llmconfig.cli;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.LocalLogin;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.access.ProxySecret;
import dev.llmconfig.access.RefusalCount;
import dev.llmconfig.access.Sessions;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.RingSource;
import dev.llmconfig.gateway.Chat;
import dev.llmconfig.gateway.MonotonicClock;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorWatch;
import dev.llmconfig.mirror.ObjectRows;
import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Lookup;
import dev.llmconfig.provider.transport.NetworkTransport;
import dev.llmconfig.provider.transport.Patience;
import dev.llmconfig.reconcile.LocalReconciler;
import dev.llmconfig.rest.Installation;
import dev.llmconfig.rest.KeyTools;
import dev.llmconfig.rest.Mode;
import dev.llmconfig.rest.Parts;
import dev.llmconfig.rest.RestServer;
import dev.llmconfig.rest.Traffic;
import dev.llmconfig.sqlite.ConfigDatabase;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.sqlite.LedgerDatabase;
import dev.llmconfig.sqlite.UsageDatabase;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Sealing;
import dev.llmconfig.store.cluster.LocalStore;
import dev.llmconfig.store.cluster.LocalWorkloads;
import dev.llmconfig.store.local.EnvironmentKeys;
import dev.llmconfig.store.local.Identity;
import dev.llmconfig.store.local.KeyFile;
import dev.llmconfig.store.local.LocalObjects;
import dev.llmconfig.store.local.Migration;
import dev.llmconfig.store.local.Rotation;
import dev.llmconfig.store.local.StoreRefused;
import dev.llmconfig.verify.Asking;
import dev.llmconfig.verify.AskingInSteps;
import dev.llmconfig.verify.Pace;
import dev.llmconfig.verify.SystemAlarms;
import dev.llmconfig.verify.Verifier;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The standalone server's parts and how they hang together: all of its wiring is here.
final class StandaloneProcess implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StandaloneProcess.class);

  static final int NO_DIRECTORY = 73;

  private static final int READERS = 4;
  private static final long LOOK_MILLIS = 500;
  private static final long MANIFESTS_MILLIS = 1_000;
  private static final String LOGIN_FILE = "login-url";

  /// Somebody at a terminal waits for it to end, in ten seconds at most.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final StandaloneConfiguration configuration;
  private final Vertx vertx;
  private final LedgerDatabase ledger;
  private final LocalReconciler reconciler;
  private final MirrorPool mirror;
  private final MirrorWatch watch;
  private final UsageDatabase usage;
  private final NetworkTransport providers;
  private final Access access;
  private final SystemAlarms alarms = new SystemAlarms();
  private final Verifier tests;
  private final RestServer rest;
  private final LoginUrls logins;

  private StandaloneProcess(StandaloneConfiguration configuration, Shell shell) {
    var clock = shell.clock();
    var directory = configuration.dataDirectory();
    var catalogue = Catalogue.packed();
    this.configuration = configuration;
    var given = given(configuration);
    ledger = LedgerDatabase.open(directory, clock);
    try {
      var objects = new LocalObjects(ledger, new ObjectRows(catalogue));
      var ring = given.orElseGet(new KeyFile(directory)::make);
      if (configuration.ring().isEmpty()) {
        shell.warn(new KeyFile(directory).warning());
      }
      var names = new Identity(objects, clock).open(ring);
      RingSource source = () -> Optional.of(ring);
      access =
          new Access(
              new OwnMachine(configuration.token()), Duration.ZERO, clock, Ticker.systemTicker());
      var encryption = Encryption.with(source::current, clock);
      var env =
          configuration.env()
              ? configuration.envFile().flatMap(StandaloneProcess::file)
              : Optional.<Migration.Source>empty();
      var environment = configuration.env() ? shell.environment() : Map.<String, String>of();
      migrate(
          env,
          environment,
          configuration.config().flatMap(StandaloneProcess::file),
          new Migration(
              objects,
              new LocalStore(objects, access, encryption, EnvironmentKeys.NONE, clock),
              new Caller.Standalone(),
              catalogue),
          shell);
      var beside = EnvironmentKeys.of(env, environment, objects, encryption, clock, shell::warn);
      objects.change(desk -> {
        beside.settle(desk, Optional.empty());
        return true;
      });
      rotated(new Rotation(objects, ring, clock), ring);
      var store = new LocalStore(objects, access, encryption, beside, clock);
      vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
      var manifests = manifests(configuration, objects, shell);
      providers =
          new NetworkTransport(
              Limits.STANDARD, AddressRules.STANDARD, configuration.egress(), Lookup.SYSTEM);
      reconciler =
          LocalReconciler.start(
              objects,
              new dev.llmconfig.reconcile.Encryption(ring, names),
              Asking.through(new Prober(providers, Limits.STANDARD, clock)),
              catalogue,
              clock);
      tests =
          new Verifier(
              new AskingInSteps(new Prober(providers, Limits.STANDARD, clock)),
              (_, _) -> {},
              Pace.STANDARD,
              alarms,
              Executors.newVirtualThreadPerTaskExecutor(),
              new SecureRandom());
      mirror = new MirrorPool(() -> ConfigReader.of(directory), READERS);
      watch = new MirrorWatch(() -> ConfigReader.of(directory));
      usage = UsageDatabase.in(directory, UsageDatabase.USUALLY_KEPT, clock);
      var words = new LocalLogin(new Caller.Standalone(), Ticker.systemTicker());
      rest =
          rest(
              store,
              encryption,
              source,
              new LocalWorkloads(agent -> manifests.flatMap(one -> one.yaml(agent))),
              catalogue,
              names.installationId(),
              words,
              clock);
      logins = logins(words);
    } catch (RuntimeException failed) {
      ledger.close();
      throw failed;
    }
  }

  private RestServer rest(
      LocalStore store,
      Encryption encryption,
      RingSource ring,
      LocalWorkloads workloads,
      Catalogue catalogue,
      String installation,
      LocalLogin words,
      InstantSource clock) {
    var parts =
        new Parts(
            new Installation(
                Mode.Standalone,
                installation.substring(0, 6),
                Version.current(),
                "standalone",
                clock.instant(),
                configuration.basePath(),
                Set.of(),
                configuration.publicUrl(),
                Optional.empty(),
                configuration.trustedProxies(),
                configuration.plain()),
            access,
            new Sessions(ring::current, clock, Ticker.systemTicker()),
            ProxySecret.NONE,
            Optional.of(words),
            usage,
            usage,
            mirror,
            watch,
            ring,
            store,
            workloads,
            new KeyTools(
                store.drafts(), store.secrets(), encryption, Sealing.NONE, store.imports(), tests),
            catalogue,
            Profiles.builtIn(),
            new Chat(providers, Patience.STANDARD, clock, MonotonicClock.SYSTEM),
            RefusalCount.NONE,
            clock,
            Ticker.systemTicker());
    try {
      return RestServer.start(vertx, parts, Traffic.UNCOUNTED, configuration.listen());
    } catch (CompletionException failed) {
      stop();
      throw Refusal.of(
          OperatorCommand.WRONG_CONFIGURATION,
          "%s:%d is taken, or is no address of this machine; choose another one with --listen (port 0 takes a free one)."
              .formatted(configuration.listen().getHostString(), configuration.listen().getPort()));
    }
  }

  /// The encryption keys that there are, if they are those of the store; empty where nothing is
  /// encrypted yet, and a key may be made.
  private static Optional<KeyRing> given(StandaloneConfiguration configuration) {
    var directory = configuration.dataDirectory();
    var file = directory.resolve(ConfigDatabase.NAME);
    if (configuration.ring().isEmpty() && !configuration.keyFile()) {
      throw Refusal.of(
          OperatorCommand.WRONG_CONFIGURATION,
          "No encryption key is given, and --no-key-file forbids one beside the store; set"
              + " ENCRYPTION_KEY or ENCRYPTION_KEY_FILE (`llmconfig keygen` makes one).");
    }
    var ring = configuration.ring().or(() -> new KeyFile(directory).read());
    var sealed = LedgerDatabase.peek(directory, Identity.Sealed::of);
    if (sealed.isPresent() && !configuration.forgetUnreadableKeys()) {
      ring.ifPresent(keys -> sealed.get().refuseOther(keys, file));
      if (ring.isEmpty() && sealed.get().keys() > 0) {
        throw Refusal.of(
            OperatorCommand.WRONG_CONFIGURATION,
            "InvalidEncryptionKey: keys are stored in %s, and no encryption key is given. Give the key that was used before in ENCRYPTION_KEY or ENCRYPTION_KEY_FILE, or start with --forget-unreadable-keys to enter them again."
                .formatted(file));
      }
    }
    return ring;
  }

  private static void rotated(Rotation rotation, KeyRing ring) {
    var renewed = rotation.run();
    if (ring.ids().size() > 1) {
      log.atInfo()
          .addKeyValue("renewed", renewed)
          .addKeyValue("encrypts", ring.first())
          .log(
              rotation.settled()
                  ? "Every stored key is encrypted with the first key; the others can be left out"
                  : "Some stored keys open with none of the given keys and have to be entered"
                      + " again");
    }
  }

  private static void migrate(
      Optional<Migration.Source> env,
      Map<String, String> environment,
      Optional<Migration.Source> config,
      Migration migration,
      Shell shell) {
    migration
        .run(env, environment, config)
        .ifPresent(done -> {
          done.made().forEach(sentence -> log.info("{}", sentence));
          done.warnings().forEach(shell::warn);
        });
  }

  private static Optional<Migration.Source> file(Path path) {
    try {
      return Optional.of(new Migration.Source(path.toString(), Files.readAllBytes(path)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException _) {
      throw Refusal.of(
          OperatorCommand.WRONG_CONFIGURATION,
          "%s cannot be read; correct who may, or name another file.".formatted(path));
    }
  }

  private Optional<PlannedAgents> manifests(
      StandaloneConfiguration configuration, LocalObjects objects, Shell shell) {
    return configuration
        .manifests()
        .map(directory -> {
          var agents = new PlannedAgents(directory, shell, objects, shell.clock());
          agents.look();
          vertx.setPeriodic(
              MANIFESTS_MILLIS,
              _ ->
                  vertx.executeBlocking(() -> {
                    agents.look();
                    return true;
                  }));
          return agents;
        });
  }

  private LoginUrls logins(LocalLogin words) {
    var urls =
        new LoginUrls(
            words,
            "http://%s%s".formatted(reachable(), configuration.basePath()),
            Optional.of(configuration.dataDirectory().resolve(LOGIN_FILE)));
    vertx.setPeriodic(0, LOOK_MILLIS, _ -> vertx.executeBlocking(urls::keep));
    return urls;
  }

  static StandaloneProcess start(StandaloneConfiguration configuration, Shell shell) {
    try {
      var process = new StandaloneProcess(configuration, shell);
      process.warn(shell);
      return process;
    } catch (StoreFailure failure) {
      throw Refusal.of(NO_DIRECTORY, failure.sentence());
    } catch (StoreRefused refused) {
      throw Refusal.of(OperatorCommand.WRONG_CONFIGURATION, refused.sentence());
    } catch (Migration.Failed failed) {
      throw Refusal.of(OperatorCommand.WRONG_CONFIGURATION, failed.sentence());
    }
  }

  private void warn(Shell shell) {
    if (configuration.plain()) {
      shell.warn(
          "It listens on %s without encryption: whoever signs in from another machine does so in the clear, and whoever is on that network can read tokens, sessions and keys; put a proxy with https in front, and name it with --public-url and --trusted-proxies."
              .formatted(shown()));
    }
    if (configuration.tokenEasilyGuessed()) {
      shell.warn(
          "LLMCONFIG_TOKEN is short, and whoever reaches this address can guess it; `openssl rand"
              + " -hex 32` makes a better one.");
    }
  }

  /// Runs until a signal asks for the end.
  static int run(StandaloneConfiguration configuration, Shell shell) throws InterruptedException {
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> Ending.of(stop, stopped)));
    try (var process = start(configuration, shell)) {
      shell.out().println(process.logins.next());
      shell.out().flush();
      stop.await();
      log.info("The server ends");
      process.rest.farewell(PATIENCE);
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  int port() {
    return rest.port();
  }

  /// An address that signs one person in, once.
  String loginUrl() {
    return logins.next();
  }

  private String shown() {
    return configuration.listen().getHostString() + ":" + rest.port();
  }

  /// Every address of a machine is none that a browser can name, and no `Host` that we know.
  private String reachable() {
    return configuration.listen().getAddress().isAnyLocalAddress()
        ? "127.0.0.1:" + rest.port()
        : shown();
  }

  @Override
  public void close() {
    rest.close();
    stop();
    ledger.close();
  }

  private void stop() {
    reconciler.close();
    tests.close();
    alarms.close();
    access.close();
    providers.close();
    watch.close();
    mirror.close();
    usage.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
