package dev.llmconfig.sqlite;

import dev.llmconfig.mirror.Heartbeat;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/// The rows of `meta`.
final class Meta {

  static final String EPOCH = "epoch";
  static final String SEQ = "seq";
  static final String SYNCED_AT = "synced_at";
  private static final String WATCHED = "watched_namespaces";
  private static final String REPLICA = "replica";
  private static final String REPLICAS = "replicas";
  private static final String LEADER = "leader";
  private static final String VERSIONS = "resource_versions";
  private static final String PROFILES = "profiles";

  private Meta() {}

  static Map<String, String> read(Connection connection) throws SQLException {
    var meta = new HashMap<String, String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT name, value FROM meta")) {
      while (rows.next()) {
        meta.put(rows.getString("name"), rows.getString("value"));
      }
    }
    return meta;
  }

  static void write(Connection connection, Map<String, String> values) throws SQLException {
    try (var statement =
        connection.prepareStatement("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)")) {
      for (var entry : values.entrySet()) {
        statement.setString(1, entry.getKey());
        statement.setString(2, entry.getValue());
        statement.executeUpdate();
      }
    }
  }

  static Map<String, String> of(Heartbeat beat) {
    var meta = new TreeMap<String, String>();
    meta.put(SYNCED_AT, beat.syncedAt().toString());
    meta.put(WATCHED, String.join(",", new TreeSet<>(beat.watchedNamespaces())));
    meta.put(REPLICA, beat.replica());
    meta.put(LEADER, beat.leader());
    meta.put(
        REPLICAS, beat.replicas().isPresent() ? Integer.toString(beat.replicas().getAsInt()) : "");
    meta.put(VERSIONS, lines(beat.resourceVersions()));
    meta.put(PROFILES, ProfileTexts.written(beat.profiles()));
    return meta;
  }

  static Heartbeat heartbeat(Map<String, String> meta) {
    return new Heartbeat(
        Instant.parse(meta.getOrDefault(SYNCED_AT, Instant.EPOCH.toString())),
        new TreeSet<>(words(meta.getOrDefault(WATCHED, ""), ",")),
        meta.getOrDefault(REPLICA, ""),
        meta.getOrDefault(LEADER, ""),
        Optional.ofNullable(meta.get(REPLICAS))
            .filter(text -> !text.isEmpty())
            .map(text -> OptionalInt.of(Integer.parseInt(text)))
            .orElseGet(OptionalInt::empty),
        versions(meta.getOrDefault(VERSIONS, "")),
        ProfileTexts.read(meta.getOrDefault(PROFILES, "")));
  }

  private static String lines(Map<String, String> versions) {
    return new TreeMap<>(versions)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .reduce((first, second) -> first + "\n" + second)
            .orElse("");
  }

  private static Map<String, String> versions(String lines) {
    var versions = new TreeMap<String, String>();
    for (var line : words(lines, "\n")) {
      var at = line.lastIndexOf('=');
      versions.put(line.substring(0, at), line.substring(at + 1));
    }
    return versions;
  }

  private static List<String> words(String text, String separator) {
    return text.isEmpty() ? List.of() : List.of(text.split(separator, -1));
  }
}
