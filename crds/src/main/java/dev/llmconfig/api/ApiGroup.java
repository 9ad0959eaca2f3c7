package dev.llmconfig.api;

/// What the API is called.
public final class ApiGroup {

  public static final String NAME = "llmconfig.dev";
  public static final String V1ALPHA1 = "v1alpha1";

  /// `kubectl get llm -A` lists every kind of ours.
  public static final String CATEGORY = "llm";

  /// Set only once there is something to clean up.
  public static final String FINALIZER = "llmconfig.dev/cleanup";

  private ApiGroup() {}
}
