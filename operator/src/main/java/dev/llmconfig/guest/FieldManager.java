package dev.llmconfig.guest;

import dev.llmconfig.api.FieldManagers;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Objects;
import java.util.Set;

/// Who wrote, as the API server tells writers apart, under the name that Kubernetes has for them:
/// the same name with another operation or through a subresource is somebody else.
///
/// @param subresource empty for writes to the object itself
public record FieldManager(String name, Operation operation, String subresource) {

  /// How somebody writes: what is applied is declared, and is taken away again when it is not
  /// declared any more.
  public enum Operation {
    Apply,
    Update
  }

  /// What `kubectl rollout undo` writes as.
  private static final String UNDO = "kubectl";

  /// What kubectl calls itself when a person changes something by hand. Its `apply`, also the one
  /// on the client's side, is not among them: that is a manifest speaking.
  private static final Set<String> HANDS =
      Set.of(
          UNDO,
          "kubectl-annotate",
          "kubectl-edit",
          "kubectl-label",
          "kubectl-patch",
          "kubectl-set");

  static final FieldManager US = new FieldManager(FieldManagers.OPERATOR, Operation.Update, "");

  static FieldManager of(ManagedFieldsEntry entry) {
    return new FieldManager(
        Objects.requireNonNullElse(entry.getManager(), ""),
        Operation.Apply.name().equals(entry.getOperation()) ? Operation.Apply : Operation.Update,
        Objects.requireNonNullElse(entry.getSubresource(), ""));
  }

  /// A strategic merge patch is an Update; what is applied under our name was not written by us.
  boolean us() {
    return equals(US);
  }

  boolean declares() {
    return operation == Operation.Apply;
  }

  boolean personsHand() {
    return operation == Operation.Update && HANDS.contains(name);
  }

  boolean restores() {
    return operation == Operation.Update && UNDO.equals(name) && subresource.isEmpty();
  }
}
