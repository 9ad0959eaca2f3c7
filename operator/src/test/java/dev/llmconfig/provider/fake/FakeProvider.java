package dev.llmconfig.provider.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A provider of every dialect on a loopback port. What it answers is chosen by the model's name
/// (`fx-OA13`), by the key (`sk-proj-fx-OA02-…`), or by the path (`/fx/OA02/v1`); everything else
/// goes well, and is answered like Echo. A path that begins with `/open` needs no key.
public final class FakeProvider implements AutoCloseable {

  private static final Duration LATE = Duration.ofSeconds(15);

  private final Vertx vertx;
  private final HttpServer server;
  private final Spoilt spoilt;
  private final List<Fixture> fixtures = Fixtures.all();
  private final List<String> tlsNames = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Map<String, Boolean> answeredOnce = new ConcurrentHashMap<>();
  private final Map<String, Fixture> moods = new ConcurrentHashMap<>();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Performance> performances = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicReference<Duration> thinking = new AtomicReference<>(Duration.ZERO);
  private final AtomicReference<String> elsewhere = new AtomicReference<>("http://127.0.0.1:1");

  private FakeProvider(HttpServerOptions options, Duration late) {
    vertx = Vertx.vertx();
    spoilt = new Spoilt(vertx, late);
    server =
        vertx
            .createHttpServer(options.setTcpNoDelay(true).setMaxHeaderSize(1 << 20)) // traps G17
            .connectionHandler(this::connected)
            .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)));
    server.listen().toCompletionStage().toCompletableFuture().join();
  }

  public static FakeProvider start() {
    return start(0, LATE);
  }

  /// On a given port.
  ///
  /// @param late how late an answer is that comes too late
  public static FakeProvider start(int port, Duration late) {
    return new FakeProvider(new HttpServerOptions().setHost("127.0.0.1").setPort(port), late);
  }

  public static FakeProvider startTls(int port, TlsFiles certificate) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setSsl(true)
            .setSni(true)
            .setKeyCertOptions(certificate.keyCert());
    return new FakeProvider(options, LATE);
  }

  public int port() {
    return server.actualPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /// Everything that came, in order.
  public List<Seen> seen() {
    return new ArrayList<>(seen);
  }

  public List<Seen> seen(FakeCall call) {
    return seen.stream().filter(request -> request.call() == call).toList();
  }

  /// The names that TLS clients asked for.
  public List<String> tlsNames() {
    return new ArrayList<>(tlsNames);
  }

  public void forget() {
    seen.clear();
    tlsNames.clear();
    answeredOnce.clear();
    performances.clear();
    scripts.clear();
  }

  /// Where a redirect leads to.
  public void redirectTo(String url) {
    elsewhere.set(url);
  }

  /// From now on everything below this path is answered so, whatever the key.
  public void mood(String path, Mood mood) {
    moods.put(path, mood.fixture());
  }

  /// Below this path all goes well again.
  public void well(String path) {
    moods.remove(path);
  }

  /// From now on a completion of this model is answered so.
  public void plays(String model, Script script) {
    scripts.put(model, script);
  }

  /// The playings of scripts, in order.
  public List<Performance> performances() {
    return new ArrayList<>(performances);
  }

  /// How long every answer takes from now on.
  public void thinksFor(Duration each) {
    thinking.set(each);
  }

  /// How many connections there have been.
  public int connections() {
    return connections.get();
  }

  /// How many requests waited for their answer at the same time.
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void connected(HttpConnection connection) {
    connections.incrementAndGet();
    if (connection.isSsl()) {
      tlsNames.add(connection.indicatedServerName());
    }
  }

  private void handle(HttpServerRequest request, Buffer raw) {
    Asked asked = Asked.of(request, raw);
    if (asked.path().startsWith("/__")) {
      new Desk(this).handle(asked);
      return;
    }
    seen.add(asked.seen());
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    // Called once, whether it was answered or the connection ended.
    request.response().endHandler(_ -> atOnce.decrementAndGet());
    var pause = thinking.get();
    if (pause.isZero()) {
      respond(asked);
    } else {
      vertx.setTimer(pause.toMillis(), _ -> respond(asked));
    }
  }

  private void respond(Asked asked) {
    HttpServerRequest request = asked.request();
    request.response().putHeader("content-type", "application/json");
    if (request.getParam("key") != null) {
      refuse(asked, 400, "A key in a URL ends up in logs.", "key_in_url"); // traps P12
      return;
    }
    Optional<Script> script = script(asked);
    Optional<Fixture> fixture = fixture(asked).filter(f -> !f.once() || firstTime(f, asked));
    boolean open =
        asked.path().startsWith("/open/")
            || asked.dialect() == FakeDialect.Ollama
            || fixture.filter(Fixture::withoutKey).isPresent();
    if (asked.key().isEmpty() && !open) {
      refuse(asked, 401, "No key was sent.", asked.dialect().invalidKey());
    } else if (script.isPresent()) {
      perform(asked, script.get());
    } else if (fixture.isPresent()) {
      play(asked, fixture.get());
    } else {
      request.response().putHeader("x-request-id", "req_good");
      answer(asked);
    }
  }

  private Optional<Script> script(Asked asked) {
    boolean chat = asked.call() == FakeCall.Completion || asked.call() == FakeCall.Responses;
    return chat ? Optional.ofNullable(scripts.get(asked.model())) : Optional.empty();
  }

  private void perform(Asked asked, Script script) {
    Performance performance = new Performance(vertx, script);
    performances.add(performance);
    performance.play(asked.request());
  }

  private void play(Asked asked, Fixture fixture) {
    HttpServerResponse response = asked.request().response().setStatusCode(fixture.status());
    boolean own = fixture.headers().keySet().stream().anyMatch(name -> name.contains("request"));
    if (!own) {
      response.putHeader("x-request-id", "req_fixture");
    }
    fixture.headers().forEach((name, value) -> response.putHeader(name, quoted(value, asked)));
    boolean later = asked.has("after_id") || asked.has("pageToken");
    String body = later && !fixture.pages().isEmpty() ? fixture.pages().getFirst() : fixture.body();
    spoilt.send(asked.request(), fixture.fault(), quoted(body, asked));
  }

  private void answer(Asked asked) {
    HttpServerResponse response = asked.request().response();
    FakeDialect dialect = asked.dialect();
    String model = asked.model();
    switch (asked.call()) {
      case Key -> end(response, GoodAnswers.key(asked.path()));
      case List -> end(response, GoodAnswers.list(asked.path(), dialect));
      case Tokens -> end(response, GoodAnswers.tokens(dialect));
      case Responses -> end(response, GoodAnswers.response(model, asked.body()));
      case Model -> {
        if (GoodAnswers.known(model)) {
          end(response, GoodAnswers.entry(model, asked.path(), dialect));
        } else {
          refuse(asked, 404, "model '" + model + "' not found", dialect.notFound());
        }
      }
      case Completion -> {
        if (asked.streams()) {
          Streams.send(vertx, response, dialect, model, asked.body());
        } else {
          end(response, GoodAnswers.completion(dialect, model, asked.body()));
        }
      }
      case Unknown -> refuse(asked, 404, "There is nothing here.", "not_found");
    }
  }

  private Optional<Fixture> fixture(Asked asked) {
    Optional<Fixture> mood =
        moods.entrySet().stream()
            .filter(one -> asked.path().startsWith(one.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    if (mood.isPresent()) {
      return mood;
    }
    return Fixtures.namedIn(asked.path().replaceFirst("^/fx/", "fx-"), fixtures)
        .filter(_ -> asked.path().startsWith("/fx/"))
        .or(() -> Fixtures.namedIn(asked.model(), fixtures))
        .or(() -> asked.key().flatMap(key -> Fixtures.namedIn(key.value(), fixtures)))
        .filter(fixture -> fixture.call() == asked.call());
  }

  private boolean firstTime(Fixture fixture, Asked asked) {
    String once = fixture.id() + asked.key().map(FakeKey::id).orElse("");
    return answeredOnce.putIfAbsent(once, true) == null;
  }

  private String quoted(String text, Asked asked) {
    String withPlace = text.replace("{ELSEWHERE}", elsewhere.get());
    return asked.key().map(key -> key.quotedIn(withPlace)).orElse(withPlace);
  }

  private static void refuse(Asked asked, int status, String message, String code) {
    end(
        asked.request().response().setStatusCode(status),
        GoodAnswers.error(asked.dialect(), status, message, code));
  }

  private static void end(HttpServerResponse response, ObjectNode body) {
    response.end(body.toString());
  }
}
