package dev.llmconfig.sqlite;

import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.Heartbeat;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorStore;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Content for a rebuild.
record Rows(
    List<KeyRow> keyRows,
    List<ModelConfigRow> configRows,
    List<OfferedModels> lists,
    List<AgentRow> agentRows)
    implements MirrorStore.Content {

  static final Heartbeat HEARTBEAT = heartbeat(Instant.parse("2026-11-20T12:00:00Z"));

  Rows(List<KeyRow> keyRows, List<ModelConfigRow> configRows, List<OfferedModels> lists) {
    this(keyRows, configRows, lists, List.of());
  }

  static Rows agents(AgentRow... rows) {
    return new Rows(List.of(), List.of(), List.of(), List.of(rows));
  }

  static Rows none() {
    return new Rows(List.of(), List.of(), List.of());
  }

  static Rows keys(KeyRow... rows) {
    return new Rows(List.of(rows), List.of(), List.of());
  }

  static Rows many(int number) {
    return new Rows(
        IntStream.range(0, number).mapToObj(at -> Sample.keyRow(ref(at), "u" + at, 1)).toList(),
        List.of(),
        List.of());
  }

  static Ref ref(int at) {
    return new Ref("agents", "key-%05d".formatted(at));
  }

  static Heartbeat heartbeat(Instant syncedAt) {
    return new Heartbeat(
        syncedAt,
        Set.of("agents", "tools"),
        "pod-1",
        "pod-2",
        OptionalInt.of(2),
        Map.of("ApiKeyConfigs of all namespaces", "7"),
        List.of(new ProfileFile("ours", "acme.yaml", "id: acme\ntitle: \"Acme\"\n")));
  }

  @Override
  public Stream<KeyRow> keys() {
    return keyRows.stream();
  }

  @Override
  public Stream<ModelConfigRow> modelConfigs() {
    return configRows.stream();
  }

  @Override
  public Stream<OfferedModels> models() {
    return lists.stream();
  }

  @Override
  public Stream<AgentRow> agents() {
    return agentRows.stream();
  }
}
