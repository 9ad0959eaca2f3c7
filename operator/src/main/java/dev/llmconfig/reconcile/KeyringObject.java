package dev.llmconfig.reconcile;

import dev.llmconfig.api.Labels;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How a Secret with a key ring is written: made with a bare create, so that of two who try one
/// wins, or completed where nobody has changed it meanwhile.
public final class KeyringObject {

  public static final String TYPE = "llmconfig.dev/key-ring";
  public static final String KEYS = "keys";
  public static final String FINGERPRINT_KEY = "fingerprint-key";

  private KeyringObject() {}

  static Optional<Secret> find(KubernetesClient client, Ref ref) {
    return Optional.ofNullable(
        client.secrets().inNamespace(ref.namespace()).withName(ref.name()).get());
  }

  public static Optional<byte[]> data(Secret secret, String key) {
    return Optional.ofNullable(secret.getData())
        .map(all -> all.get(key))
        .filter(base64 -> !base64.isEmpty())
        .map(Base64.getDecoder()::decode);
  }

  /// Our labels and nothing else: no owner and no tool may take it away.
  public static void create(KubernetesClient client, Ref ref, Map<String, SecretBytes> data) {
    client
        .secrets()
        .inNamespace(ref.namespace())
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(ref.namespace())
                .withName(ref.name())
                .withLabels(Map.of(Labels.MANAGED_BY, Labels.OPERATOR))
                .endMetadata()
                .withType(TYPE)
                .withData(encoded(data))
                .build())
        .create();
  }

  /// Sets these data of what was read, and fails with a conflict when it is not the same any more.
  public static void set(KubernetesClient client, Secret read, Map<String, SecretBytes> data) {
    var meta = read.getMetadata();
    client
        .secrets()
        .inNamespace(meta.getNamespace())
        .withName(meta.getName())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(
                Map.of(
                    "metadata",
                    Map.of("resourceVersion", meta.getResourceVersion()),
                    "data",
                    encoded(data))));
  }

  private static Map<String, String> encoded(Map<String, SecretBytes> data) {
    var encoded = new TreeMap<String, String>();
    data.forEach(
        (name, bytes) -> encoded.put(name, bytes.use(Base64.getEncoder()::encodeToString)));
    return encoded;
  }
}
