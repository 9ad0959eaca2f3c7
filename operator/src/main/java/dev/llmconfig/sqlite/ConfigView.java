package dev.llmconfig.sqlite;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.Change;
import dev.llmconfig.mirror.Change.Operation;
import dev.llmconfig.mirror.Changes;
import dev.llmconfig.mirror.Freshness;
import dev.llmconfig.mirror.Heartbeat;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Place;
import dev.llmconfig.mirror.Position;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.mirror.Uses;
import dev.llmconfig.sqlite.ModelTable.Head;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The rows inside one transaction.
final class ConfigView implements MirrorView {

  private static final String OF_ONE = " WHERE namespace = ? AND name = ?";
  private static final String OF_KEY = " WHERE namespace = ? AND api_key = ?";
  private static final String IN_ORDER = " ORDER BY namespace, name";

  private static final String USES =
      """
      SELECT m.namespace, m.api_key, count(DISTINCT m.name) AS configs, count(a.name) AS agents
      FROM model_configs m
      LEFT JOIN agents a ON a.namespace = m.namespace AND a.model_config = m.name\
      """;

  private static final String NAMESPACES =
      "SELECT namespace FROM api_keys UNION SELECT namespace FROM model_configs"
          + " UNION SELECT namespace FROM agents";

  private final Connection connection;
  private final Map<String, String> meta;

  private ConfigView(Connection connection, Map<String, String> meta) {
    this.connection = connection;
    this.meta = meta;
  }

  /// Reading `meta` begins the snapshot.
  static ConfigView of(Connection connection) throws SQLException {
    var meta = Meta.read(connection);
    if (!meta.containsKey(Meta.EPOCH)) {
      throw new MirrorUnavailable("The operator has not read the cluster to its end yet.", null);
    }
    return new ConfigView(connection, meta);
  }

  @Override
  public Position position() {
    return new Position(meta.getOrDefault(Meta.EPOCH, ""), Long.parseLong(meta.get(Meta.SEQ)));
  }

  @Override
  public Freshness freshness(Instant now) {
    return Freshness.of(heartbeat().syncedAt(), now);
  }

  @Override
  public Heartbeat heartbeat() {
    return Meta.heartbeat(meta);
  }

  @Override
  public List<Stored<KeyRow>> keys() {
    return query("SELECT * FROM api_keys" + IN_ORDER, KeyTable::read);
  }

  @Override
  public Optional<Stored<KeyRow>> key(Ref ref) {
    return query("SELECT * FROM api_keys" + OF_ONE, KeyTable::read, ref.namespace(), ref.name())
        .stream()
        .findFirst();
  }

  @Override
  public List<Stored<ModelConfigRow>> modelConfigs() {
    return query("SELECT * FROM model_configs" + IN_ORDER, ModelConfigTable::read);
  }

  @Override
  public Optional<Stored<ModelConfigRow>> modelConfig(Ref ref) {
    return query(
            "SELECT * FROM model_configs" + OF_ONE,
            ModelConfigTable::read,
            ref.namespace(),
            ref.name())
        .stream()
        .findFirst();
  }

  @Override
  public Optional<OfferedModels> models(Ref key) {
    return query("SELECT * FROM model_lists" + OF_KEY, Head::read, key.namespace(), key.name())
        .stream()
        .findFirst()
        .map(head ->
            head.with(
                query(
                    "SELECT * FROM models" + OF_KEY + " ORDER BY place",
                    ModelTable::model,
                    key.namespace(),
                    key.name())));
  }

  @Override
  public List<Stored<AgentRow>> agents() {
    return query("SELECT * FROM agents ORDER BY namespace, kind, name", AgentTable::read);
  }

  @Override
  public Optional<Stored<AgentRow>> agent(Ref ref) {
    return query(
            "SELECT * FROM agents WHERE namespace = ? AND kind = ? AND name = ?",
            AgentTable::whole,
            ref.namespace(),
            AgentRow.kind(ref),
            AgentRow.name(ref))
        .stream()
        .findFirst();
  }

  @Override
  public List<Stored<AgentRow>> agentsIn(String namespace) {
    return query(
        "SELECT * FROM agents WHERE namespace = ? ORDER BY kind, name",
        AgentTable::whole,
        namespace);
  }

