package dev.llmconfig.sqlite;

import static dev.llmconfig.sqlite.Table.column;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.OfferedModels.Model;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Rows of `model_lists`, one for each key, and of `models`, their entries.
final class ModelTable {

  record Entry(OfferedModels list, int place) {
    Model model() {
      return list.models().get(place);
    }
  }

  static final Table<OfferedModels> LISTS =
      new Table<>(
          "model_lists",
          List.of(
              column("namespace", list -> list.key().namespace()),
              column("api_key", list -> list.key().name()),
              column("stamp", OfferedModels::stamp),
              column("asked_at", OfferedModels::askedAt),
              column("hidden", OfferedModels::hidden),
              column("left_out", OfferedModels::leftOut)));

  static final Table<Entry> MODELS =
      new Table<>(
          "models",
          List.of(
              column("namespace", entry -> entry.list().key().namespace()),
              column("api_key", entry -> entry.list().key().name()),
              column("place", Entry::place),
              column("model", entry -> entry.model().id()),
              column("context_tokens", entry -> entry.model().contextTokens()),
              column("max_output_tokens", entry -> entry.model().maxOutputTokens()),
              column("facts", entry -> entry.model().facts())));

  private ModelTable() {}

  /// Of the list that is there; empty without one.
  static String stamp(Connection connection, Ref key) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT stamp FROM model_lists WHERE namespace = ? AND api_key = ?")) {
      select.setString(1, key.namespace());
      select.setString(2, key.name());
      try (var rows = select.executeQuery()) {
        return rows.next() ? new Read(rows).text("stamp") : "";
      }
    }
  }

  /// The row of a list without its entries.
  record Head(Ref key, String stamp, Optional<String> askedAt, int hidden, int leftOut) {
    static Head read(Read read) throws SQLException {
      return new Head(
          new Ref(read.text("namespace"), read.text("api_key")),
          read.text("stamp"),
          read.optional("asked_at"),
          read.count("hidden"),
          read.count("left_out"));
    }

    OfferedModels with(List<Model> models) {
      return new OfferedModels(key, stamp, askedAt, hidden, leftOut, models);
    }
  }

  static Model model(Read read) throws SQLException {
    return new Model(
        read.text("model"),
        read.maybeLong("context_tokens"),
        read.maybeLong("max_output_tokens"),
        read.text("facts"));
  }
}
