package dev.llmconfig.api;

/// What a verdict proves about the key itself.
public enum KeyProof {
  Genuine,
  Bad,
  BadOrSpent,
  Nothing
}
