package dev.llmconfig.sqlite;

import static dev.llmconfig.sqlite.Table.column;

import dev.llmconfig.domain.KeyPhase;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.HeldToken;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.Stored;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Rows of `api_keys`.
final class KeyTable {

  static final Table<Stored<KeyRow>> TABLE =
      new Table<>(
          "api_keys",
          List.of(
              column("namespace", s -> s.row().ref().namespace()),
              column("name", s -> s.row().ref().name()),
              column("uid", s -> s.row().version().uid()),
              column("generation", s -> s.row().version().generation()),
              column("rv", s -> s.row().version().resourceVersion()),
              column("secret_rv", s -> s.row().secretVersion()),
              column("facts_rv", s -> s.row().factsVersion()),
              column("seq", Stored::seq),
              column("created_at", s -> s.row().version().createdAt()),
              column("deleting", s -> s.row().version().deleting()),
              column("managed_by", s -> s.row().version().marks()),
              column("provider", s -> s.row().declared().provider()),
              column("display_name", s -> s.row().declared().displayName()),
              column("source", s -> s.row().declared().source()),
              column("is_active", s -> !s.row().declared().suspended()),
              column("expires_at", s -> s.row().declared().expiresAt()),
              column("headers", s -> s.row().declared().headers()),
              column("encrypted_key", s -> s.row().current().map(HeldToken::token)),
              column("revision", s -> s.row().current().map(HeldToken::revision).orElse("")),
              column("endpoint", s -> s.row().accepted().endpoint()),
              column("terms", s -> s.row().accepted().terms()),
              column("ca", s -> s.row().accepted().authority()),
              column("previous_encrypted_key", s -> s.row().previous().map(HeldToken::token)),
              column("previous_revision", s -> s.row().previous().map(HeldToken::revision)),
              column("previous_endpoint", s -> s.row().previous().map(HeldToken::endpoint)),
              column("previous_until", s -> s.row().previous().flatMap(HeldToken::until)),
              column("masked_key", s -> s.row().told().maskedKey()),
              column("fingerprint", s -> s.row().told().fingerprint()),
              column("candidate", s -> s.row().told().candidate()),
              column("phase", s -> s.row().told().phase().name()),
              column("ready", s -> s.row().told().ready().status()),
              column("reason", s -> s.row().told().ready().reason()),
              column("message", s -> s.row().told().ready().message()),
              column("observed_generation", s -> s.row().told().observedGeneration()),
              column("checked_at", s -> s.row().told().checkedAt()),
              column("model_count", s -> s.row().told().modelCount()),
              column(
                  "models_reason", s -> s.row().told().emptyList().map(KeyRow.EmptyList::reason)),
              column(
                  "models_message", s -> s.row().told().emptyList().map(KeyRow.EmptyList::message)),
              column("used_by", s -> s.row().told().usedBy()),
              column("spec", s -> s.row().declared().spec()),
              column("status", s -> s.row().told().status())));

  private KeyTable() {}

  static Stored<KeyRow> read(Read read) throws SQLException {
    return new Stored<>(
        new KeyRow(
            new Ref(read.text("namespace"), read.text("name")),
            read.version(),
            read.text("secret_rv"),
            read.text("facts_rv"),
            new KeyRow.Declared(
                read.text("provider"),
                read.text("display_name"),
                read.text("source"),
                !read.yes("is_active"),
                read.optional("expires_at"),
                read.text("headers"),
                read.text("spec")),
            current(read),
            previous(read),
            new KeyRow.Accepted(read.text("endpoint"), read.text("terms"), read.optional("ca")),
            new KeyRow.Told(
                KeyPhase.valueOf(read.text("phase")),
                read.readiness(),
                read.number("observed_generation"),
                read.text("masked_key"),
                read.text("fingerprint"),
                read.text("candidate"),
                read.optional("checked_at"),
                read.maybe("model_count"),
                emptyList(read),
                read.maybe("used_by"),
                read.text("status"))),
        read.number("seq"));
  }

  private static Optional<KeyRow.EmptyList> emptyList(Read read) throws SQLException {
    var reason = read.optional("models_reason");
    return reason.isEmpty()
        ? Optional.empty()
        : Optional.of(new KeyRow.EmptyList(reason.get(), read.text("models_message")));
  }

  private static Optional<HeldToken> current(Read read) throws SQLException {
    var token = read.optional("encrypted_key");
    return token.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HeldToken(
                token.get(), read.text("revision"), read.text("endpoint"), Optional.empty()));
  }

  private static Optional<HeldToken> previous(Read read) throws SQLException {
    var token = read.optional("previous_encrypted_key");
    return token.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HeldToken(
                token.get(),
                read.text("previous_revision"),
                read.text("previous_endpoint"),
                read.optional("previous_until")));
  }
}
