package dev.llmconfig.domain;

import dev.llmconfig.api.CaKind;

/// Where the certificates are that an endpoint is trusted by, besides those of the platform.
public record CaSource(CaKind kind, String name, String dataKey) {}
