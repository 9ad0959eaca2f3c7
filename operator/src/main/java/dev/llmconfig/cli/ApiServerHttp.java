package dev.llmconfig.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Connections to the API server. They are given up when nothing comes over them for a while: a
/// network can lose a connection without telling anybody, and a watch over it looks like one of a
/// quiet cluster until the client ends it by itself, five to ten minutes later (traps R25). Who
/// listens hears a bookmark a minute, and what is given up is taken up again where it was.
final class ApiServerHttp extends VertxHttpClientFactory {

  /// A bookmark may be a little late.
  static final Duration SILENCE = Duration.ofSeconds(80);

  private final Duration silence;

  ApiServerHttp(Duration silence) {
    this.silence = silence;
  }

  /// Without a token the client looks for one before each request, by reading the kubeconfig anew;
  /// whoever shows a certificate has none.
  @Override
  public HttpClient.Builder newBuilder(Config config) {
    var builder = super.newBuilder(config);
    return certified(config)
        ? builder.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, null)
        : builder;
  }

  private static boolean certified(Config config) {
    return config.getOauthToken() == null
        && config.getOauthTokenProvider() == null
        && config.getAuthProvider() == null
        && (config.getClientKeyData() != null || config.getClientKeyFile() != null);
  }

  @Override
  protected void additionalConfig(WebClientOptions options) {
    options
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setReadIdleTimeout(Math.toIntExact(silence.toMillis()));
  }
}