  @Override
  public Map<Ref, Uses> uses() {
    return query(USES + " GROUP BY m.namespace, m.api_key", ConfigView::use).stream()
        .collect(Collectors.toUnmodifiableMap(Use::key, Use::uses));
  }

  @Override
  public Uses uses(Ref key) {
    return query(
            USES + " WHERE m.namespace = ? AND m.api_key = ? GROUP BY m.namespace, m.api_key",
            ConfigView::use,
            key.namespace(),
            key.name())
        .stream()
        .findFirst()
        .map(Use::uses)
        .orElse(Uses.NONE);
  }

  @Override
  public List<String> namespaces() {
    return query(NAMESPACES + " ORDER BY namespace", row -> row.text("namespace"));
  }

  @Override
  public List<Place> places() {
    return query(
        """
        SELECT n.namespace,
          (SELECT count(*) FROM api_keys k WHERE k.namespace = n.namespace) AS keys,
          (SELECT count(*) FROM model_configs m WHERE m.namespace = n.namespace) AS configs,
          (SELECT count(*) FROM agents a WHERE a.namespace = n.namespace) AS agents,
          (SELECT name FROM model_configs d WHERE d.namespace = n.namespace AND d.is_default = 1
            ORDER BY d.created_at, d.name LIMIT 1) AS by_default
        FROM (%s) n ORDER BY n.namespace\
        """
            .formatted(NAMESPACES),
        row ->
            new Place(
                row.text("namespace"),
                row.count("keys"),
                row.count("configs"),
                row.count("agents"),
                row.optional("by_default")));
  }

  @Override
  public Map<ObjectKind, Integer> counts() {
    var counts = new EnumMap<ObjectKind, Integer>(ObjectKind.class);
    for (var kind : ObjectKind.values()) {
      query("SELECT count(*) AS number FROM " + ChangeLog.table(kind), row -> row.count("number"))
          .forEach(number -> counts.put(kind, number));
    }
    return counts;
  }

  private record Use(Ref key, Uses uses) {}

  private static Use use(Read row) throws SQLException {
    return new Use(
        new Ref(row.text("namespace"), row.text("api_key")),
        new Uses(row.count("configs"), row.count("agents")));
  }

  /// Numbers have no gaps within an epoch, so the oldest one tells what is missing.
  @Override
  public Changes changesSince(Position since) {
    var here = position();
    if (!since.epoch().equals(here.epoch()) || since.seq() > here.seq()) {
      return new Changes.Unknown();
    }
    var changes =
        query("SELECT * FROM changes WHERE seq > ? ORDER BY seq", ConfigView::change, since.seq());
    return changes.size() == here.seq() - since.seq()
        ? new Changes.Known(changes)
        : new Changes.Unknown();
  }

  @Override
  public List<Change> recentChanges(ObjectKind kind, Ref ref, int most) {
    return query(
        "SELECT * FROM changes WHERE kind = ? AND id = ? ORDER BY seq DESC LIMIT ?",
        ConfigView::change,
        kind.name(),
        ChangeLog.id(ref),
        most);
  }

  @Override
  public List<Change> newestChanges(int most) {
    return query("SELECT * FROM changes ORDER BY seq DESC LIMIT ?", ConfigView::change, most);
  }

  private static Change change(Read row) throws SQLException {
    var id = row.text("id");
    var dot = id.indexOf('.');
    return new Change(
        row.number("seq"),
        ObjectKind.valueOf(row.text("kind")),
        new Ref(id.substring(0, dot), id.substring(dot + 1)),
        Operation.valueOf(row.text("op")),
        row.text("manager"),
        Instant.parse(row.text("at")));
  }

  private interface RowReader<T> {
    T read(Read row) throws SQLException;
  }

  private <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
    try (var statement = connection.prepareStatement(sql)) {
      for (int at = 0; at < parameters.length; at++) {
        statement.setObject(at + 1, parameters[at]);
      }
      var found = new ArrayList<T>();
      try (var rows = statement.executeQuery()) {
        var row = new Read(rows);
        while (rows.next()) {
          found.add(reader.read(row));
        }
      }
      return List.copyOf(found);
    } catch (SQLException failed) {
      throw new QueryFailed(failed);
    }
  }
}
