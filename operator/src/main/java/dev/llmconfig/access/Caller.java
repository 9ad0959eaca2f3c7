package dev.llmconfig.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Whoever calls, by the credentials that they brought.
public sealed interface Caller {

  /// Equal for equal credentials only: the SHA-256 of the whole of them, never of a part (traps
  /// G6).
  String digest();

  /// A token of the API server.
  static Token token(String token) {
    return new Token(token, sha256(token));
  }

  /// Known to the API server.
  ///
  /// @param text the token; it goes to the API server and nowhere else
  record Token(String text, String digest) implements Caller {

    TokenClaims claims() {
      return TokenClaims.of(text);
    }

    @Override
    public String toString() {
      return "token " + digest.substring(0, 8);
    }
  }

  /// The kubeconfig's own identity, with whatever credentials it has: for one person on the machine
  /// that it lies on.
  record LocalKubeconfig() implements Caller {

    @Override
    public String digest() {
      return "local";
    }
  }

  /// Whoever has signed in where there is no cluster: the one person whose machine it is.
  record Standalone() implements Caller {

    @Override
    public String digest() {
      return "standalone";
    }
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
