package dev.llmconfig.mirror;

import dev.llmconfig.domain.Ref;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One consistent state of the rows. Lists are ordered by namespace and name.
public interface MirrorView {

  Position position();

  Freshness freshness(Instant now);

  /// Who wrote it, and for which namespaces.
  Heartbeat heartbeat();

  List<Stored<KeyRow>> keys();

  Optional<Stored<KeyRow>> key(Ref ref);

  List<Stored<ModelConfigRow>> modelConfigs();

  Optional<Stored<ModelConfigRow>> modelConfig(Ref ref);

  Optional<OfferedModels> models(Ref key);

  List<Stored<AgentRow>> agents();

  /// With its detail.
  Optional<Stored<AgentRow>> agent(Ref ref);

  /// Those of one namespace, each with its detail.
  List<Stored<AgentRow>> agentsIn(String namespace);

  /// What uses each key that is used at all.
  Map<Ref, Uses> uses();

  Uses uses(Ref key);

  /// Every namespace with a row, by name.
  List<String> namespaces();

  /// The same with what is in them.
  List<Place> places();

  Map<ObjectKind, Integer> counts();

  Changes changesSince(Position since);

  /// The newest first, of one object.
  List<Change> recentChanges(ObjectKind kind, Ref ref, int most);

  /// The newest first, of all objects.
  List<Change> newestChanges(int most);
}
