package dev.llmconfig.provider;

/// Something worth knowing that changes no verdict.
public record Note(String reason, String message) {}
