package dev.llmconfig.crypto;

/// Names an encryption key in logs and events without saying anything about it: `k-` and eight hex
/// digits of an HMAC that the key itself keys.
public record KeyId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
