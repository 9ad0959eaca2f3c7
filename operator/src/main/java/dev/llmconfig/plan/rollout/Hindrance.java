package dev.llmconfig.plan.rollout;

import dev.llmconfig.api.Reason;

/// Why a workload cannot be given anything, for reasons of its own.
public record Hindrance(Reason reason, String message) {}
