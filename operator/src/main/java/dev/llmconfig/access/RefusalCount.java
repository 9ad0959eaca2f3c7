package dev.llmconfig.access;

/// Counts who was not let in, by the reason alone: no label names anybody.
public interface RefusalCount {

  /// Headers in which somebody speaks for others without proof that they may.
  String UNTRUSTED_PROXY = "UntrustedProxy";

  /// Where nobody asks for it.
  RefusalCount NONE = _ -> {};

  void add(String reason);
}
