package dev.llmconfig.api;

/// How settings reach an agent.
public enum DeliveryMode {
  Env,
  EnvFrom,
  File,
  Gateway,
  None
}
