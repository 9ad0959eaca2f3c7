package dev.llmconfig.mirror;

import dev.llmconfig.domain.AgentState;
import dev.llmconfig.domain.Ref;
import java.util.Optional;

/// A workload that asks for settings, or has some.
///
/// @param ref its name is kind and name, such as `Deployment.chat`
/// @param version without a resourceVersion: a workload's own status moves that all the time
/// @param modelConfig the one that it asks for; empty where it asks for none any more, or follows a
///   default that is not there
/// @param mode how it is given
/// @param profile what its settings are written for
/// @param detail not read for lists
public record AgentRow(
    Ref ref,
    ObjectVersion version,
    String modelConfig,
    String mode,
    String profile,
    Standing standing,
    Settings requested,
    Settings running,
    AgentDetail detail)
    implements MirrorRow {

  /// How it is with its settings.
  ///
  /// @param reason why it is behind, as the status of its ModelConfig says; empty where it is not,
  ///   or is not named there
  /// @param since when we wrote to it last
  public record Standing(AgentState state, String reason, String message, Optional<String> since) {}

  /// Empty words for what is not known.
  public record Settings(String revision, String model) {
    static final Settings NONE = new Settings("", "");
  }

  /// The name of a row.
  public static Ref ref(String namespace, String kind, String name) {
    return new Ref(namespace, kind + "." + name);
  }

  public String kind() {
    return kind(ref);
  }

  public String name() {
    return name(ref);
  }

  public static String kind(Ref ref) {
    return ref.name().substring(0, ref.name().indexOf('.'));
  }

  public static String name(Ref ref) {
    return ref.name().substring(ref.name().indexOf('.') + 1);
  }
}
