package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.AuditRecord;
import dev.llmconfig.access.AuditTrail;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.LocalLogin;
import dev.llmconfig.access.PlayedReview;
import dev.llmconfig.access.Sessions;
import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SealingCertificate;
import dev.llmconfig.gateway.Chat;
import dev.llmconfig.gateway.MonotonicClock;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.Heartbeat;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorStore;
import dev.llmconfig.mirror.MirrorWatch;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.provider.Prober;
import dev.llmconfig.provider.transport.AddressRules;
import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.NetworkTransport;
import dev.llmconfig.provider.transport.Patience;
import dev.llmconfig.sqlite.ConfigDatabase;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.sqlite.UsageDatabase;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.verify.AskingInSteps;
import dev.llmconfig.verify.Pace;
import dev.llmconfig.verify.SystemAlarms;
import dev.llmconfig.verify.Verifier;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/// A sidecar whose cluster is played. Every answer that a test sees is held against the OpenAPI
/// document on the way.
final class RestStage implements AutoCloseable {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  static final String PROXY_SECRET = "what-only-the-proxy-knows";
  private static final KeyRing RING = KeyRing.of(FernetKey.generate());
  private static final Catalogue CATALOGUE = Catalogue.packed();
  private static final Profiles PROFILES = Profiles.builtIn();

  final PlayedReview review = new PlayedReview();
  private final Vertx vertx = Vertx.vertx();
  private final ConfigDatabase database;
  private final UsageDatabase usage;
  private final MirrorPool mirror;
  private final MirrorWatch watch;

  /// Every name is this machine.
  private final NetworkTransport network =
      new NetworkTransport(
          Limits.STANDARD,
          AddressRules.STANDARD,
          Egress.DIRECT,
          _ -> List.of(InetAddress.getLoopbackAddress()));

  private final Access access;
  private final RestServer server;
  private final JsonNode document;
  final PlayedStore store = new PlayedStore();
  final PlayedWorkloads workloads = new PlayedWorkloads();
  final PlayedSecrets secrets = new PlayedSecrets();
  final PlayedImports imports = new PlayedImports();
  final PlayedDrafts drafts = new PlayedDrafts();
  private final SystemAlarms alarms = new SystemAlarms();
  private final Verifier tests =
      new Verifier(
          new AskingInSteps(new Prober(network, Limits.STANDARD, () -> NOON)),
          (_, _) -> {},
          Pace.STANDARD,
          alarms,
          Executors.newVirtualThreadPerTaskExecutor(),
          new Random(1));
  private final AtomicLong nanos = new AtomicLong(1L << 50);
  private volatile Instant now = NOON;
  final LocalLogin login = new LocalLogin(new Caller.LocalKubeconfig(), nanos::get);
  private volatile Optional<SealingCertificate.Read> sealing = Optional.empty();
  private volatile Optional<KeyRing> ring = Optional.of(KeyRing.of(FernetKey.generate()));

