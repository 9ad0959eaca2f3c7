package dev.llmconfig.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// That somebody did something, or tried to. Of values only those of a spec are in it that can be
/// no key.
///
/// @param actor as the API server calls them; empty for somebody without credentials
/// @param object the id of what it was about; empty for none
/// @param namespace in which that is; empty for none
/// @param reason why it was not done; empty when it was
/// @param address from where
/// @param fields what was changed
public record AuditRecord(
    Instant at,
    Optional<String> actor,
    Via via,
    Action action,
    String object,
    String namespace,
    Result result,
    String reason,
    String address,
    List<Field> fields) {

  /// One field.
  ///
  /// @param from as JSON; empty for what was not there, and for what is not told
  /// @param to the same
  public record Field(String name, Optional<String> from, Optional<String> to) {

    /// Of which only the fact is told.
    public static Field named(String name) {
      return new Field(name, Optional.empty(), Optional.empty());
    }
  }

  /// How they came.
  public enum Via {
    Playground,
    Api
  }

  public enum Action {
    Create,
    Update,
    Delete,
    Test,
    Chat,
    Import,
    Export,
    Login,
    Logout,
    Read
  }

  public enum Result {
    Done,
    Refused,
    Failed
  }

  public AuditRecord {
    fields = List.copyOf(fields);
  }
}
