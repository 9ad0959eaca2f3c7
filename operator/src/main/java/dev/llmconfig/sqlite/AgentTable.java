package dev.llmconfig.sqlite;

import static dev.llmconfig.sqlite.Table.column;

import dev.llmconfig.domain.AgentState;
import dev.llmconfig.mirror.AgentDetail;
import dev.llmconfig.mirror.AgentRow;
import dev.llmconfig.mirror.AgentRow.Settings;
import dev.llmconfig.mirror.AgentRow.Standing;
import dev.llmconfig.mirror.ObjectVersion;
import dev.llmconfig.mirror.Stored;
import java.sql.SQLException;
import java.util.List;

/// Rows of `agents`.
final class AgentTable {

  static final Table<Stored<AgentRow>> TABLE =
      new Table<>(
          "agents",
          List.of(
              column("namespace", s -> s.row().ref().namespace()),
              column("kind", s -> s.row().kind()),
              column("name", s -> s.row().name()),
              column("uid", s -> s.row().version().uid()),
              column("generation", s -> s.row().version().generation()),
              column("stamp", s -> Seen.Agent.stamp(s.row())),
              column("seq", Stored::seq),
              column("created_at", s -> s.row().version().createdAt()),
              column("deleting", s -> s.row().version().deleting()),
              column("managed_by", s -> s.row().version().marks()),
              column("model_config", s -> s.row().modelConfig()),
              column("mode", s -> s.row().mode()),
              column("profile", s -> s.row().profile()),
              column("state", s -> s.row().standing().state().name()),
              column("reason", s -> s.row().standing().reason()),
              column("message", s -> s.row().standing().message()),
              column("since", s -> s.row().standing().since()),
              column("requested_revision", s -> s.row().requested().revision()),
              column("requested_model", s -> s.row().requested().model()),
              column("running_revision", s -> s.row().running().revision()),
              column("running_model", s -> s.row().running().model()),
              column("containers", s -> s.row().detail().containers()),
              column("sketch", s -> s.row().detail().sketch())));

  private AgentTable() {}

  /// What is long and last in a row is not even touched.
  static Stored<AgentRow> read(Read read) throws SQLException {
    return read(read, AgentDetail.NOT_READ);
  }

  static Stored<AgentRow> whole(Read read) throws SQLException {
    return read(read, new AgentDetail(read.text("containers"), read.text("sketch")));
  }

  private static Stored<AgentRow> read(Read read, AgentDetail detail) throws SQLException {
    return new Stored<>(
        new AgentRow(
            AgentRow.ref(read.text("namespace"), read.text("kind"), read.text("name")),
            new ObjectVersion(
                read.text("uid"),
                read.number("generation"),
                "",
                read.text("created_at"),
                read.yes("deleting"),
                "",
                "",
                read.text("managed_by")),
            read.text("model_config"),
            read.text("mode"),
            read.text("profile"),
            new Standing(
                AgentState.valueOf(read.text("state")),
                read.text("reason"),
                read.text("message"),
                read.optional("since")),
            new Settings(read.text("requested_revision"), read.text("requested_model")),
            new Settings(read.text("running_revision"), read.text("running_model")),
            detail),
        read.number("seq"));
  }
}
