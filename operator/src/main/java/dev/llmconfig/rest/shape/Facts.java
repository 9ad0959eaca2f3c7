package dev.llmconfig.rest.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What forms and pages must know and no cluster tells.
public final class Facts {

  private Facts() {}

  /// A provider, for the form that adds a key.
  public record Provider(
      String name,
      String dialect,
      @Nullable String endpoint,
      boolean keyless,
      List<String> keyPrefixes,
      List<String> keyVariables,
      boolean listsModels) {}

  /// What an agent's framework reads.
  public record Profile(
      String id,
      int version,
      String title,
      String dialect,
      String surface,
      String urlStyle,
      List<String> modes,
      boolean requiresKey,
      List<Variable> variables) {}

  /// One variable of a profile.
  public record Variable(String name, String from, @Nullable String when) {}

  /// A word that conditions, tests or problems carry.
  ///
  /// @param kind where it is met
  /// @param status of the answer, for a problem
  public record Reason(
      String reason, Kind kind, String sentence, String action, @Nullable Integer status) {}

  /// Where a reason is met.
  public enum Kind {
    Verdict,
    Problem
  }
}
