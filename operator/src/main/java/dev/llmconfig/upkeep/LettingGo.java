package dev.llmconfig.upkeep;

import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.reconcile.KeyringObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Lets go of what a removed operator has left: first the Secrets and ConfigMaps that pods name
/// lose us as their owner, and only then our objects lose their finalizers. The other way round
/// what pods need would be collected in between.
public final class LettingGo {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TRIES = 5;

  /// What becomes of an object.
  public enum Fate {
    Kept("stays, and belongs to nobody"),
    Collected("goes with its object"),
    Released("finalizer taken off"),
    Gone("finalizer taken off, and gone, as was asked for"),
    Untouched("stays as it is");

    private final String words;

    Fate(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// One line of what is told.
  ///
  /// @param why who needs it, or what it is; empty where that says itself
  public record Line(Ref ref, String kind, Fate fate, String why) {}

  private final KubernetesClient client;
  private final Set<String> namespaces;
  private final boolean dryRun;

  /// Looks at, or changes, what is in these namespaces.
  ///
  /// @param namespaces none means all
  public LettingGo(KubernetesClient client, Set<String> namespaces, boolean dryRun) {
    this.client = client;
    this.namespaces = Set.copyOf(namespaces);
    this.dryRun = dryRun;
  }

  public List<Line> run() {
    var lines = new ArrayList<Line>();
    for (var namespace : places()) {
      var named = Named.in(client, namespace);
      Pages.each(
          client.secrets().inNamespace(namespace).withLabel(Labels.MANAGED_BY, Labels.OPERATOR),
          one -> owned(one, "Secret", named, lines));
      Pages.each(
          client.configMaps().inNamespace(namespace).withLabel(Labels.MANAGED_BY, Labels.OPERATOR),
          one -> owned(one, "ConfigMap", named, lines));
    }
    // Only when nothing can be collected any more that a pod needs.
    for (var namespace : places()) {
      Pages.each(
          client.resources(ModelConfig.class).inNamespace(namespace),
          one -> finalizers(one, "ModelConfig", lines));
      Pages.each(
          client.resources(ApiKeyConfig.class).inNamespace(namespace),
          one -> finalizers(one, "ApiKeyConfig", lines));
    }
    return List.copyOf(lines);
  }

  /// Those that have anything of ours.
  private Set<String> places() {
    if (!namespaces.isEmpty()) {
      return namespaces;
    }
    var found = new TreeSet<String>();
    Pages.each(
        client.secrets().inAnyNamespace().withLabel(Labels.MANAGED_BY, Labels.OPERATOR),
        one -> found.add(one.getMetadata().getNamespace()));
    Pages.each(
        client.configMaps().inAnyNamespace().withLabel(Labels.MANAGED_BY, Labels.OPERATOR),
        one -> found.add(one.getMetadata().getNamespace()));
    Pages.each(
        client.resources(ApiKeyConfig.class).inAnyNamespace(),
        one -> found.add(one.getMetadata().getNamespace()));
    Pages.each(
        client.resources(ModelConfig.class).inAnyNamespace(),
        one -> found.add(one.getMetadata().getNamespace()));
    return found;
  }

  private void owned(HasMetadata object, String kind, Named named, List<Line> lines) {
    var who = named.who(kind, object.getMetadata().getName());
    if (owners(object).stream().noneMatch(LettingGo::ours)) {
      var ring = object instanceof Secret secret && KeyringObject.TYPE.equals(secret.getType());
      lines.add(
          new Line(
              ref(object), kind, Fate.Untouched, ring ? "the key ring; keep it" : who.orElse("")));
    } else if (who.isEmpty()) {
      lines.add(new Line(ref(object), kind, Fate.Collected, ""));
    } else {
      patched(
          object,
          now ->
              Map.of(
                  "ownerReferences", owners(now).stream().filter(owner -> !ours(owner)).toList()));
      lines.add(new Line(ref(object), kind, Fate.Kept, "named by " + who.get()));
    }
  }

  private void finalizers(HasMetadata object, String kind, List<Line> lines) {
    var there = object.getMetadata().getFinalizers();
    if (there == null || !there.contains(ApiGroup.FINALIZER)) {
      lines.add(new Line(ref(object), kind, Fate.Untouched, ""));
      return;
    }
    patched(
        object,
        now ->
            Map.of(
                "finalizers",
                now.getMetadata().getFinalizers().stream()
                    .filter(one -> !one.equals(ApiGroup.FINALIZER))
                    .toList()));
    var ends = object.getMetadata().getDeletionTimestamp() != null;
    lines.add(new Line(ref(object), kind, ends ? Fate.Gone : Fate.Released, ""));
  }

  /// Looked at again when somebody else was faster, so that nothing of theirs is lost.
  private void patched(HasMetadata object, Function<HasMetadata, Map<String, Object>> change) {
    var now = object;
    for (int left = TRIES; !dryRun && now != null; left--) {
      try {
        var metadata = new HashMap<>(change.apply(now));
        metadata.put("resourceVersion", now.getMetadata().getResourceVersion());
        metadata.put("uid", now.getMetadata().getUid());
        client
            .resource(now)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                Serialization.asJson(Map.of("metadata", metadata)));
        return;
      } catch (KubernetesClientException failed) {
        if (failed.getCode() == NOT_FOUND) {
          return;
        }
        if (failed.getCode() != CONFLICT || left == 1) {
          throw failed;
        }
        now = client.resource(now).get();
      }
    }
  }

  private static List<OwnerReference> owners(HasMetadata object) {
    return Objects.requireNonNullElse(
        object.getMetadata().getOwnerReferences(), List.<OwnerReference>of());
  }

  private static boolean ours(OwnerReference owner) {
    return owner.getApiVersion().startsWith(ApiGroup.NAME + "/");
  }

  private static Ref ref(HasMetadata object) {
    return new Ref(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
