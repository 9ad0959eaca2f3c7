package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.store.Encryption.Opened;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Imports.Wanted;
import dev.llmconfig.store.KeyChange;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import dev.llmconfig.store.cluster.Editing.Edit;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One object that is taken in: looked at and rehearsed when it is made, written and undone later.
final class Intake {

  enum Effect {
    Created,
    Changed,
    Unchanged
  }

  /// What all of one import work with.
  record Desk(
      Requests requests,
      Editing editing,
      Making making,
      KeyPlan keys,
      BiFunction<Binding, String, Opened> tokens) {}

  private final Wanted wanted;
  private final Effect effect;
  private final Writing writing;
  private @Nullable Live written;
  private boolean unknown;

  /// How it is done, and taken back.
  interface Writing {
    Live write();

    void undo(Live written);
  }

  private Intake(Wanted wanted, Effect effect, Writing writing) {
    this.wanted = wanted;
    this.effect = effect;
    this.writing = writing;
  }

  Wanted wanted() {
    return wanted;
  }

  Effect effect() {
    return effect;
  }

  void write() {
    if (effect == Effect.Unchanged) {
      return;
    }
    try {
      written = writing.write();
    } catch (ApiRefusal refused) {
      unknown = refused.why() instanceof Why.NoAnswer;
      throw refused;
    }
  }

  /// Whether nothing of it is left, as far as anybody knows.
  boolean undo() {
    if (written != null) {
      writing.undo(written);
    }
    return !unknown;
  }

  /// Rehearses it, and ends with what stands in the way.
  static Intake of(Desk desk, Wanted wanted) {
    return desk.requests().patience().of(Patience.TOLD_OF, () -> rehearsed(desk, wanted));
  }

  private static Intake rehearsed(Desk desk, Wanted wanted) {
    var kind = Kind.valueOf(wanted.kind().name());
    var live = found(desk, kind, wanted);
    if (live.filter(Live::deleting).isPresent()) {
      throw new Ended(new Outcome.BeingDeleted());
    }
    return switch (wanted.kind()) {
      case Secret -> live.map(there -> secret(wanted, there)).orElseGet(() -> secret(desk, wanted));
      case ApiKeyConfig, ModelConfig ->
          live.map(there -> changed(desk, wanted, there)).orElseGet(() -> made(desk, kind, wanted));
    };
  }

  private static Optional<Live> found(Desk desk, Kind kind, Wanted wanted) {
    try {
      return Optional.of(desk.requests().get(kind, wanted.ref()));
    } catch (ApiRefusal refused) {
      if (refused.why() instanceof Why.Missing) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static Intake made(Desk desk, Kind kind, Wanted wanted) {
    var edit =
        kind == Kind.ModelConfig
            ? ModelPlan.made(wanted.ref(), wanted.content())
            : desk.keys()
                .made(
                    wanted.ref(),
                    new KeyDraft(
                        wanted.ref().namespace(),
                        Optional.of(wanted.ref().name()),
                        wanted.content(),
                        Optional.empty(),
                        false),
                    new KeyMaterial.Absent());
    refuseTokens(desk, kind, wanted, edit.change());
    var object = desk.making().rehearsed(kind, wanted.ref(), edit.change());
    return new Intake(
        wanted,
        Effect.Created,
        writing(
            () -> desk.making().create(kind, object),
            made -> desk.making().unmake(made.kind(), made.stored())));
  }

  private static Intake changed(Desk desk, Wanted wanted, Live live) {
    var change = Trees.replacing(live.spec(), wanted.content());
    var write = desk.editing().write(live, change);
    if (write.idle()) {
      return new Intake(wanted, Effect.Unchanged, writing(() -> live, _ -> {}));
    }
    var edit = edit(desk, live, change);
    if (!Trees.same(live.spec().path("encryptedKey"), wanted.content().path("encryptedKey"))) {
      refuseTokens(desk, live.kind(), wanted, wanted.content());
    }
    Editing.refuseForeign(live, write.wanted());
    var checked = desk.editing().write(live, edit.change());
    var rehearsed = checked.rehearse();
    return new Intake(
        wanted,
        Effect.Changed,
        writing(
            () -> desk.editing().write(checked, rehearsed),
            after -> {
              var back = desk.editing().takingOver(after, write.inverse());
              if (!back.idle()) {
                desk.editing().writeAnew(back);
              }
            }));
  }

  private static Edit edit(Desk desk, Live live, ObjectNode change) {
    return live.kind() == Kind.ModelConfig
        ? ModelPlan.changed(live, change)
        : desk.keys()
            .changed(
                live, new KeyChange(change, Optional.empty(), false), new KeyMaterial.Absent());
  }

  /// A token that the operator would refuse is refused before anything is written.
  private static void refuseTokens(Desk desk, Kind kind, Wanted wanted, ObjectNode spec) {
    if (kind != Kind.ApiKeyConfig) {
      return;
    }
    ApiKey key = KeyPlan.read(wanted.ref(), spec);
    if (!(key.source() instanceof KeySource.Encrypted(var token))) {
      return;
    }
    switch (desk.tokens().apply(key.binding(), token)) {
      case Opened.Key(var bytes) -> bytes.close();
      case Opened.NoRing() ->
          throw flawed(
              Flaw.Reason.KeyRingMissing,
              "This replica has no encryption key, so it cannot tell whether the token opens.");
      case Opened.Refused() ->
          throw flawed(
              Flaw.Reason.DecryptionFailed,
              "No encryption key of this installation opens the token; make it again with"
                  + " `llmconfig encrypt`.");
      case Opened.Elsewhere() ->
          throw flawed(
              Flaw.Reason.TokenBoundElsewhere,
              "The token was made for another namespace, name or endpoint; make it again with"
                  + " `llmconfig encrypt`.");
    }
  }

  private static Ended flawed(Flaw.Reason reason, String sentence) {
    return Ended.invalid(new Flaw("spec.encryptedKey", reason, sentence));
  }

  private static Intake secret(Desk desk, Wanted wanted) {
    var object = Trees.object().put("apiVersion", "v1").put("kind", "Secret");
    object.setAll(wanted.content());
    object
        .withObjectProperty("metadata")
        .put("name", wanted.ref().name())
        .put("namespace", wanted.ref().namespace());
    desk.requests().create(Kind.Secret, object, Run.DryRun);
    return new Intake(
        wanted,
        Effect.Created,
        writing(
            () -> desk.making().create(Kind.Secret, object),
            made -> desk.making().unmake(made.kind(), made.stored())));
  }

  /// Only what is sent; a Secret of somebody may hold more.
  private static Intake secret(Wanted wanted, Live live) {
    var change = Trees.effective(live.tree(), wanted.content());
    if (change.isEmpty()) {
      return new Intake(wanted, Effect.Unchanged, writing(() -> live, _ -> {}));
    }
    throw new Ended(
        new Outcome.AlreadyExists("Secret %s with another content".formatted(live.ref().name())));
  }

  private static Writing writing(Supplier<Live> write, Consumer<Live> undo) {
    return new Writing() {
      @Override
      public Live write() {
        return write.get();
      }

      @Override
      public void undo(Live written) {
        undo.accept(written);
      }
    };
  }
}
