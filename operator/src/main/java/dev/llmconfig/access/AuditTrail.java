package dev.llmconfig.access;

import java.util.List;

/// Remembers what was done here. What this process did not see is not in it: the API server's own
/// audit log is the authority.
public interface AuditTrail {

  /// Never fails for whom it is about: what cannot be kept is told to the log.
  void add(AuditRecord what);

  /// The newest first, each with its number.
  List<Numbered> newest(int most);

  record Numbered(long number, AuditRecord what) {}
}
