package dev.llmconfig.provider.transport;

import dev.llmconfig.api.VerdictReason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One connection and the one request on it. Runs on an event loop and hands its result to the
/// thread that waits; whoever gives up waiting closes the connection with it.
final class Exchange {

  private static final int LARGEST_ERROR_BODY = 16 * 1024;
  private static final int PROXY_WANTS_LOGIN = 407;

  /// The times of a body that is handed over as it comes.
  record Times(Deadline first, Deadline total) {}

  private final @Nullable Request request;
  private final @Nullable Times flowing;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<Received> received = new CompletableFuture<>();
  private final Buffer read = Buffer.buffer();
  private final FirstBytes firstBytes = new FirstBytes();
  private boolean headSeen;

  /// Touched by the event loop and by the thread that gives up.
  private @Nullable HttpConnection connection;

  private boolean closed;

  private Exchange(@Nullable Request request, @Nullable Times flowing) {
    this.request = request;
    this.flowing = flowing;
  }

  /// Ends with a whole reply. Without a request it only connects.
  static Exchange whole(@Nullable Request request) {
    return new Exchange(request, null);
  }

  /// Ends with a good answer that has only begun, or with a whole refusal.
  static Exchange flowing(Request request, Times times) {
    return new Exchange(request, times);
  }

  /// Fails with a TransportFailure only.
  CompletableFuture<Void> connected() {
    return connected;
  }

  /// As it came, still packed. Fails with a TransportFailure only.
  CompletableFuture<Received> received() {
    return received;
  }

  void start(Future<HttpClientRequest> connecting) {
    connecting.onSuccess(this::onConnected).onFailure(this::onNotConnected);
  }

  /// Closes the connection, also one that is still to come, and lets nobody wait for it.
  void close() {
    HttpConnection toClose;
    synchronized (this) {
      closed = true;
      toClose = connection;
    }
    if (toClose != null) {
      toClose.close();
    }
    TransportFailure hungUp = TransportFailure.of(VerdictReason.ProviderUnavailable, "hung up");
    connected.completeExceptionally(hungUp);
    received.completeExceptionally(hungUp);
  }

  /// How much of an answer is read: of an error only what can hold its message.
  static int largest(Request request, int status) {
    return status >= 400 ? LARGEST_ERROR_BODY : request.largestBody();
  }

  private void onConnected(HttpClientRequest outgoing) {
    boolean wanted;
    synchronized (this) {
      connection = outgoing.connection();
      wanted = !closed;
    }
    // Without these, Vert.x logs the message of the exception, which may quote what was received.
    outgoing.connection().exceptionHandler(_ -> {});
    outgoing.exceptionHandler(_ -> {});
    firstBytes.watch(outgoing.connection());
    connected.complete(null);
    if (!wanted) {
      outgoing.connection().close();
    } else if (request != null) {
      send(request, outgoing);
    }
  }

  private void onNotConnected(Throwable cause) {
    connected.completeExceptionally(Diagnosis.connecting(cause));
  }

  private void send(Request request, HttpClientRequest outgoing) {
    request.headers().forEach(outgoing::putHeader);
    Future<HttpClientResponse> response =
        request.body().isEmpty() ? outgoing.send() : outgoing.send(Buffer.buffer(request.body()));
    response.onSuccess(head -> onHead(request, head)).onFailure(this::onBroken);
  }

  private void onHead(Request request, HttpClientResponse response) {
    headSeen = true;
    int status = response.statusCode();
    if (status == PROXY_WANTS_LOGIN) {
      fail(TransportFailure.of(VerdictReason.EndpointUnreachable, "the proxy wants a login"));
    } else if (status >= 300 && status < 400) {
      finish(response, false); // nothing that a redirect says is of interest
    } else if (flowing != null && status < 400) {
      flow(request, response, flowing);
    } else {
      int largest = largest(request, status);
      response.exceptionHandler(this::onBroken);
      response.endHandler(_ -> finish(response, false));
      response.handler(chunk -> {
        read.appendBuffer(chunk);
        if (read.length() > largest) {
          finish(response, true);
        }
      });
    }
  }

  private void flow(Request request, HttpClientResponse response, Times times) {
    Reply head = new Reply(response.statusCode(), copy(response.headers()), new byte[0], false);
    Inflow body =
        new Inflow(head, request.largestBody(), times.first(), times.total(), tap(response));
    response.exceptionHandler(cause -> body.broken(Diagnosis.afterTheHead(cause)));
    response.endHandler(_ -> body.ended());
    response.handler(chunk -> body.came(chunk.getBytes()));
    received.complete(new Received.Flowing(body));
  }

  /// The reader's thread is not the one that may touch the response.
  private Inflow.Tap tap(HttpClientResponse response) {
    Context loop = Objects.requireNonNull(Vertx.currentContext(), "a head comes on a loop");
    return new Inflow.Tap() {
      @Override
      public void stop() {
        response.pause();
      }

      @Override
      public void goOn() {
        loop.runOnContext(_ -> response.resume());
      }

      @Override
      public void close() {
        Exchange.this.close();
      }
    };
  }

  private void finish(HttpClientResponse response, boolean tooLarge) {
    received.complete(
        new Received.Whole(
            new Reply(response.statusCode(), copy(response.headers()), read.getBytes(), tooLarge)));
    if (tooLarge) {
      close();
    }
  }

  private void onBroken(Throwable cause) {
    fail(
        headSeen
            ? Diagnosis.afterTheHead(cause)
            : Diagnosis.beforeTheHead(cause, firstBytes.none(), firstBytes.likeHttp()));
  }

  private void fail(TransportFailure failure) {
    received.completeExceptionally(failure);
    close();
  }

  private static Map<String, List<String>> copy(MultiMap headers) {
    Map<String, List<String>> copy = new HashMap<>();
    headers.forEach((name, value) ->
        copy.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(value));
    return copy;
  }
}
