package dev.llmconfig.sqlite;

import static dev.llmconfig.sqlite.Table.column;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ModelList;
import dev.llmconfig.mirror.ModelList.Model;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Rows of `models`: the entries of lists.
final class ModelTable {

  record Entry(ModelList list, int place) {
    Model model() {
      return list.models().get(place);
    }
  }

  static final Table<Entry> TABLE =
      new Table<>(
          "models",
          List.of(
              column("namespace", entry -> entry.list().key().namespace()),
              column("api_key", entry -> entry.list().key().name()),
              column("key_uid", entry -> entry.list().keyUid()),
              column("place", Entry::place),
              column("model", entry -> entry.model().id()),
              column("context_tokens", entry -> entry.model().contextTokens()),
              column("max_output_tokens", entry -> entry.model().maxOutputTokens()),
              column("facts", entry -> entry.model().facts()),
              column("read_at", entry -> entry.list().at().toString())));

  private ModelTable() {}

  /// All rows of one key; a list without entries leaves none.
  static Optional<ModelList> read(Ref key, List<Row> rows) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ModelList(
                key,
                rows.getFirst().keyUid(),
                rows.getFirst().at(),
                rows.stream().map(Row::model).toList()));
  }

  record Row(String keyUid, Instant at, Model model) {
    static Row read(Read read) throws SQLException {
      return new Row(
          read.text("key_uid"),
          Instant.parse(read.text("read_at")),
          new Model(
              read.text("model"),
              read.maybe("context_tokens"),
              read.maybe("max_output_tokens"),
              read.text("facts")));
    }
  }
}
