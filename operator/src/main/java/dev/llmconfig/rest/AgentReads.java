package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.shape.Agent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Agents, as the rows have them.
final class AgentReads {

  static final List<String> SORTABLE = List.of("name", "kind", "state", "since");

  private static final Listing.Order<Agent> ORDER =
      new Listing.Order<>(
          Agent::id,
          Map.of(
              "name",
              Agent::name,
              "kind",
              Agent::kind,
              "state",
              agent -> agent.state().name(),
              "since",
              agent -> agent.since() == null ? "" : agent.since()));

  private static final Map<String, String> GROUPS = Map.of("CronJob", "batch");

  private final MirrorAnswers answers;
  private final Owners owners;

  AgentReads(MirrorAnswers answers, Owners owners) {
    this.answers = answers;
    this.owners = owners;
  }

  Answer list(Asked asked) {
    return answers.list(asked, view -> Listing.of(shown(asked, view), ORDER, asked.query()));
  }

  Answer one(Asked asked) {
    return answers.one(
        asked,
        ProblemReason.NotFound,
        view ->
            row(view, asked.ref())
                .map(row -> {
                  return new MirrorAnswers.One(
                      row.version(), shape(row, keyOf(row, view), Optional.of(view)));
                }));
  }

  /// Its name is kind and name.
  private static Optional<AgentRow> row(MirrorView view, Ref ref) {
    var dot = ref.name().indexOf('.');
    return dot <= 0 || dot == ref.name().length() - 1
        ? Optional.empty()
        : view.agent(ref).map(Stored::row);
  }

  static @Nullable String keyOf(AgentRow row, MirrorView view) {
    return view.modelConfig(new Ref(row.ref().namespace(), row.modelConfig()))
        .map(config -> Told.id(KeyReads.keyOf(config.row())))
        .orElse(null);
  }

  private List<Agent> shown(Asked asked, MirrorView view) {
    var query = asked.query();
    var keys =
        view.modelConfigs().stream()
            .collect(
                Collectors.toMap(
                    config -> config.row().ref(), config -> Told.id(KeyReads.keyOf(config.row()))));
    return view.agents().stream()
        .map(Stored::row)
        .filter(row -> asked.shows(row.ref().namespace()))
        .map(row ->
            shape(
                row, keys.get(new Ref(row.ref().namespace(), row.modelConfig())), Optional.empty()))
        .filter(agent -> query.allows("config", text(agent.configId())))
        .filter(agent -> query.allows("apiKey", text(agent.apiKeyId())))
        .filter(agent ->
            query.allows("model", agent.requested() == null ? "" : text(agent.requested().model())))
        .filter(agent -> query.allows("state", agent.state().name()))
        .filter(agent -> query.allows("kind", agent.kind()))
        .filter(agent -> Told.found(query, agent.name(), agent.configId()))
        .toList();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// @param key of its ModelConfig
  /// @param whole where the changes of a single one are read; empty for a row of a list
  Agent shape(AgentRow row, @Nullable String key, Optional<MirrorView> whole) {
    var config = row.modelConfig();
    return new Agent(
        Told.id(row.ref()),
        row.ref().namespace(),
        row.kind(),
        row.name(),
        config.isEmpty() ? null : row.ref().namespace() + "." + config,
        key,
        Told.unlessEmpty(row.mode()),
        Told.unlessEmpty(row.profile()),
        row.standing().state(),
        Told.unlessEmpty(row.standing().reason()),
        Told.unlessEmpty(row.standing().message()),
        row.standing().since().orElse(null),
        settings(row.requested()),
        settings(row.running()),
        owners.of(
            row.version(),
            GROUPS.getOrDefault(row.kind(), "apps") + "/" + row.kind(),
            new Ref(row.ref().namespace(), row.name())),
        whole.map(_ -> containers(row)).orElse(null),
        whole.map(view -> Told.changes(view, ObjectKind.Agent, row.ref())).orElse(null),
        null,
        null);
  }

  private static List<Agent.Container> containers(AgentRow row) {
    return Told.list(Wire.list(row.detail().containers())).stream()
        .map(one ->
            new Agent.Container(
                one.path("name").asText(),
                Told.list(one.path("env")).stream()
                    .map(entry ->
                        new Agent.Variable(
                            entry.path("name").asText(),
                            entry.path("value").textValue(),
                            entry.path("secret").asBoolean() ? true : null))
                    .toList(),
                Told.list(one.path("mounts")).stream().map(JsonNode::asText).toList()))
        .toList();
  }

  private static Agent.@Nullable Settings settings(AgentRow.Settings settings) {
    return settings.revision().isEmpty() && settings.model().isEmpty()
        ? null
        : new Agent.Settings(settings.revision(), Told.unlessEmpty(settings.model()));
  }
}
