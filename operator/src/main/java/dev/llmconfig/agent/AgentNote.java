package dev.llmconfig.agent;

/// Something a person should know of what was rendered; it changes nothing.
public record AgentNote(Reason reason, String sentence) {

  public enum Reason {
    /// The framework sends a value of its own, which wins where the gateway only fills.
    CallerSendsOwnValue,
    /// The framework has a limit of its own that is in force because none was set.
    FrameworkDefault,
    /// A header of the ApiKeyConfig that the framework has no setting for.
    HeadersNotCarried,
    /// The framework calls Responses, which not every provider has.
    CallsResponses
  }
}