  /// An answer as it came over the wire.
  record Heard(int status, Map<String, String> headers, String body, Buffer raw) {

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError(body, e);
      }
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
    }

    List<String> each(String field) {
      var found = new ArrayList<String>();
      json().path("items").forEach(item -> found.add(item.path(field).asText()));
      return found;
    }
  }

  /// Rows for the file.
  record Content(
      List<KeyRow> keyRows,
      List<ModelConfigRow> configRows,
      List<OfferedModels> lists,
      List<AgentRow> agentRows)
      implements MirrorStore.Content {
    @Override
    public Stream<KeyRow> keys() {
      return keyRows.stream();
    }

    @Override
    public Stream<ModelConfigRow> modelConfigs() {
      return configRows.stream();
    }

    @Override
    public Stream<OfferedModels> models() {
      return lists.stream();
    }

    @Override
    public Stream<AgentRow> agents() {
      return agentRows.stream();
    }
  }

  private final List<String> refused = new CopyOnWriteArrayList<>();
  private List<ProfileFile> profiles = List.of();

  RestStage(Path directory) {
    this(directory, "/");
  }

  RestStage(Path directory, String basePath) {
    this(directory, basePath, RouteTable::of);
  }

  /// With routes of a test's own.
  RestStage(Path directory, String basePath, Function<Parts, RouteTable> routes) {
    this(directory, basePath, routes, List.of());
  }

  RestStage(
      Path directory, String basePath, Function<Parts, RouteTable> routes, List<Network> proxies) {
    this(directory, basePath, routes, proxies, Timings.STANDARD);
  }

  RestStage(
      Path directory,
      String basePath,
      Function<Parts, RouteTable> routes,
      List<Network> proxies,
      Timings timings) {
    this(directory, basePath, routes, proxies, Playground.at("/webui-played/", basePath), timings);
  }

  RestStage(
      Path directory,
      String basePath,
      Function<Parts, RouteTable> routes,
      List<Network> proxies,
      List<Page> pages) {
    this(directory, basePath, routes, proxies, pages, Timings.STANDARD);
  }

  private RestStage(
      Path directory,
      String basePath,
      Function<Parts, RouteTable> routes,
      List<Network> proxies,
      List<Page> pages,
      Timings timings) {
    database = ConfigDatabase.in(directory, () -> now);
    usage = UsageDatabase.in(directory.resolve("usage"), UsageDatabase.USUALLY_KEPT, () -> now);
    mirror = new MirrorPool(() -> ConfigReader.of(directory), 2);
    watch = new MirrorWatch(() -> ConfigReader.of(directory));
    access = new Access(review, Duration.ofMinutes(30), () -> now, nanos::get);
    var parts =
        new Parts(
            new Installation(
                Mode.Cluster,
                "0a1b2c",
                "1.2.3",
                "pod-1",
                NOON,
                basePath,
                Set.of("llm-config", "llm-config.home.svc"),
                Optional.of(URI.create("https://llm.example.com")),
                Optional.of(URI.create("https://cd.example.com/argo/")),
                proxies,
                false),
            access,
            new Sessions(() -> Optional.of(RING), () -> now, nanos::get),
            PROXY_SECRET::equals,
            Optional.of(login),
            usage,
            usage,
            mirror,
            watch,
            () -> ring,
            store,
            workloads,
            new KeyTools(
                drafts,
                secrets,
                Encryption.with(() -> ring, () -> now),
                () -> sealing,
                imports,
                tests),
            CATALOGUE,
            PROFILES,
            new Chat(
                network,
                new Patience(Duration.ofSeconds(30), Duration.ofSeconds(30)),
                () -> now,
                MonotonicClock.SYSTEM),
            refused::add,
            () -> now,
            nanos::get);
    var table = routes.apply(parts);
    server =
        RestServer.start(
            vertx,
            parts,
            table,
            pages,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            timings);
    document = OpenApi.of(table, parts.installation());
  }

  List<AuditRecord> audited() {
    return usage.newest(100).stream().map(AuditTrail.Numbered::what).toList();
  }

  /// Why somebody was not let in, each time.
  List<String> refused() {
    return List.copyOf(refused);
  }

  JsonNode document() {
    return document;
  }

  void holds(Content content) {
    database.rebuild(content, heartbeat());
  }

  /// As a ConfigMap beside the operator holds them.
  void profiles(ProfileFile... files) {
    profiles = List.of(files);
    beats();
  }

  void beats() {
    database.beat(heartbeat());
  }

  private Heartbeat heartbeat() {
    return new Heartbeat(
        now, Set.of(), "pod-1", "pod-2", OptionalInt.of(2), Map.of("keys", "7"), profiles);
  }

  void changes(RowChange... changes) {
    database.write(List.of(changes));
  }

  void ring(Optional<KeyRing> held) {
    ring = held;
  }

  void seals(SealingCertificate.Read certificate) {
    sealing = Optional.of(certificate);
  }

  /// How many answers have no end yet.
  int streams() {
    return server.streams();
  }

  void endServer() {
    server.close();
  }

  /// As a process that was told to end does it first.
  void farewell(Duration patience) {
    try {
      server.farewell(patience);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while the server ended.", e);
    }
  }

  void pass(Duration time) {
    now = now.plus(time);
    nanos.addAndGet(time.toNanos());
  }

  Heard get(String token, String path) {
    return checked("GET", path, send("GET", "/api" + path, auth(token)));
  }

  /// Without a token, with these headers.
  Heard read(String path, String... headers) {
    return checked("GET", path, send("GET", "/api" + path, headers));
  }

  /// A change, with JSON unless a header says otherwise.
  Heard change(String method, String token, String path, String body, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    all.addAll(List.of(auth(token)));
    all.add("Host: localhost");
    all.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
    if (all.stream().noneMatch(one -> one.startsWith("Content-Type:"))) {
      all.add("Content-Type: application/json");
    }
    return checked(
        method,
        path,
        raw(
            "%s /api%s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n%s"
                .formatted(method, path, String.join("\r\n", all), latin1(body))));
  }

  /// So that the bytes that go out are those of UTF-8.
  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  Heard get(String token, String path, String header) {
    var all = new ArrayList<>(List.of(header));
    all.addAll(List.of(auth(token)));
    return checked("GET", path, send("GET", "/api" + path, all.toArray(String[]::new)));
  }

  private static String[] auth(String token) {
    return token.isEmpty() ? new String[0] : new String[] {"Authorization: Bearer " + token};
  }

  /// Byte for byte as it is written here, where a client library would put it right.
  Heard send(String method, String target, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    if (all.stream().noneMatch(one -> one.startsWith("Host:"))) {
      all.add("Host: localhost");
    }
    return raw(
        "%s %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
            .formatted(method, target, String.join("\r\n", all)));
  }

  Heard raw(String request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return heard(socket.getInputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Heard heard(InputStream in) throws IOException {
    return heard(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
  }

  /// @param text all of its bytes, each as a character
  static Heard heard(String text) {
    var end = text.indexOf("\r\n\r\n");
    var lines = text.substring(0, end).split("\r\n", -1);
    var headers = new TreeMap<String, String>();
    for (var line : List.of(lines).subList(1, lines.length)) {
      var colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
          line.substring(colon + 1).strip(),
          (one, other) -> one + "\n" + other);
    }
    var body = text.substring(end + 4);
    var bytes =
        ("chunked".equals(headers.get("transfer-encoding")) ? joined(body) : body)
            .getBytes(StandardCharsets.ISO_8859_1);
    return new Heard(
        Integer.parseInt(lines[0].split(" ", -1)[1]),
        headers,
        new String(bytes, StandardCharsets.UTF_8),
        Buffer.buffer(bytes));
  }

  /// The pieces of an answer that came in pieces; one that ends without its last one was cut.
  private static String joined(String chunked) {
    var whole = new StringBuilder();
    var at = 0;
    while (true) {
      var line = chunked.indexOf("\r\n", at);
      if (line < 0) {
        return whole.append("(cut)").toString();
      }
      var size = Integer.parseInt(chunked.substring(at, line).strip(), 16);
      if (size == 0) {
        return whole.toString();
      }
      whole.append(chunked, line + 2, line + 2 + size);
      at = line + 2 + size + 2;
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  /// A connection of a test's own.
  Socket connection() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /// An answer that the document does not know fails the test that met it.
  private Heard checked(String method, String target, Heard heard) {
    assertThat(new Documented(document).problems(method, target, heard))
        .as("%s %s, %d: %s", method, target, heard.status(), heard.body())
        .isEmpty();
    return heard;
  }

  @Override
  public void close() {
    server.close();
    tests.close();
    alarms.close();
    network.close();
    watch.close();
    access.close();
    mirror.close();
    usage.close();
    database.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
