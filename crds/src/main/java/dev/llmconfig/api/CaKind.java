package dev.llmconfig.api;

/// Where the certificate of a private authority may be kept.
public enum CaKind {
  ConfigMap,
  Secret
}
