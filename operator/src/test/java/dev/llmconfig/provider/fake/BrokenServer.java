package dev.llmconfig.provider.fake;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Something on a port that is no HTTP server, or a bad one.
public final class BrokenServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger connections = new AtomicInteger();
  private final NetServer server;

  private BrokenServer(int port, Consumer<NetSocket> behaviour) {
    server =
        vertx
            .createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(port))
            .connectHandler(socket -> {
              connections.incrementAndGet();
              socket.exceptionHandler(_ -> {});
              behaviour.accept(socket);
            });
    server.listen().toCompletionStage().toCompletableFuture().join();
  }

  /// Accepts, and never says anything.
  public static BrokenServer silent(int port) {
    return new BrokenServer(port, _ -> {});
  }

  /// Answers the first bytes with these, and closes.
  public static BrokenServer answering(int port, Buffer bytes) {
    return new BrokenServer(port, socket -> socket.handler(_ -> socket.end(bytes)));
  }

  /// Says them without being asked, and stays.
  public static BrokenServer blurting(int port, Buffer bytes) {
    return new BrokenServer(port, socket -> socket.write(bytes));
  }

  /// Takes the first bytes, and closes without a word.
  public static BrokenServer closing(int port) {
    return new BrokenServer(port, socket -> socket.handler(_ -> socket.close()));
  }

  public int port() {
    return server.actualPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
