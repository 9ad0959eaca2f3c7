package dev.llmconfig.access;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Where there is no cluster there is one person, who may do everything, and nobody else.
public final class OwnMachine implements Review {

  /// The only one that there is.
  public static final String NAMESPACE = "default";

  private static final Person ADMIN = new Person("admin", List.of());
  private static final List<String> ALL =
      List.of("get", "list", "watch", "create", "update", "patch", "delete", "use");

  @Override
  public Person who(Caller caller) {
    return switch (caller) {
      case Caller.Standalone _ -> ADMIN;
      // Sealed with the same key somewhere else.
      case Caller.Token _, Caller.LocalKubeconfig _ -> throw new TokenRejected();
    };
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
