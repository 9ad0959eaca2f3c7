package dev.llmconfig.agent;

/// The two ways a profile can be used. `Env` stands for EnvFrom and File, too: the agent calls its
/// provider itself.
public enum ProfileMode {
  Env,
  Gateway
}
