package dev.llmconfig.access;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;

/// One caller's way to the API server. What it answers is told whatever it is; that it does not is
/// known to all who ask, so that one of them waits and the others do not.
public final class Line {

  /// For one answer of an API server that is there.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final Pulse pulse;

  Line(KubernetesClient client, Pulse pulse) {
    this.client = client;
    this.pulse = pulse;
  }

  /// A request to this path, which begins with no slash.
  public HttpRequest.Builder request(String path) {
    return client.getHttpClient().newHttpRequestBuilder().uri(client.getMasterUrl() + path);
  }

  /// Blocks.
  ///
  /// @throws Unanswered when there is no answer
  public HttpResponse<String> send(HttpRequest request) {
    if (pulse.silent()) {
      throw new Unanswered(false);
    }
    return pulse.await(client.getHttpClient().sendAsync(request, String.class), PATIENCE);
  }
}
