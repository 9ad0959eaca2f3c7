package dev.llmconfig.api;

/// What a sealed key is bound to, in the words of Sealed Secrets.
public enum SealingScope {
  /// The name and the namespace.
  Strict,
  /// The namespace.
  NamespaceWide,
  ClusterWide
}
