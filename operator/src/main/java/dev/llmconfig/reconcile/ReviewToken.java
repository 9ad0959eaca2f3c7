package dev.llmconfig.reconcile;

import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The token with which the sidecar asks the API server about people of whom only the name is
/// known. It is an hour's token of an account that may do nothing else, and is fetched here, by
/// every replica for its own pod, because the sidecar has no account.
public final class ReviewToken implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ReviewToken.class);

  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration RENEWED_AFTER = Duration.ofMinutes(20);
  private static final Duration TRIED_AGAIN_AFTER = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final Ref account;
  private final Consumer<SecretBytes> receiver;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("review-token").daemon().factory());
  private int refused;

  /// @param receiver is given each new one, and must not keep it
  public ReviewToken(KubernetesClient client, Ref account, Consumer<SecretBytes> receiver) {
    this.client = client;
    this.account = account;
    this.receiver = receiver;
  }

  public void start() {
    in(Duration.ZERO);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // it ends with the process, and sets itself up again
  private void in(Duration time) {
    if (!timer.isShutdown()) {
      timer.schedule(this::renew, time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void renew() {
    try (var token = SecretBytes.taking(fetched().getBytes(StandardCharsets.UTF_8))) {
      receiver.accept(token);
      refused = 0;
      in(RENEWED_AFTER);
    } catch (RuntimeException failed) {
      // Whatever it was: without another try nobody of that kind would be let in any more.
      complain(failed instanceof KubernetesClientException refused ? refused.getCode() : -1);
      in(TRIED_AGAIN_AFTER);
    }
  }

  private String fetched() {
    return client
        .serviceAccounts()
        .inNamespace(account.namespace())
        .withName(account.name())
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(LIFE.toSeconds())
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  /// Once for each answer: an outage is told elsewhere.
  private void complain(int code) {
    if (code != 0 && code != refused) {
      refused = code;
      log.atWarn()
          .addKeyValue("account", account)
          .addKeyValue("status", code)
          .log(
              "No token for reviews, so people who are known by name only are let in nowhere; give"
                  + " the operator create on serviceaccounts/token of that account");
    }
  }
}
