package dev.llmconfig.provider.transport;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy that takes every name for this machine, and remembers what it was asked for.
public final class FakeProxy implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final NetClient sockets = vertx.createNetClient();
  private final HttpClient http = vertx.createHttpClient();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final int refusal;

  /// Starts it.
  ///
  /// @param refusal the status it refuses everybody with; 0 to serve
  public FakeProxy(int refusal) {
    this.refusal = refusal;
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(this::handle);
    server.listen().toCompletionStage().toCompletableFuture().join();
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  public List<String> asked() {
    return asked;
  }

  private void handle(HttpServerRequest request) {
    asked.add(request.method() + " " + request.uri());
    if (refusal != 0) {
      request.response().setStatusCode(refusal).end();
    } else if (request.method().equals(HttpMethod.CONNECT)) {
      tunnel(request, port(request.uri()));
    } else {
      forward(request);
    }
  }

  private void tunnel(HttpServerRequest request, int port) {
    sockets
        .connect(port, "127.0.0.1")
        .onFailure(_ -> request.response().setStatusCode(502).end())
        .onSuccess(far -> request.toNetSocket().onSuccess(near -> join(near, far)));
  }

  private static void join(NetSocket near, NetSocket far) {
    near.handler(far::write).closeHandler(_ -> far.close());
    far.handler(near::write).closeHandler(_ -> near.close());
  }

  private void forward(HttpServerRequest request) {
    String uri = request.uri();
    int slash = uri.indexOf('/', "http://".length());
    http.request(HttpMethod.GET, port(uri.substring(7, slash)), "127.0.0.1", uri.substring(slash))
        .compose(outgoing -> {
          outgoing.headers().addAll(request.headers());
          return outgoing.send();
        })
        .compose(answer -> answer.body().map(body -> new Object[] {answer, body}))
        .onSuccess(both -> request.response().end((io.vertx.core.buffer.Buffer) both[1]));
  }

  private static int port(String authority) {
    return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
