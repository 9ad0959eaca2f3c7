package dev.llmconfig.rest.shape;

import java.util.List;

/// What is in a Secret, by name; what the values are is nobody's to read here.
public record SecretKeys(String id, String namespace, String name, List<String> dataKeys) {}
