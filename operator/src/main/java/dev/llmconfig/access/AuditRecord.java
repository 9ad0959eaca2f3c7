package dev.llmconfig.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// That somebody did something, or tried to. No value is in it, so no key can be.
///
/// @param actor as the API server calls them; empty for somebody without credentials
/// @param object the id of what it was about; empty for none
/// @param namespace in which that is; empty for none
/// @param reason why it was not done; empty when it was
/// @param address from where
/// @param fields what was to be changed, by name
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
    List<String> fields) {

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
