package dev.llmconfig.plan;

/// Something worth knowing that changes nothing: a note of the status.
public record StatusNote(String reason, String message) {}
