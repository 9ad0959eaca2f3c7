package dev.llmconfig.rest;

import dev.llmconfig.provider.transport.HangUp;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The API over HTTP. Event loops only read and write: what may block runs on virtual threads.
public final class RestServer implements AutoCloseable {

  private static final int LONGEST_LINE = 64 * 1024;
  private static final int LARGEST_HEADERS = 48 * 1024;

  private final Installation installation;
  private final Door door;
  private final RouteTable table;
  private final Traffic traffic;
  private final Timings timings;
  private final Set<HangUp> streaming = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Hesitation hesitation;
  private final HttpServer server;

  private RestServer(
      Vertx vertx,
      Parts parts,
      RouteTable table,
      List<Page> pages,
      Traffic traffic,
      InetSocketAddress listen,
      Timings timings) {
    this.timings = timings;
    this.hesitation = new Hesitation(vertx, timings.firstRequest(), timings.idle());
    this.installation = parts.installation();
    this.table = table;
    this.traffic = traffic;
    this.door = new Door(parts, new Credentials(parts), auditing(parts));
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(listen.getHostString())
                    .setPort(listen.getPort())
                    .setHttp2ClearTextEnabled(false)
                    .setMaxInitialLineLength(LONGEST_LINE)
                    .setMaxHeaderSize(LARGEST_HEADERS)
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setIdleTimeout(Math.toIntExact(timings.idle().toMillis())))
            .connectionHandler(hesitation::begins)
            .requestHandler(guarded(router(vertx, table, pages)))
            .invalidRequestHandler(this::unreadable);
  }

  /// Port 0 takes a free one; [#port] tells which.
  ///
  /// @throws java.util.concurrent.CompletionException when the address cannot be taken
  public static RestServer start(
      Vertx vertx, Parts parts, Traffic traffic, InetSocketAddress listen) {
    var pages = Playground.built(parts.installation().basePath());
    return listening(
        new RestServer(
            vertx, parts, RouteTable.of(parts), pages, traffic, listen, Timings.STANDARD));
  }

  static RestServer start(
      Vertx vertx,
      Parts parts,
      RouteTable table,
      List<Page> pages,
      InetSocketAddress listen,
      Timings timings) {
    return listening(
        new RestServer(vertx, parts, table, pages, Traffic.UNCOUNTED, listen, timings));
  }

  private static RestServer listening(RestServer rest) {
    rest.server.listen().toCompletionStage().toCompletableFuture().join();
    return rest;
  }

  static Auditing auditing(Parts parts) {
    return new Auditing(parts.audit(), parts.clock(), parts.ticker());
  }

  public int port() {
    return server.actualPort();
  }

  /// How many answers have no end yet.
  public int streams() {
    return streaming.size();
  }

  /// Whoever has asked is answered to the end, if that takes no longer than this, and finds another
  /// server for what comes next. What is told without an end says good-bye.
  public void farewell(Duration patience) throws InterruptedException {
    table.close();
    hesitation.lastAnswers(patience);
  }

  @Override
  public void close() {
    table.close();
    // While those are there who have to end something.
    streaming.forEach(HangUp::now);
    server.close().toCompletionStage().toCompletableFuture().join();
    threads.shutdownNow();
    try {
      var _ = threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What no route is asked about.
  private io.vertx.core.Handler<HttpServerRequest> guarded(Router router) {
    return request -> {
      hesitation.asks(request);
      if (!installation.knows(request.headers().getAll("Host"))) {
        refuse(request, ProblemReason.HostNotAllowed, "This server is not known by that name.");
      } else if (!RawPath.plain(request.uri())
          && !RawPath.path(request.uri()).equals(installation.basePath())) {
        refuse(request, ProblemReason.NotFound, "There is nothing at this address.");
      } else {
        router.handle(request);
      }
    };
  }

  /// What is no request that HTTP knows, or too long for one.
  private void unreadable(HttpServerRequest request) {
    var why = request.decoderResult().cause();
    if (why instanceof TooLongHttpLineException) {
      refuse(request, ProblemReason.AddressTooLong, "The address is longer than 64 KiB.");
    } else if (why instanceof TooLongHttpHeaderException) {
      refuse(request, ProblemReason.HeadersTooLarge, "The headers are larger than 48 KiB.");
    } else {
      refuse(request, ProblemReason.MalformedRequest, "This is no request of HTTP.");
    }
    request.connection().close();
  }

  private Router router(Vertx vertx, RouteTable table, List<Page> pages) {
    var router = Router.router(vertx);
    // A word of ours is nobody's id, whatever the method.
    var paths = new LinkedHashMap<String, List<Route>>();
    for (var ofAnObject : List.of(false, true)) {
      for (var route : table.routes()) {
        if (route.ofAnObject() == ofAnObject) {
          paths.computeIfAbsent(route.path(), _ -> new ArrayList<>()).add(route);
        }
      }
    }
    paths.forEach((path, routes) -> answer(router, path, routes));
    for (var page : pages) {
      var path = installation.basePath() + page.path();
      for (var method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
        router.route(method, path).handler(one -> show(one.request(), page));
      }
      only("GET, HEAD", router.route(path));
    }
    if (installation.basePath().length() > 1) {
      var bare = installation.basePath().substring(0, installation.basePath().length() - 1);
      router.route(HttpMethod.GET, bare).handler(one -> home(one.request()));
      router.route(HttpMethod.HEAD, bare).handler(one -> home(one.request()));
    }
    // The router reads the query of a path with an id, before anybody else does.
    router.errorHandler(
        ProblemReason.UnknownParameter.status(),
        one ->
            new Reply(one.request(), installation)
                .send(
                    Answer.problem(
                        Refusal.parameters(List.of(Query.UNREADABLE)),
                        Reply.requestId(one.request()))));
    router
        .route()
        .handler(one ->
            refuse(one.request(), ProblemReason.NotFound, "There is nothing at this address."));
    return router;
  }

  private void answer(Router router, String written, List<Route> routes) {
    var path = installation.api() + written.replace("{id}", ":id");
    var methods = new ArrayList<String>();
    for (var route : routes) {
      for (var method : route.reads() ? List.of("GET", "HEAD") : List.of(route.method())) {
        methods.add(method);
        router.route(HttpMethod.valueOf(method), path).handler(one -> ask(one, route));
      }
    }
    only(String.join(", ", methods), router.route(path));
  }

  private void only(String methods, io.vertx.ext.web.Route route) {
    route.handler(one ->
        new Reply(one.request(), installation)
            .send(
                problem(
                        ProblemReason.MethodNotAllowed,
                        "This route does not know the method.",
                        one.request())
                    .with("Allow", methods)));
  }

  private void show(HttpServerRequest request, Page page) {
    var reply = new Reply(request, installation);
    reply.send(page.to(states(request, "If-None-Match"), reply.unpacks()));
  }

  /// Who forgets the slash at the end means the page.
  private void home(HttpServerRequest request) {
    var there = Map.of("Location", installation.basePath());
    new Reply(request, installation).send(new Answer(308, there, List.of(), Buffer.buffer()));
  }

  private void ask(RoutingContext context, Route route) {
    if (route.sent() instanceof Sent.Nothing) {
      knock(context, route, Buffer.buffer());
      return;
    }
    var request = context.request();
    Upload.of(
        context.vertx(),
        request,
        timings.body(),
        body -> {
          if (packed(request)) {
            Upload.wipe(body);
            refuse(
                request,
                ProblemReason.UnsupportedMediaType,
                "The body is packed, as its Content-Encoding says; send it as it is.");
          } else {
            knock(context, route, body);
          }
        },
        () ->
            new Reply(request, installation)
                .sendAhead(
                    problem(ProblemReason.TooLarge, "The body is larger than 1 MiB.", request)));
  }

  private static boolean packed(HttpServerRequest request) {
    return request.headers().getAll("Content-Encoding").stream()
        .anyMatch(one -> !one.isBlank() && !one.strip().equalsIgnoreCase("identity"));
  }

  private void knock(RoutingContext context, Route route, Buffer body) {
    var request = context.request();
    var reply = new Reply(request, installation);
    var knock =
        new Door.Knock(
            Reply.requestId(request),
            RawPath.path(request.uri()),
            route.ofAnObject() ? String.valueOf(context.pathParam("id")) : "",
            RawPath.query(request.uri()),
            visitor(request),
            states(request, "If-None-Match"),
            states(request, "If-Match"),
            header(request, "Content-Type"),
            body,
            header(request, "Last-Event-ID"),
            String.join(",", request.headers().getAll("Accept")),
            gone(request.response(), route));
    var loop = context.vertx().getOrCreateContext();
    var began = System.nanoTime();
    threads.execute(() -> {
      var answer = reply.packed(door.open(route, knock));
      traffic.answered(route.path(), answer.status(), Duration.ofNanos(System.nanoTime() - began));
      if (answer.pour().isPresent() && !request.method().equals(HttpMethod.HEAD)) {
        new Pouring(context.vertx(), loop, reply, knock, timings.ping())
            .of(answer, answer.pour().get());
      } else {
        loop.runOnContext(_ -> reply.send(answer));
      }
    });
  }

  private static Visitor visitor(HttpServerRequest request) {
    return new Visitor(
        request.remoteAddress().hostAddress(),
        header(request, "Host"),
        request.headers().getAll("Authorization"),
        request.headers().getAll("Cookie"),
        header(request, OpenApiHeaders.CSRF),
        header(request, "Origin"),
        header(request, "Sec-Fetch-Site"),
        new Visitor.Forwarded(
            request.headers().getAll("X-Forwarded-User"),
            request.headers().getAll("X-Forwarded-Groups"),
            header(request, "x-llmconfig-proxy-secret")));
  }

  private static String header(HttpServerRequest request, String name) {
    return Objects.requireNonNullElse(request.getHeader(name), "");
  }

  private HangUp gone(HttpServerResponse response, Route route) {
    var gone = new HangUp();
    response.closeHandler(_ -> gone.now());
    if (route.streams()) {
      streaming.add(gone);
      response.endHandler(_ -> streaming.remove(gone));
    }
    return gone;
  }

  private static List<String> states(HttpServerRequest request, String header) {
    return request.headers().getAll(header).stream()
        .flatMap(value -> Asked.states(value).stream())
        .toList();
  }

  private void refuse(HttpServerRequest request, ProblemReason reason, String sentence) {
    new Reply(request, installation).send(problem(reason, sentence, request));
  }

  private static Answer problem(ProblemReason reason, String sentence, HttpServerRequest request) {
    return Answer.problem(Refusal.of(reason, sentence), Reply.requestId(request));
  }

  static String newRequestId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
