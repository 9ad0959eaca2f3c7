package dev.llmconfig.plan;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.domain.Ref;
import java.util.List;
import java.util.stream.Stream;

/// Who needs an ApiKeyConfig, and whether somebody wants it gone: all that the deletion guard is
/// decided by. It is known without the spec, because an object that cannot be read must be guarded,
/// and must be able to go, like any other.
///
/// @param users the ModelConfigs that name it; one that is being deleted is none
/// @param deleting whether it was deleted, and only finalizers keep it
/// @param guarded whether it carries our finalizer
/// @param forced whether a person said to let it go all the same
public record KeyUse(
    Ref key, List<String> users, boolean deleting, boolean guarded, boolean forced) {

  private static final int NAMED = 3;

  /// What is to be done to our finalizer.
  public enum Guard {
    KEEP,
    SET,
    LIFT
  }

  public KeyUse {
    users = users.stream().sorted().toList();
  }

  /// There is a finalizer only while there is something to guard (traps R15). The API server takes
  /// no new one on an object that is being deleted.
  public Guard guard() {
    if (needed() == guarded || (needed() && deleting)) {
      return Guard.KEEP;
    }
    return needed() ? Guard.SET : Guard.LIFT;
  }

  /// Nobody holds it back, so nothing else is done about it.
  public boolean leaving() {
    return deleting && !needed();
  }

  /// Told when it goes although agents have it.
  public static PlannedEvent leftBehind() {
    return new PlannedEvent(
        PlannedEvent.Reason.LeftBehind,
        "The Secrets that agents were pointed at stay without an owner while a pod template names them.");
  }

  /// Who says beforehand that it may go by force still wants what agents name to stay: without the
  /// finalizer it would go with its owner, and no container could restart.
  private boolean needed() {
    return !users.isEmpty() && !(forced && deleting);
  }

  /// Why it is still there, and how it can go at once.
  String sentence() {
    if (!guarded) {
      return "The key is being deleted.";
    }
    var one = users.size() == 1;
    return "The key is being deleted and stays while %s %s %s it; delete %s, or let it go with: %s"
        .formatted(
            one ? "ModelConfig" : "ModelConfigs",
            named(),
            one ? "names" : "name",
            one ? "that ModelConfig" : "those ModelConfigs",
            command());
  }

  private String command() {
    return "kubectl annotate apikeyconfig %s --namespace %s %s=true"
        .formatted(key.name(), key.namespace(), Annotations.FORCE_DELETE);
  }

  /// A few of them: the status is no list of users.
  private String named() {
    var few =
        users.size() <= NAMED + 1
            ? users
            : Stream.concat(users.stream().limit(NAMED), Stream.of(users.size() - NAMED + " more"))
                .toList();
    var last = few.size() - 1;
    return last == 0
        ? few.getFirst()
        : String.join(", ", few.subList(0, last)) + " and " + few.get(last);
  }
}
