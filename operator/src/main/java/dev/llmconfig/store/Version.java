package dev.llmconfig.store;

/// Which state of an object somebody has seen who wants to change it. A new status is no new
/// version, so that it never spoils a save.
public sealed interface Version {

  boolean matches(String uid, long generation);

  record Seen(String uid, long generation) implements Version {
    @Override
    public boolean matches(String otherUid, long otherGeneration) {
      return uid.equals(otherUid) && generation == otherGeneration;
    }
  }

  /// Whatever is there.
  record Any() implements Version {
    @Override
    public boolean matches(String uid, long generation) {
      return true;
    }
  }
}
