package dev.llmconfig.reconcile;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.catalogue.KeptList;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.plan.HeldFacts;
import dev.llmconfig.plan.KeyFacts;
import dev.llmconfig.plan.ReadList;
import dev.llmconfig.plan.UsedKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was found out about a key, as a ConfigMap and back (decision 012).
final class FactsObject {

  private static final List<String> ANNOTATIONS =
      List.of(
          Annotations.REVISION,
          Annotations.ENDPOINT,
          Annotations.TERMS,
          Annotations.ASKED_AT,
          Annotations.REFUSED,
          Annotations.REFUSED_GENERATION);

  private static final List<String> DATA = List.of(ManagedNames.MODELS, ManagedNames.AUTHORITY);

  private FactsObject() {}

  /// @param there as it was looked at; its version locks the write
  static ConfigMap of(
      ApiKeyConfig owner, KeyFacts facts, Optional<ConfigMap> there, String installation) {
    var meta = owner.getMetadata();
    // Sorted, so that the same facts give the same bytes (traps R2).
    var labels = new TreeMap<String, String>();
    labels.put(Labels.MANAGED_BY, Labels.OPERATOR);
    labels.put(Labels.API_KEY, meta.getName());
    labels.put(Labels.INSTALLATION, installation);
    var annotations = new TreeMap<String, String>();
    var data = new TreeMap<String, String>();
    // What a bare create has set is not taken away by an apply that leaves it out.
    empty(annotations, ANNOTATIONS, there.map(one -> one.getMetadata().getAnnotations()));
    empty(data, DATA, there.map(ConfigMap::getData));
    facts
        .list()
        .ifPresent(list -> {
          data.put(ManagedNames.MODELS, list.list().json());
          annotate(annotations, list);
        });
    facts.authority().ifPresent(pem -> data.put(ManagedNames.AUTHORITY, pem));
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(meta.getNamespace())
        .withName(ManagedNames.factsConfigMap(meta.getName()))
        .withResourceVersion(there.map(one -> one.getMetadata().getResourceVersion()).orElse(null))
        .withLabels(labels)
        .withAnnotations(annotations)
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind("ApiKeyConfig")
                .withName(meta.getName())
                .withUid(meta.getUid())
                .withController(true)
                .build())
        .endMetadata()
        .withData(data)
        .build();
  }

  private static void annotate(Map<String, String> annotations, ReadList list) {
    annotations.put(Annotations.REVISION, list.with().revision());
    annotations.put(Annotations.ENDPOINT, list.with().endpoint());
    if (!list.with().terms().isEmpty()) {
      annotations.put(Annotations.TERMS, list.with().terms());
    }
    annotations.put(Annotations.ASKED_AT, list.askedAt().toString());
    list.refused()
        .ifPresent(refused -> {
          annotations.put(Annotations.REFUSED, refused.reason().name());
          annotations.put(Annotations.REFUSED_GENERATION, Long.toString(refused.generation()));
        });
  }

  private static void empty(
      Map<String, String> texts, List<String> names, Optional<Map<String, String>> there) {
    there.ifPresent(
        before -> names.stream().filter(before::containsKey).forEach(name -> texts.put(name, "")));
  }

  /// @param installation empty while the fingerprint key is not known
  static HeldFacts read(ApiKey key, Optional<ConfigMap> object, Optional<String> installation) {
    return object.map(found -> read(key, found, installation)).orElseGet(HeldFacts.Absent::new);
  }

  private static HeldFacts read(ApiKey key, ConfigMap object, Optional<String> installation) {
    var labelled =
        Labels.OPERATOR.equals(label(object, Labels.MANAGED_BY))
            && key.ref().name().equals(label(object, Labels.API_KEY))
            && installation.map(id -> id.equals(label(object, Labels.INSTALLATION))).orElse(true);
    if (ownedBy(key.uid(), object)) {
      return new HeldFacts.Held(
          new KeyFacts(
              list(object),
              Optional.ofNullable(data(object, ManagedNames.AUTHORITY))
                  .filter(pem -> !pem.isEmpty())),
          labelled);
    }
    return labelled
        // Of an earlier object of that name.
        ? new HeldFacts.Held(new KeyFacts(Optional.empty(), Optional.empty()), false)
        : new HeldFacts.NameTaken(
            "ConfigMap %s is there already and is not ours, so the list of models cannot be kept; rename or delete it."
                .formatted(object.getMetadata().getName()));
  }

  /// What somebody has made unreadable was never read.
  private static Optional<ReadList> list(ConfigMap object) {
    var askedAt = time(annotation(object, Annotations.ASKED_AT));
    var list = Optional.ofNullable(data(object, ManagedNames.MODELS)).flatMap(KeptList::parse);
    return list.isEmpty() || askedAt.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReadList(
                list.get(),
                new UsedKey(
                    annotation(object, Annotations.REVISION),
                    annotation(object, Annotations.ENDPOINT),
                    annotation(object, Annotations.TERMS)),
                askedAt.get(),
                refused(object)));
  }

  private static Optional<ReadList.Refused> refused(ConfigMap object) {
    var generation = annotation(object, Annotations.REFUSED_GENERATION);
    return Stream.of(VerdictReason.values())
        .filter(reason -> reason.name().equals(annotation(object, Annotations.REFUSED)))
        .filter(_ -> generation.matches("\\d{1,18}"))
        .findFirst()
        .map(reason -> new ReadList.Refused(reason, Long.parseLong(generation)));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static boolean ownedBy(String uid, ConfigMap object) {
    var owners = object.getMetadata().getOwnerReferences();
    return owners != null && owners.stream().anyMatch(owner -> owner.getUid().equals(uid));
  }

  private static String label(ConfigMap object, String name) {
    return Optional.ofNullable(object.getMetadata().getLabels())
        .map(all -> all.get(name))
        .orElse("");
  }

  private static String annotation(ConfigMap object, String name) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map(all -> all.get(name))
        .orElse("");
  }

  private static @Nullable String data(ConfigMap object, String name) {
    return object.getData() == null ? null : object.getData().get(name);
  }
}
