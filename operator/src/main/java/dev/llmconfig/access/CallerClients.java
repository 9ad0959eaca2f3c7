package dev.llmconfig.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One client of the API server for each caller, kept for a while because its connection is worth
/// more than the object.
public final class CallerClients implements AutoCloseable {

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST = 200;

  private final ApiServer server;
  private final Optional<Supplier<Config>> local;
  private final Supplier<Optional<String>> reviewer;
  private final VertxHttpClientFactory transport;
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
  }

  /// With the token that may ask about others, and do nothing else.
  <T> T asReviewer(Function<KubernetesClient, T> work) {
    var token = reviewer.get().orElseThrow(() -> new ReviewUnavailable("no token to ask with"));
    return call(Caller.token(token), work);
  }

  /// The client is good for this call only.
  public <T> T call(Caller caller, Function<KubernetesClient, T> work) {
    while (true) {
      var shared = clients.get(caller.digest(), _ -> new Shared(client(caller)));
      if (shared.join()) {
        try {
          return work.apply(shared.client);
        } finally {
          shared.leave();
        }
      }
    }
  }

  @Override
  public void close() {
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
