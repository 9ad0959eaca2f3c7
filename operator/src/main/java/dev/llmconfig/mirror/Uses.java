package dev.llmconfig.mirror;

/// How many ModelConfigs name a key, and how many workloads ask for one of those.
public record Uses(int configs, int agents) {

  public static final Uses NONE = new Uses(0, 0);
}
