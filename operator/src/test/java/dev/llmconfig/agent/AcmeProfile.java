package dev.llmconfig.agent;

/// A profile of somebody's own in which nothing is wrong.
public final class AcmeProfile {

  public static final String FILE = "acme.yaml";

  /// It ends with its entries, so that more of them can follow.
  public static final String TEXT =
      """
      schema: llmconfig.dev/profile/v1
      id: acme
      version: 1
      dialect: OpenAI
      apiSurface: ChatCompletions
      urlStyle: WithV1
      env:
        - {name: ACME_KEY, from: Key}
        - {name: ACME_URL, from: BaseUrl}
      """;

  private AcmeProfile() {}

  /// With the model in this variable.
  public static String withModelIn(String variable) {
    return TEXT + "  - {name: %s, from: Model}\n".formatted(variable);
  }
}
