package dev.llmconfig.plan;

import dev.llmconfig.api.Reason;

/// One condition of the status; when it last changed is known to whoever writes it.
public record ConditionReport(Type type, Truth truth, Reason reason, String message) {

  public enum Type {
    Resolved,
    Accepted,
    Verified,
    Delivered,
    ParametersHonoured,
    ModelRetiring,
    Ready,
    Reconciling,
    Stalled
  }

  public enum Truth {
    True,
    False,
    Unknown
  }
}
