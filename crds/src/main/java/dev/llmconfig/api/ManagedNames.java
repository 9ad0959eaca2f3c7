package dev.llmconfig.api;

/// What the objects that we create are called, and what is in them.
public final class ManagedNames {

  /// Type of the Secret that holds a key encrypted.
  public static final String ENCRYPTED_KEY_TYPE = "llmconfig.dev/encrypted-key";

  public static final String CURRENT = "current";
  public static final String PREVIOUS = "previous";

  /// Data key of a plain key, wherever one is delivered or unsealed.
  public static final String API_KEY = "api-key";

  /// Data keys of what was found out about a key: its models as they were read, and the
  /// certificates that it was accepted with.
  public static final String MODELS = "models.json";

  public static final String AUTHORITY = "ca.crt";

  /// For agents that insist on a key where the provider needs none.
  public static final String NO_KEY_SECRET = "llmconfig-no-key";

  public static final String NO_KEY_VALUE = "unused";

  /// The Secret that holds the current and the previous key encrypted.
  public static String encryptedSecret(String apiKeyConfig) {
    return apiKeyConfig + "-llmkey";
  }

  /// The ConfigMap with what was found out about a key that is in use.
  public static String factsConfigMap(String apiKeyConfig) {
    return apiKeyConfig + "-llmkey-facts";
  }

  /// The Secret with one revision of the key, plain, for the agents; immutable.
  public static String deliveredSecret(String apiKeyConfig, String keyRevision) {
    return apiKeyConfig + "-llmkey-" + keyRevision;
  }

  /// The SealedSecret that we create and the Secret that its controller makes of it.
  public static String unsealedSecret(String apiKeyConfig) {
    return apiKeyConfig + "-sealed";
  }

  /// The Secret of mode EnvFrom, which the agent's own manifest names.
  public static String environmentSecret(String modelConfig) {
    return modelConfig + "-llm-env";
  }

  /// The ConfigMap of mode File; immutable.
  public static String filesConfigMap(String modelConfig, String rendered) {
    return modelConfig + "-llm-" + rendered;
  }

  private ManagedNames() {}
}
