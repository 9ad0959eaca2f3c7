package dev.llmconfig.access;

import dev.llmconfig.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where there is no cluster there is one person, who may do everything, and nobody else.
public final class OwnMachine implements Review {

  /// The only one that there is.
  public static final String NAMESPACE = "default";

  private static final Person ADMIN = new Person("admin", List.of());
  private static final List<String> ALL =
      List.of("get", "list", "watch", "create", "update", "patch", "delete", "use");

  private final Optional<SecretBytes> token;

  /// Scripts come as the same person, with that token if there is one.
  public OwnMachine(Optional<SecretBytes> token) {
    this.token = token;
  }

  @Override
  public Person who(Caller caller) {
    return switch (caller) {
      case Caller.Standalone _ -> ADMIN;
      case Caller.Token(var text, _) when isOurs(text) -> ADMIN;
      // Of a cluster, or sealed with the same key somewhere else.
      case Caller.Token _, Caller.LocalKubeconfig _, Caller.NameOnly _ -> throw new TokenRejected();
    };
  }

  private boolean isOurs(String text) {
    var said = text.getBytes(StandardCharsets.US_ASCII);
    return token.filter(ours -> ours.use(bytes -> MessageDigest.isEqual(bytes, said))).isPresent();
  }

  @Override
  public boolean may(Caller caller, Right right) {
    return who(caller).equals(ADMIN);
  }

  @Override
  public Rules rules(Caller caller, String namespace) {
    who(caller);
    Map<String, List<String>> verbs =
        Right.RESOURCES.stream().collect(Collectors.toMap(resource -> resource, _ -> ALL));
    return new Rules(verbs, false);
  }
}
