package dev.llmconfig.reconcile;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/// A client that sees of everything only its metadata: the server is asked to leave the rest out.
/// Secrets that users own are watched through it, so that a change is noticed and no data of theirs
/// is ever held in a cache (traps K12).
final class SecretMetadata implements Interceptor {

  private static final String OBJECT =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
  private static final String LIST =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  private SecretMetadata() {}

  static KubernetesClient client(Config config, HttpClient.Factory factory) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(factory)
        .withKubernetesSerialization(Reading.barest())
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("metadata-only", new SecretMetadata()))
        .build();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    var query = request.uri().getQuery();
    var watching = query != null && query.contains("watch=true");
    builder.setHeader("Accept", watching ? OBJECT : LIST);
  }
}
