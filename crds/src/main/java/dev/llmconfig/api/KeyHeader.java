package dev.llmconfig.api;

/// The header a provider reads its key from. A key never travels in a URL (traps P12).
public enum KeyHeader {
  Bearer("authorization", "Bearer "),
  XApiKey("x-api-key", ""),
  XGoogApiKey("x-goog-api-key", ""),
  ApiKey("api-key", "");

  private final String header;
  private final String scheme;

  KeyHeader(String header, String scheme) {
    this.header = header;
    this.scheme = scheme;
  }

  /// The header's name, in lower case.
  public String header() {
    return header;
  }

  /// What stands before the key in the header's value.
  public String scheme() {
    return scheme;
  }
}
