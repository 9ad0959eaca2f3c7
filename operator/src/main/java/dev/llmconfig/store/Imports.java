package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Caller;
import dev.llmconfig.domain.Ref;
import java.util.List;

/// Takes in many objects at once: all of them, or none.
public interface Imports {

  /// In the order in which they need each other, whatever the one is in which they come.
  Imported take(Caller who, List<Wanted> wanted, Manner manner);

  /// What can be taken in.
  enum Kind {
    Secret,
    ApiKeyConfig,
    ModelConfig
  }

  /// One object.
  ///
  /// @param place where it stands in what was sent, for people
  /// @param content of a Secret its data, else the spec
  record Wanted(String place, Kind kind, Ref ref, ObjectNode content) {
    @Override
    public String toString() {
      return "%s %s".formatted(kind, ref);
    }
  }

  /// What came of it.
  sealed interface Imported {

    record Taken(List<Wanted> created, List<Wanted> changed, List<Wanted> unchanged)
        implements Imported {
      public Taken {
        created = List.copyOf(created);
        changed = List.copyOf(changed);
        unchanged = List.copyOf(unchanged);
      }
    }

    /// Nothing is changed any more, but for what could not be undone.
    ///
    /// @param where empty where it is about all of them
    record Stopped(String where, Outcome why, List<Wanted> left) implements Imported {
      public Stopped {
        left = List.copyOf(left);
      }
    }
  }
}
