package dev.llmconfig.provider;

/// How an answer is asked for.
public enum Delivery {
  Whole,
  Streamed
}
