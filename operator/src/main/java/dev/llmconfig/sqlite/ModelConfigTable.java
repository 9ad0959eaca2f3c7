package dev.llmconfig.sqlite;

import static dev.llmconfig.sqlite.Table.column;

import dev.llmconfig.domain.ModelPhase;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.ModelConfigRow.Resolved;
import dev.llmconfig.mirror.Stored;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Rows of `model_configs`.
final class ModelConfigTable {

  static final Table<Stored<ModelConfigRow>> TABLE =
      new Table<>(
          "model_configs",
          List.of(
              column("namespace", s -> s.row().ref().namespace()),
              column("name", s -> s.row().ref().name()),
              column("uid", s -> s.row().version().uid()),
              column("generation", s -> s.row().version().generation()),
              column("rv", s -> s.row().version().resourceVersion()),
              column("seq", Stored::seq),
              column("created_at", s -> s.row().version().createdAt()),
              column("deleting", s -> s.row().version().deleting()),
              column("managed_by", s -> s.row().version().marks()),
              column("api_key", s -> s.row().apiKey()),
              column("model", s -> s.row().model()),
              column("display_name", s -> s.row().displayName()),
              column("is_default", s -> s.row().isDefault()),
              column("is_active", s -> !s.row().suspended()),
              column("parameters", s -> s.row().parameters()),
              column("provider", s -> s.row().resolved().map(Resolved::provider).orElse("")),
              column("context_tokens", s -> s.row().resolved().map(Resolved::contextTokens)),
              column("max_output_tokens", s -> s.row().resolved().map(Resolved::maxOutputTokens)),
              column("retires_on", s -> s.row().resolved().flatMap(Resolved::retiresOn)),
              column("revision", s -> s.row().revisions().applied()),
              column("candidate", s -> s.row().revisions().candidate()),
              column("failed_revision", s -> s.row().revisions().failed()),
              column("mode", s -> s.row().delivered().mode()),
              column("profile", s -> s.row().delivered().profile()),
              column("matched", s -> s.row().delivered().matched()),
              column("up_to_date", s -> s.row().delivered().upToDate()),
              column("rolling", s -> s.row().delivered().rolling()),
              column("failed", s -> s.row().delivered().failed()),
              column("phase", s -> s.row().phase().name()),
              column("ready", s -> s.row().ready().status()),
              column("reason", s -> s.row().ready().reason()),
              column("message", s -> s.row().ready().message()),
              column("observed_generation", s -> s.row().observedGeneration()),
              column("applied", s -> s.row().applied()),
              column("spec", s -> s.row().spec()),
              column("status", s -> s.row().status())));

  private ModelConfigTable() {}

  static Stored<ModelConfigRow> read(Read read) throws SQLException {
    return new Stored<>(
        new ModelConfigRow(
            new Ref(read.text("namespace"), read.text("name")),
            read.version(),
            read.text("api_key"),
            read.text("model"),
            read.text("display_name"),
            read.yes("is_default"),
            !read.yes("is_active"),
            read.text("parameters"),
            resolved(read),
            new ModelConfigRow.Revisions(
                read.text("revision"), read.text("candidate"), read.text("failed_revision")),
            new ModelConfigRow.Delivered(
                read.text("mode"),
                read.text("profile"),
                read.count("matched"),
                read.count("up_to_date"),
                read.count("rolling"),
                read.count("failed")),
            ModelPhase.valueOf(read.text("phase")),
            read.readiness(),
            read.number("observed_generation"),
            read.text("applied"),
            read.text("spec"),
            read.text("status")),
        read.number("seq"));
  }

  private static Optional<Resolved> resolved(Read read) throws SQLException {
    var provider = read.text("provider");
    return provider.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Resolved(
                provider,
                read.maybe("context_tokens"),
                read.maybe("max_output_tokens"),
                read.optional("retires_on")));
  }
}
