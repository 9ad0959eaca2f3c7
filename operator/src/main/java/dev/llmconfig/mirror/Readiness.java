package dev.llmconfig.mirror;

/// What a condition says, mostly `Ready`; empty words where there is none yet.
public record Readiness(String status, String reason, String message) {

  public static final Readiness UNTOLD = new Readiness("", "", "");
}
