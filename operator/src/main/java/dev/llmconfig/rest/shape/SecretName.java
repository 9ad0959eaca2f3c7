package dev.llmconfig.rest.shape;

/// A Secret that a key could be in.
///
/// @param managed the operator made it, and may take it away again
public record SecretName(
    String id, String namespace, String name, String createdAt, boolean managed) {}
