package dev.llmconfig.agent;

/// Where a key lies: a Secret of the agent's namespace, data key `api-key`. The only form in which
/// a key occurs in this package (traps K3).
public record KeyRef(String secret) {

  /// The same in every Secret that an agent is pointed at.
  public static final String DATA_KEY = "api-key";

  /// Holds the word `unused`, for frameworks that insist on a key where the provider wants none.
  public static final KeyRef NO_KEY = new KeyRef("llmconfig-no-key");
}
