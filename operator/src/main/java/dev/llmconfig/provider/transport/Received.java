package dev.llmconfig.provider.transport;

/// What an exchange ends with.
public sealed interface Received {

  /// Read to its end, as all refusals and redirects are.
  record Whole(Reply reply) implements Received {}

  /// Begun; whoever gets it reads and closes it.
  record Flowing(Inflow body) implements Received {}
}
