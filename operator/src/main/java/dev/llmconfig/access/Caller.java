package dev.llmconfig.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

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

  /// Somebody whom a proxy has let in, and of whom nothing is known but what it says.
  static NameOnly named(String user, List<String> groups) {
    return new NameOnly(user, groups, "named " + sha256(user + "\n" + String.join("\n", groups)));
  }

  /// For reading and chatting only: there is no token to write with.
  record NameOnly(String user, List<String> groups, String digest) implements Caller {

    private static final Set<String> VERBS = Set.of("get", "list", "use");

    public NameOnly {
      groups = List.copyOf(groups);
    }

    boolean mayEver(Right right) {
      return right.group().equals(Right.OURS) && VERBS.contains(right.verb());
    }

    @Override
    public String toString() {
      return digest.substring(0, 14);
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
