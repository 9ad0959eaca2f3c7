package dev.llmconfig.agent;

import dev.llmconfig.domain.Parameter;
import java.util.List;

/// What came of one profile and one set of settings.
public sealed interface Rendering {

  /// Nothing is delivered with this profile, and the sentence says what to do instead.
  record Refused(Refusal reason, String sentence) implements Rendering {}

  /// The reasons of the condition `Accepted` that a profile can cause.
  enum Refusal {
    ProfileDialectMismatch,
    ProfileCannotCarryModel
  }

  /// What the agent gets.
  ///
  /// @param entries sorted by name, each name once
  /// @param notCarried set, and not told to the agent
  record Rendered(List<Entry> entries, List<NotCarried> notCarried, List<AgentNote> notes)
      implements Rendering {
    public Rendered {
      entries = List.copyOf(entries);
      notCarried = List.copyOf(notCarried);
      notes = List.copyOf(notes);
    }
  }

  record NotCarried(Parameter parameter, String sentence) {}
}
