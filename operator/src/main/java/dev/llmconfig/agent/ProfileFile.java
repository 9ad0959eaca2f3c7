package dev.llmconfig.agent;

/// One data key of a ConfigMap that holds profiles.
///
/// @param name such as `acme.yaml`
public record ProfileFile(String configMap, String name, String text) {}
