package dev.llmconfig.agent;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.Parameter;
import java.util.List;

/// What came of one profile and one set of settings.
public sealed interface Rendering {

  /// Nothing is delivered with this profile, and the sentence says what to do instead. The reason
  /// is one of the condition `Accepted`.
  record Refused(ConditionReason reason, String sentence) implements Rendering {}

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

  /// A parameter that the agent is not told of: `ParametersHonoured=False/NotCarriedByProfile`.
  record NotCarried(Parameter parameter, String sentence) {}
}
