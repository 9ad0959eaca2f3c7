package dev.llmconfig.sqlite;

import java.sql.SQLException;

/// Carries an error of SQL through code that knows no SQL.
final class QueryFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final SQLException reason;

  QueryFailed(SQLException reason) {
    super(reason);
    this.reason = reason;
  }

  SQLException reason() {
    return reason;
  }
}
