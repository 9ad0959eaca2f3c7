package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Ref;
import java.util.List;
import java.util.Optional;

/// What would become of agents.
///
/// @param notes what is said of workloads that nobody delivers to
public record Impact(List<OfModel> models, List<String> notes) {

  /// What one ModelConfig would do.
  ///
  /// @param revision empty where it depends on a key that only the cluster has
  /// @param refused why it would not be accepted
  /// @param settings what changes of the settings themselves
  /// @param notes conditions that need no action
  public record OfModel(
      Ref ref,
      Optional<String> revision,
      Optional<Said> refused,
      List<Setting> settings,
      List<Change> changes,
      List<Blocked> blocked,
      List<Said> notes,
      List<String> unknown) {
    public OfModel {
      settings = List.copyOf(settings);
      changes = List.copyOf(changes);
      blocked = List.copyOf(blocked);
      notes = List.copyOf(notes);
      unknown = List.copyOf(unknown);
    }
  }

  public record Said(String reason, String message) {}

  /// One of the settings, before and after.
  ///
  /// @param before empty where there was nothing
  public record Setting(String field, String before, String after) {}

  /// What becomes of one workload.
  ///
  /// @param patch as it would be sent; empty where names in it depend on a key that only the
  ///   cluster has
  /// @param shown our fields of it as people read them; what only the cluster knows is in brackets
  public record Change(
      Workload workload,
      Effect effect,
      Condition when,
      List<Difference> differences,
      Optional<JsonNode> patch,
      ObjectNode shown) {
    public Change {
      differences = List.copyOf(differences);
    }
  }

  public record Workload(String kind, String name) {}

  public record Blocked(Workload workload, Said why) {}

  public enum Effect {
    /// Its pods are replaced.
    Restart,
    /// A CronJob: what runs keeps what it has.
    NextJob,
    /// Its owner has decided that pods are replaced when somebody deletes them.
    NextPod,
    /// Its pods find other content in the Secret that they read, when somebody restarts them.
    NextRestart,
    /// Only a label.
    NoRestart
  }

  /// What it waits for.
  public enum Condition {
    Nothing,
    Approval,
    /// The annotation for a dry run, which is to be taken away.
    DryRun
  }

  /// One entry of a workload.
  ///
  /// @param where such as `container agent, variable OPENAI_MODEL`
  /// @param before empty for what is new; what may be a secret is not told
  /// @param after empty for what goes
  public record Difference(String where, Optional<String> before, Optional<String> after) {}

  public Impact {
    models = List.copyOf(models);
    notes = List.copyOf(notes);
  }

  public boolean anything() {
    return models.stream().anyMatch(one -> !one.changes().isEmpty());
  }

  public long count(Effect effect) {
    return models.stream()
        .flatMap(one -> one.changes().stream())
        .filter(one -> one.effect() == effect)
        .count();
  }

  public long blocked() {
    return models.stream().mapToLong(one -> one.blocked().size()).sum();
  }
}
