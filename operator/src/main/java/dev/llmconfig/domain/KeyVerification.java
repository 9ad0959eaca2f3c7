package dev.llmconfig.domain;

/// Whether a key is asked of its provider before it is used.
public enum KeyVerification {
  Required,
  Disabled
}
