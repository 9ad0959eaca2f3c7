package dev.llmconfig.store;

import java.util.List;

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

  record OneOf(List<Seen> states) implements Version {
    public OneOf {
      states = List.copyOf(states);
    }

    @Override
    public boolean matches(String uid, long generation) {
      return states.stream().anyMatch(one -> one.matches(uid, generation));
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
