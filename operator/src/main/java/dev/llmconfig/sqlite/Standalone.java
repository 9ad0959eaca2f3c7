package dev.llmconfig.sqlite;

import dev.llmconfig.mirror.StoreFailure;
import dev.llmconfig.mirror.StoreFailure.Cause;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// In standalone mode a file of the same name is the truth, from the transaction on in which its
/// tables are made. An operator that is started in that directory must not drop it.
final class Standalone {

  private Standalone() {}

  static void refuse(Connection connection, Path directory) throws SQLException {
    var tables =
        Schema.number(
            connection,
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration_versions'");
    if (tables > 0 && Schema.number(connection, "SELECT count(*) FROM migration_versions") > 0) {
      throw new StoreFailure(
          Cause.TAKEN,
          "config.db in %s is the store of standalone mode and is not touched; choose another --data-dir"
              .formatted(directory),
          null);
    }
  }
}
