package dev.llmconfig.api;

/// Labels that we set or read.
public final class Labels {

  /// On everything that we create, with the value [#OPERATOR].
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  public static final String OPERATOR = "llm-config-operator";

  /// Which installation created an object; another one's is never touched.
  public static final String INSTALLATION = "llmconfig.dev/installation";

  /// On what we create for an ApiKeyConfig: its name.
  public static final String API_KEY = "llmconfig.dev/api-key";

  /// On what we create for a ModelConfig: its name. On a workload, by its owner: the ModelConfig
  /// that it asks for, or [#DEFAULT].
  public static final String MODEL_CONFIG = "llmconfig.dev/model-config";

  /// The value of [#MODEL_CONFIG] with which a workload follows the default of its namespace.
  public static final String DEFAULT = "default";

  /// Our marker on a workload: which ModelConfig delivers to it, so that a label which is moved or
  /// removed is noticed.
  public static final String DELIVERED_BY = "llmconfig.dev/delivered-by";

  /// On a ConfigMap in the operator's namespace, with the value `true`: it holds agent profiles.
  public static final String PROFILES = "llmconfig.dev/profiles";

  private Labels() {}
}
