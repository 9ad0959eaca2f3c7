package dev.llmconfig.rest.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is signed in, and how one can.
public record Session(
    boolean signedIn,
    @Nullable String user,
    @Nullable List<String> groups,
    @Nullable String mode,
    @Nullable String expiresAt,
    List<String> loginMethods,
    @Nullable Features features) {

  /// How a browser signs in.
  ///
  /// @param token of the API server, or the word of a one-time URL
  public record Login(String token) {
    @Override
    public String toString() {
      return "a login";
    }
  }

  /// What this installation has switched on.
  ///
  /// @param keyRing whether keys can be opened and encrypted: without it nobody chats
  public record Features(boolean gateway, boolean keyRing) {}
}
