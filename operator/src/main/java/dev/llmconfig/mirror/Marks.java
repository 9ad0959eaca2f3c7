package dev.llmconfig.mirror;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.domain.Keeper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// By what one sees which tool manages an object, and what was asked for. Only known names are
/// taken over: annotations in general hold copies of specs, and whatever else people put there.
record Marks(
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    List<String> managers,
    Map<String, String> controller) {

  private static final JsonMapper READER = JsonMapper.builder().build();

  private static final List<String> KNOWN =
      List.of(
          "app.kubernetes.io/managed-by",
          "argocd.argoproj.io/",
          "kustomize.toolkit.fluxcd.io/",
          "helm.toolkit.fluxcd.io/",
          "meta.helm.sh/",
          "config.kubernetes.io/origin",
          "configmanagement.gke.io/managed",
          // What people have asked for, which a preview must know.
          "llmconfig.dev/approved-revision",
          "llmconfig.dev/dry-run",
          "llmconfig.dev/retry-requested-at",
          "llmconfig.dev/last-changed-by");

  /// What was written to a row.
  static Keeper.Signs signs(String json) {
    try {
      var marks = READER.readValue(json, Marks.class);
      return new Keeper.Signs(
          marks.labels(), marks.annotations(), marks.managers(), marks.controller());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a row holds what was written to it", impossible);
    }
  }

  static Marks of(ObjectMeta meta) {
    return new Marks(
        known(meta.getLabels()),
        known(meta.getAnnotations()),
        managers(meta),
        stream(meta.getOwnerReferences())
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .findFirst()
            .map(Marks::controller)
            .orElseGet(Map::of));
  }

  private static Map<String, String> controller(OwnerReference owner) {
    return new TreeMap<>(Map.of("kind", owner.getKind(), "name", owner.getName()));
  }

  private static List<String> managers(ObjectMeta meta) {
    var managers = new TreeSet<String>();
    if (meta.getManagedFields() != null) {
      for (var entry : meta.getManagedFields()) {
        managers.add(Projection.text(entry.getManager()));
      }
    }
    return List.copyOf(managers);
  }

  private static SortedMap<String, String> known(@Nullable Map<String, String> all) {
    var known = new TreeMap<String, String>();
    if (all != null) {
      for (var entry : all.entrySet()) {
        for (var prefix : KNOWN) {
          if (entry.getKey().startsWith(prefix)) {
            known.put(entry.getKey(), entry.getValue());
          }
        }
      }
    }
    return known;
  }

  private static <T> Stream<T> stream(@Nullable List<T> list) {
    return list == null ? Stream.empty() : list.stream();
  }
}
