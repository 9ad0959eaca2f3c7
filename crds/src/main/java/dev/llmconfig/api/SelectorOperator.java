package dev.llmconfig.api;

/// How a selector looks at one label, in the words of Kubernetes.
public enum SelectorOperator {
  In,
  NotIn,
  Exists,
  DoesNotExist
}
