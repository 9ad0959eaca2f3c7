package dev.llmconfig.rest;

import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.domain.ModelDelivery;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.shape.Config;
import dev.llmconfig.store.Declared;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// ModelConfigs, as the rows have them.
final class ConfigReads {

  static final List<String> SORTABLE = List.of("name", "model", "state", "createdAt");

  private static final Listing.Order<Config> ORDER =
      new Listing.Order<>(
          Config::id,
          Map.of(
              "name", Config::name,
              "model", Config::model,
              "state", config -> config.state().name(),
              "createdAt", Config::createdAt));

  private final MirrorAnswers answers;
  private final Owners owners;

  ConfigReads(MirrorAnswers answers, Owners owners) {
    this.answers = answers;
    this.owners = owners;
  }

  Answer list(Asked asked) {
    return answers.list(asked, view -> Listing.of(shown(asked, view), ORDER, asked.query()));
  }

  Answer one(Asked asked) {
    return answers.one(
        asked,
        ProblemReason.ModelNotFound,
        view -> view.modelConfig(asked.ref()).map(one -> one.row().version()),
        view ->
            view.modelConfig(asked.ref())
                .map(Stored::row)
                .map(row ->
                    new MirrorAnswers.One(
                        row.version(),
                        asked.yaml() ? declared(row) : shape(row, Optional.of(view)))));
  }

  private List<Config> shown(Asked asked, MirrorView view) {
    var query = asked.query();
    return view.modelConfigs().stream()
        .map(Stored::row)
        .filter(row -> asked.shows(row.ref().namespace()))
        .filter(row -> query.allows("apiKey", Told.id(KeyReads.keyOf(row))))
        .filter(row -> query.allows("model", row.model()))
        .filter(row -> query.allows("state", row.phase().name()))
        .filter(row -> query.allows("profile", profile(row)))
        .filter(row -> Told.found(query, row.ref().name(), row.displayName(), row.model()))
        .map(row -> shape(row, Optional.empty()))
        .toList();
  }

  /// As it is declared; what nobody declares is in no row.
  static Declared declared(ModelConfigRow row) {
    return Declared.spec(
        ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1,
        ObjectKind.ModelConfig.name(),
        row.ref(),
        Wire.object(row.spec()));
  }

  /// @param whole where the changes of a single one are read; empty for a row of a list
  Config shape(ModelConfigRow row, Optional<MirrorView> whole) {
    var status = Wire.object(row.status());
    var resolved = row.resolved();
    return new Config(
        Told.id(row.ref()),
        row.ref().namespace(),
        row.ref().name(),
        row.model(),
        Told.unlessEmpty(row.displayName()),
        Told.id(KeyReads.keyOf(row)),
        resolved.map(ModelConfigRow.Resolved::provider).orElse(null),
        row.holdsDefault(),
        !row.suspended(),
        Wire.object(row.parameters()),
        new Config.Delivery(
            row.delivered().mode().isEmpty()
                ? ModelDelivery.USUAL_MODE.name()
                : row.delivered().mode(),
            profile(row)),
        row.phase(),
        Told.unlessEmpty(row.ready().reason()),
        Told.unlessEmpty(row.ready().message()),
        Told.unlessEmpty(row.revisions().applied()),
        Told.unlessEmpty(row.revisions().candidate()),
        Told.unlessEmpty(row.revisions().failed()),
        new Config.Agents(
            row.delivered().matched(),
            row.delivered().upToDate(),
            row.delivered().rolling(),
            row.delivered().failed()),
        Told.list(status.path("resolved").path("parameters")).stream()
            .map(one -> new Config.Unhonoured(one.path("name").asText(), one.path("why").asText()))
            .toList(),
        resolved.map(one -> KeyReads.number(one.contextTokens())).orElse(null),
        resolved.map(one -> KeyReads.number(one.maxOutputTokens())).orElse(null),
        resolved.flatMap(ModelConfigRow.Resolved::retiresOn).orElse(null),
        owners.of(row.version(), "llmconfig.dev/ModelConfig", row.ref()),
        row.version().createdAt(),
        row.version().generation(),
        row.version().resourceVersion(),
        whole.map(_ -> Wire.object(row.spec())).orElse(null),
        whole.map(_ -> Told.conditions(status)).orElse(null),
        whole.map(_ -> Told.notes(status)).orElse(null),
        whole.map(view -> Told.changes(view, ObjectKind.ModelConfig, row.ref())).orElse(null),
        null,
        null,
        null);
  }

  private static String profile(ModelConfigRow row) {
    return row.delivered().profile().isEmpty()
        ? ModelDelivery.USUAL_PROFILE
        : row.delivered().profile();
  }
}
