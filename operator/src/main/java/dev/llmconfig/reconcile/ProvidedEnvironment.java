package dev.llmconfig.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.llmconfig.agent.EnvFromData;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.plan.delivery.Need;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// The Secret of mode EnvFrom as an object, and as the change of the one that is there.
final class ProvidedEnvironment {

  private ProvidedEnvironment() {}

  static Secret of(Need.Environment need, ModelConfig owner, String installation, SecretBytes key) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(need.name())
        .withLabels(
            ProvidedObjects.labels(
                Labels.MODEL_CONFIG, owner.getMetadata().getName(), installation))
        .withAnnotations(
            Map.of(Annotations.RENDERED, need.rendered(), Annotations.REVISION, need.revision()))
        .withOwnerReferences(ProvidedObjects.owner(owner))
        .endMetadata()
        .withType("Opaque")
        .withData(data(need, key))
        .build();
  }

  private static SortedMap<String, String> data(Need.Environment need, SecretBytes key) {
    var data = new TreeMap<String, String>();
    key.use(bytes -> {
      EnvFromData.of(need.entries(), bytes)
          .forEach((name, value) -> {
            data.put(name, Base64.getEncoder().encodeToString(value));
            Arrays.fill(value, (byte) 0);
          });
      return null;
    });
    return data;
  }

  /// Of revisions that come to the same content, the first one stays written on it.
  static boolean same(Secret there, Secret wanted) {
    var meta = there.getMetadata();
    return data(there).equals(data(wanted))
        && !fixed(there, wanted)
        && wanted.getMetadata().getOwnerReferences().stream()
            .map(OwnerReference::getUid)
            .allMatch(
                uid -> meta.getOwnerReferences().stream().anyMatch(one -> uid.equals(one.getUid())))
        && meta.getAnnotations() != null
        && Objects.equals(
            meta.getAnnotations().get(Annotations.RENDERED),
            wanted.getMetadata().getAnnotations().get(Annotations.RENDERED));
  }

  /// Whether it cannot be changed.
  static boolean fixed(Secret there, Secret wanted) {
    return Boolean.TRUE.equals(there.getImmutable()) || !wanted.getType().equals(there.getType());
  }

  /// The whole content, so that a variable that is not delivered any more goes. Server-side apply
  /// would leave what a bare create, or somebody else, has put there.
  static String change(Secret there, Secret wanted) {
    var change = JsonNodeFactory.instance.objectNode();
    var meta = change.putObject("metadata");
    meta.put("uid", there.getMetadata().getUid());
    meta.put("resourceVersion", there.getMetadata().getResourceVersion());
    var annotations = meta.putObject("annotations");
    new TreeMap<>(wanted.getMetadata().getAnnotations()).forEach(annotations::put);
    var owner = wanted.getMetadata().getOwnerReferences().getFirst();
    meta.putArray("ownerReferences")
        .addObject()
        .put("apiVersion", owner.getApiVersion())
        .put("kind", owner.getKind())
        .put("name", owner.getName())
        .put("uid", owner.getUid())
        .put("controller", true);
    var data = change.putObject("data");
    data(there).keySet().forEach(data::putNull);
    data(wanted).forEach(data::put);
    return change.toString();
  }

  private static Map<String, String> data(Secret secret) {
    return Objects.requireNonNullElse(secret.getData(), Map.of());
  }
}
