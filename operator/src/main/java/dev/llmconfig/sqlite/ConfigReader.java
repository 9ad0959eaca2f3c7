package dev.llmconfig.sqlite;

import dev.llmconfig.mirror.MirrorReader;
import dev.llmconfig.mirror.MirrorUnavailable;
import dev.llmconfig.mirror.MirrorView;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads `config.db` as another process does: read-only, and from the file that has the name now,
/// however often it is made anew.
public final class ConfigReader implements MirrorReader {

  private final DatabaseFiles files;
  private @Nullable Opened opened;
  private long openings;

  /// @param version kept, because it is asked before each answer
  private record Opened(Connection connection, PreparedStatement version, Object identity) {}

  private ConfigReader(Path directory) {
    this.files = DatabaseFiles.in(directory, ConfigDatabase.NAME);
  }

  /// Nothing is opened yet, and nothing needs to be there.
  public static ConfigReader of(Path directory) {
    return new ConfigReader(directory);
  }

  @Override
  public <T> T read(Function<MirrorView, T> question) {
    try {
      var connection = open().connection();
      connection.setAutoCommit(false); // one snapshot for all that is asked
      try {
        return question.apply(ConfigView.of(connection));
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (QueryFailed failed) {
      throw unreadable(failed.reason());
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public long version() {
    try (var rows = open().version().executeQuery()) {
      return (openings << 32) + (rows.next() ? rows.getLong(1) : 0);
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public void close() {
    var left = opened;
    opened = null;
    try {
      if (left != null) {
        left.connection().close();
      }
    } catch (SQLException _) {
      // Nothing was written.
    }
  }

  private Opened open() throws SQLException {
    var there = identity();
    var left = opened;
    if (left != null && left.identity().equals(there)) {
      return left;
    }
    close();
    var connection = files.forReading();
    if (!Schema.CONFIG.marked(connection)) {
      var begun = Schema.number(connection, "PRAGMA user_version") != 0;
      connection.close();
      throw begun ? ofAnotherVersion() : notThere();
    }
    openings++;
    var now = new Opened(connection, connection.prepareStatement("PRAGMA data_version"), there);
    opened = now;
    return now;
  }

  private Object identity() {
    try {
      return files.identity().orElseThrow(this::notThere);
    } catch (IOException failed) {
      throw new MirrorUnavailable(
          "The mirror in %s cannot be looked at; check the volume.".formatted(files.directory()),
          failed);
    }
  }

  private MirrorUnavailable notThere() {
    return new MirrorUnavailable(
        "There is no mirror in %s yet; the operator makes it.".formatted(files.directory()), null);
  }

  private MirrorUnavailable ofAnotherVersion() {
    return new MirrorUnavailable(
        "The mirror in %s was written by another version; the operator makes it anew."
            .formatted(files.directory()),
        null);
  }

  private MirrorUnavailable unreadable(SQLException failed) {
    close();
    return new MirrorUnavailable(
        "The mirror in %s cannot be read (%s); the operator makes it anew."
            .formatted(files.directory(), Failures.code(failed)),
        failed);
  }
}
