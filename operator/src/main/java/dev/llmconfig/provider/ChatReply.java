package dev.llmconfig.provider;

/// What a chat is answered with at first.
public sealed interface ChatReply {

  /// Whoever gets it closes it.
  record Begun(ChatAnswer answer) implements ChatReply {}

  /// `KeyAccepted` here means that the provider understood and would not, or could not, say more.
  record Refused(Finding finding) implements ChatReply {}
}
