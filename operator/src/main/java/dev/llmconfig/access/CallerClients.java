package dev.llmconfig.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One client of the API server for each caller, kept for a while because its connection is worth
/// more than the object.
public final class CallerClients implements AutoCloseable {

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST = 200;
  private static final String SIGN = "livez";

  private final ApiServer server;
  private final Optional<Supplier<Config>> local;
  private final Supplier<Optional<String>> reviewer;
  private final VertxHttpClientFactory transport;
  private final Pulse pulse;

  /// Of signs of life, so that no plugin runs for each of them.
  private final Cache<Caller, Config> ways = Caffeine.newBuilder().expireAfterWrite(KEPT).build();

  private final Cache<String, Shared> clients =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterAccess(KEPT)
          .removalListener(CallerClients::removed)
          .build();

  public CallerClients(ApiServer server, Vertx vertx) {
    this(server, Optional.empty(), Optional::empty, vertx);
  }

  /// @param local reads the kubeconfig with everything in it, where its own identity may be used;
  ///   its plugins may give other credentials each time
  /// @param reviewer reads the token that asks about people of whom only the name is known, if
  ///   there is one; it is renewed every hour
  public CallerClients(
      ApiServer server,
      Optional<Supplier<Config>> local,
      Supplier<Optional<String>> reviewer,
      Vertx vertx) {
    this.server = server;
    this.local = local;
    this.reviewer = reviewer;
    this.transport = new VertxHttpClientFactory(vertx);
    this.pulse =
        new Pulse(
            this::sign,
            // What is lost on the way is sent over them again and again, for minutes.
            clients::invalidateAll,
            Ticker.systemTicker(),
            CompletableFuture.delayedExecutor(
                Pulse.SLOW.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread));
  }

  /// With the token that may ask about others, and do nothing else.
  <T> T asReviewer(Function<Line, T> work) {
    var token = reviewer.get().orElseThrow(() -> ReviewRefused.whoAsks("no token to ask with"));
    return call(Caller.token(token), work);
  }

  /// The line is good for this call only.
  ///
  /// @throws ReviewUnavailable when others have just found out that nobody answers
  public <T> T call(Caller caller, Function<Line, T> work) {
    if (pulse.silent()) {
      throw new ReviewUnavailable("no answer");
    }
    while (true) {
      var shared = clients.get(caller.digest(), _ -> new Shared(client(caller)));
      if (shared.join()) {
        try {
          return work.apply(new Line(shared.client, pulse));
        } finally {
          shared.leave();
        }
      }
    }
  }

  /// There is reason to think that the API server does not answer: finds out, before somebody has
  /// to wait for it. It blocks for some seconds at most.
  public void check() {
    pulse.check();
  }

  /// Nobody's credentials are needed for it, and any answer will do; it takes the way that answers
  /// take, certificates and proxies of a kubeconfig included.
  private CompletableFuture<?> sign() {
    try {
      var way =
          local
              .map(kubeconfig ->
                  ways.get(new Caller.LocalKubeconfig(), _ -> ApiServer.with(kubeconfig.get())))
              .orElseGet(server::toNobody);
      var http =
          transport
              .newBuilder(way)
              .addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, null)
              .build();
      return http.sendAsync(
              http.newHttpRequestBuilder().uri(way.getMasterUrl() + SIGN).build(), String.class)
          .orTimeout(Pulse.SILENCE.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS)
          .whenComplete((_, _) -> Thread.startVirtualThread(http::close));
    } catch (RuntimeException impossible) {
      return CompletableFuture.failedFuture(impossible);
    }
  }

  @Override
  public void close() {
    pulse.close();
    clients.invalidateAll();
    clients.cleanUp();
  }

  private KubernetesClient client(Caller caller) {
    return new KubernetesClientBuilder()
        .withConfig(
            switch (caller) {
              case Caller.Token token -> server.with(token);
              case Caller.LocalKubeconfig _ ->
                  ApiServer.with(local.orElseThrow(TokenRejected::new).get());
              case Caller.Standalone _, Caller.NameOnly _ -> throw new TokenRejected();
            })
        .withHttpClientFactory(transport)
        .build();
  }

  private static void removed(@Nullable String digest, @Nullable Shared shared, RemovalCause why) {
    if (shared != null) {
      shared.leave();
    }
  }

  /// Closed when it is kept no longer and nobody is in a call.
  private static final class Shared {
    private final KubernetesClient client;
    private int users = 1;

    Shared(KubernetesClient client) {
      this.client = client;
    }

    synchronized boolean join() {
      if (users == 0) {
        return false;
      }
      users++;
      return true;
    }

    void leave() {
      boolean last;
      synchronized (this) {
        last = --users == 0;
      }
      if (last) {
        client.close();
      }
    }
  }
}
