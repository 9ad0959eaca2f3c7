package dev.llmconfig.provider.transport;

import dev.llmconfig.api.VerdictReason;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Requests over the network. Each has a connection of its own to an address that was checked just
/// before, while host name and TLS name stay those of the URL; there is no second look-up between
/// check and use. Connections are not kept: a probe is rare, and one that was kept would have to be
/// checked again.
public final class NetworkTransport implements Transport, Streaming, AutoCloseable {

  private static final int LARGEST_HEAD = 32 * 1024;
  private static final int EVENT_LOOPS = 2;

  /// Who calls us limits how much is in flight; a second limit here would only hide waiting.
  private static final int MOST_CONNECTIONS = 100_000;

  private final Limits limits;
  private final ExtraTrust everywhere;
  private final Routes routes;
  private final Vertx vertx;
  private final HttpClient client;

  public NetworkTransport(Limits limits, AddressRules rules, Egress egress, Lookup lookup) {
    this.limits = limits;
    this.everywhere = egress.trust();
    this.routes = new Routes(rules, egress.proxies(), lookup, limits.connect());
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.client = vertx.createHttpClient(options(everywhere));
  }

  @Override
  public Reply send(Request request, Deadline deadline)
      throws TransportFailure, InterruptedException {
    return whole(
        exchange(request.destination(), request, deadline, () -> Exchange.whole(request)), request);
  }

  @Override
  public void connect(Destination destination, Deadline deadline)
      throws TransportFailure, InterruptedException {
    exchange(destination, null, deadline, () -> Exchange.whole(null));
  }

  @Override
  public Received open(Request request, Patience patience, HangUp hangUp)
      throws TransportFailure, InterruptedException {
    Deadline total = Deadline.in(patience.total());
    Exchange.Times times = new Exchange.Times(total.atMost(patience.firstByte()), total);
    Supplier<Exchange> exchanges =
        () -> {
          Exchange exchange = Exchange.flowing(request, times);
          hangUp.follow(exchange::close);
          return exchange;
        };
    Received received = exchange(request.destination(), request, times.first(), exchanges);
    return switch (received) {
      case Received.Whole refused -> new Received.Whole(whole(refused, request));
      case Received.Flowing flowing -> {
        hangUp.follow(flowing.body()::close);
        yield flowing;
      }
    };
  }

  @Override
  public void close() {
    routes.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static Reply whole(Received received, Request request) {
    return switch (received) {
      case Received.Whole(Reply packed) -> Unpacking.of(packed, request);
      case Received.Flowing _ -> throw new IllegalStateException("nobody asked for it in pieces");
    };
  }

  /// Nothing on the other side of `connect` is a reply, so then an empty one is returned.
  private Received exchange(
      Destination destination,
      @Nullable Request request,
      Deadline deadline,
      Supplier<Exchange> exchanges)
      throws TransportFailure, InterruptedException {
    Deadline connectBy = deadline.atMost(limits.connect());
    List<Route> ways = routes.to(destination, connectBy);
    if (destination.trust().certificates().isEmpty()) {
      return exchange(client, ways, destination, request, connectBy, deadline, exchanges);
    }
    HttpClient own = vertx.createHttpClient(options(everywhere.and(destination.trust())));
    boolean flowing = false;
    try {
      Received received = exchange(own, ways, destination, request, connectBy, deadline, exchanges);
      if (received instanceof Received.Flowing(Inflow body)) {
        flowing = true;
        body.whenClosed(own::close);
      }
      return received;
    } finally {
      if (!flowing) {
        own.close();
      }
    }
  }

  private static Received exchange(
      HttpClient used,
      List<Route> ways,
      Destination destination,
      @Nullable Request request,
      Deadline connectBy,
      Deadline deadline,
      Supplier<Exchange> exchanges)
      throws TransportFailure, InterruptedException {
    for (int i = 0; ; i++) {
      boolean last = i == ways.size() - 1;
      Deadline thisOne =
          last ? connectBy : connectBy.atMost(connectBy.left().dividedBy(ways.size() - i));
      Exchange exchange = exchanges.get();
      boolean flowing = false;
      try {
        exchange.start(used.request(options(destination, request, ways.get(i))));
        if (connected(exchange, thisOne, last)) {
          if (request == null) {
            return new Received.Whole(Reply.NOTHING);
          }
          Received received = await(exchange.received(), deadline);
          flowing = received instanceof Received.Flowing;
          return received;
        }
      } catch (TimeoutException tooLate) {
        throw TransportFailure.of(VerdictReason.Timeout, "no answer in time");
      } finally {
        if (!flowing) {
          exchange.close();
        }
      }
    }
  }

  /// False when this address cannot be reached and there is another one to try.
  private static boolean connected(Exchange exchange, Deadline deadline, boolean last)
      throws TransportFailure, InterruptedException {
    try {
      await(exchange.connected(), deadline);
      return true;
    } catch (TimeoutException tooLate) {
      if (last) {
        throw TransportFailure.of(VerdictReason.EndpointUnreachable, "no connection in time");
      }
    } catch (TransportFailure failed) {
      if (last || failed.reason() != VerdictReason.EndpointUnreachable) {
        throw failed;
      }
    }
    return false;
  }

  private static <T extends @Nullable Object> T await(
      CompletableFuture<T> future, Deadline deadline)
      throws TransportFailure, InterruptedException, TimeoutException {
    try {
      return future.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TransportFailure known) {
        throw known;
      }
      throw new IllegalStateException("an exchange fails with a transport failure only");
    }
  }

  private static RequestOptions options(
      Destination destination, @Nullable Request request, Route way) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(request == null ? "GET" : request.method()))
            .setSsl(destination.secure())
            .setHost(destination.host())
            .setPort(destination.port())
            .setURI(request == null ? "/" : request.target())
            .setFollowRedirects(false);
    way.address().map(a -> SocketAddress.inetSocketAddress(a)).ifPresent(options::setServer);
    way.proxy().ifPresent(options::setProxyOptions);
    return options;
  }

  private HttpClientOptions options(ExtraTrust trust) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setKeepAlive(false)
            .setMaxPoolSize(MOST_CONNECTIONS)
            .setTcpNoDelay(true) // traps G17
            .setConnectTimeout(Math.toIntExact(limits.connect().toMillis()))
            .setSslHandshakeTimeout(limits.connect().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setMaxHeaderSize(LARGEST_HEAD)
            .setMaxInitialLineLength(LARGEST_HEAD)
            .setVerifyHost(true);
    if (!trust.certificates().isEmpty()) {
      options.setTrustOptions(TrustOptions.wrap(trust.trustManager()));
    }
    return options;
  }
}
