package dev.llmconfig.reconcile;

/// Asked before each write.
@FunctionalInterface
public interface WritePermission {

  /// For a process that is alone by design.
  WritePermission ALWAYS = () -> true;

  boolean writing();

  /// The reconcile ends with this, and is repeated by whoever leads next.
  default void check() {
    if (!writing()) {
      throw new NotLeading();
    }
  }

  /// Not a failure of anything: the lease may be somebody else's by now.
  final class NotLeading extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotLeading() {
      super("The lease is not surely held any more, so nothing was written.");
    }
  }
}
