package dev.llmconfig.api;

/// Under which names we write, as `managedFields` shows them.
public final class FieldManagers {

  public static final String OPERATOR = "llm-config-operator";

  /// What a person saves in the Playground.
  public static final String PLAYGROUND = "llm-config-playground";

  /// Single annotations of the Playground, so that a request to verify takes no field of the spec.
  public static final String PLAYGROUND_ACTION = "llm-config-playground-action";

  private FieldManagers() {}
}
