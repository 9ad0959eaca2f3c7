package dev.llmconfig.rest;

import dev.llmconfig.access.Reach;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.FactsJson;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.ModelSelection;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.BuiltInEcho;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.KnownModel;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.shape.Choice.Origin;
import dev.llmconfig.rest.shape.OfferedModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What there is to choose from: what is configured, and what keys offer that nobody has configured
/// yet.
final class Choices {

  private final MirrorView view;
  private final Catalogue catalogue;
  private final Profiles profiles;
  private final Reach keys;

  /// By namespace, provider and model: the keys with which it can be had.
  private final Map<Offer, List<Offered>> offers = new TreeMap<>();

  private final Map<Ref, OfferedModels> lists = new HashMap<>();

  /// Each is read once: a key may offer a thousand models, and a page shows a hundred of them.
  private final Map<Ref, Optional<ApiKey>> understood = new HashMap<>();

  private record Offer(String namespace, String provider, String model)
      implements Comparable<Offer> {
    @Override
    public int compareTo(Offer other) {
      return text().compareTo(other.text());
    }

    private String text() {
      return String.join("\n", namespace, provider, model);
    }
  }

  private record Offered(KeyRow key, OfferedModels.Model model) {}

  /// One of them.
  ///
  /// @param config empty for what nobody has configured
  /// @param key empty where the one that a config names is not there
  /// @param otherKeys empty for who may not know
  /// @param model as it is known
  record Row(
      String namespace,
      Optional<ModelConfigRow> config,
      Optional<KeyRow> key,
      Optional<Integer> otherKeys,
      OfferedModel model,
      Optional<Origin> source) {

    /// Equal for none.
    String place() {
      return String.join(
          "\n",
          model.model(),
          String.valueOf(model.provider()),
          namespace,
          config.map(one -> one.ref().name()).orElse(""));
    }

    boolean isDefault() {
      return config.filter(ModelConfigRow::holdsDefault).isPresent();
    }
  }

  /// @param keys where the caller may know of keys
  Choices(
      MirrorView view,
      Catalogue catalogue,
      Profiles profiles,
      Reach keys,
      List<String> namespaces) {
    this.view = view;
    this.catalogue = catalogue;
    this.profiles = profiles;
    this.keys = keys;
    for (var key : view.keys()) {
      if (namespaces.contains(key.row().ref().namespace()) && usable(key.row())) {
        view.models(key.row().ref()).ifPresent(list -> offer(key.row(), list));
      }
    }
  }

  /// Those that are in force.
  Profiles profiles() {
    return profiles;
  }

  /// With what needs no key of anybody.
  Choices with(BuiltInEcho echo) {
    offer(echo.key(), echo.models());
    return this;
  }

  private void offer(KeyRow key, OfferedModels list) {
    lists.put(key.ref(), list);
    list.models()
        .forEach(model ->
            offers
                .computeIfAbsent(
                    new Offer(key.ref().namespace(), key.declared().provider(), model.id()),
                    _ -> new ArrayList<>())
                .add(new Offered(key, model)));
  }

  /// As the operator understands what is declared; empty where it does not.
  Optional<ApiKey> understood(KeyRow key) {
    return understood.computeIfAbsent(key.ref(), _ -> key.key());
  }

  /// What it offers, whether or not it could be called.
  Optional<OfferedModels> list(KeyRow key) {
    return Optional.ofNullable(lists.get(key.ref())).or(() -> view.models(key.ref()));
  }

  /// Whether a model that it offers could be called now.
  static boolean usable(KeyRow key) {
    return !key.declared().suspended()
        && !key.version().deleting()
        && (key.current().isPresent()
            || (key.declared().source().isEmpty() && key.told().ready().status().equals("True")));
  }

  /// What is configured comes with its key, or with what was proven before that was lost.
  List<Row> in(List<String> namespaces) {
    var configured =
        view.modelConfigs().stream()
            .map(Stored::row)
            .filter(row -> namespaces.contains(row.ref().namespace()))
            .filter(row -> !row.version().deleting())
            .map(this::of)
            .filter(row ->
                row.key().filter(Choices::usable).isPresent()
                    || row.config().filter(one -> !one.applied().isEmpty()).isPresent())
            .toList();
    var taken =
        configured.stream()
            .map(row ->
                new Offer(
                    row.namespace(), String.valueOf(row.model().provider()), row.model().model()))
            .toList();
    var rest = new TreeMap<>(offers);
    rest.keySet().removeAll(taken);
    return Stream.concat(
            configured.stream(),
            rest.entrySet().stream()
                .filter(one -> keys.includes(one.getKey().namespace()))
                .map(one -> of(one.getValue())))
        .toList();
  }

  /// A model that is configured, whether or not it can be called now.
  Row of(ModelConfigRow config) {
    var namespace = config.ref().namespace();
    var key = view.key(KeyReads.keyOf(config)).map(Stored::row);
    var provider =
        key.map(one -> one.declared().provider())
            .or(() -> config.resolved().map(ModelConfigRow.Resolved::provider))
            .orElse("");
    var others = offers.getOrDefault(new Offer(namespace, provider, config.model()), List.of());
    var listed =
        others.stream().filter(one -> one.key().ref().name().equals(config.apiKey())).findFirst();
    var facts =
        listed
            .map(one -> Wire.object(one.model().facts()))
            .or(() ->
                key.flatMap(this::understood)
                    .map(one ->
                        FactsJson.of(KnownModel.of(catalogue, one, config.model(), "").facts())))
            .orElseGet(Wire::object);
    var origin = key.flatMap(one -> origin(one, config.model(), listed.isPresent()));
    return new Row(
        namespace,
        Optional.of(config),
        key,
        keys.includes(namespace)
            ? Optional.of(others.size() - (listed.isPresent() ? 1 : 0))
            : Optional.empty(),
        ModelReads.shape(Told.id(config.ref()), provider, config.model(), facts),
        origin.or(() -> facts.isEmpty() ? Optional.empty() : Optional.of(Origin.Catalogue)));
  }

  private Row of(List<Offered> all) {
    var first = all.getFirst();
    var key = first.key();
    return new Row(
        key.ref().namespace(),
        Optional.empty(),
        Optional.of(key),
        Optional.of(all.size() - 1),
        ModelReads.shape(
            ModelReads.offeredId(Told.id(key.ref()), first.model().id()),
            key.declared().provider(),
            first.model().id(),
            Wire.object(first.model().facts())),
        origin(key, first.model().id(), true));
  }

  private Optional<Origin> origin(KeyRow key, String model, boolean listed) {
    if (understood(key).map(ApiKey::models).stream()
        .flatMap(one -> one.additional().stream())
        .map(ModelSelection.Additional::id)
        .anyMatch(model::equals)) {
      return Optional.of(Origin.Declared);
    }
    var asked = Optional.ofNullable(lists.get(key.ref())).flatMap(OfferedModels::askedAt);
    return listed
        ? Optional.of(asked.isPresent() ? Origin.Provider : Origin.Catalogue)
        : Optional.empty();
  }
}
