package dev.llmconfig.rest;

import dev.llmconfig.access.KeyUses;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.HeldToken;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.mirror.Uses;
import dev.llmconfig.rest.shape.Key;
import dev.llmconfig.store.Declared;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keys, as the rows have them. No token and no plaintext is in any answer but the spec's own.
final class KeyReads {

  static final List<String> SORTABLE = List.of("name", "provider", "state", "createdAt");

  private static final Listing.Order<Key> ORDER =
      new Listing.Order<>(
          Key::id,
          Map.of(
              "name", Key::name,
              "provider", Key::provider,
              "state", key -> key.state().name(),
              "createdAt", Key::createdAt));

  private final MirrorAnswers answers;
  private final KeyUses lastUses;
  private final Owners owners;

  KeyReads(MirrorAnswers answers, KeyUses lastUses, Owners owners) {
    this.answers = answers;
    this.lastUses = lastUses;
    this.owners = owners;
  }

  Answer list(Asked asked) {
    return answers.list(asked, view -> Listing.of(shown(asked, view), ORDER, asked.query()));
  }

  Answer one(Asked asked) {
    return answers.one(
        asked,
        ProblemReason.ApiKeyNotFound,
        view -> view.key(asked.ref()).map(one -> one.row().version()),
        view ->
            view.key(asked.ref())
                .map(Stored::row)
                .map(row ->
                    new MirrorAnswers.One(
                        row.version(),
                        asked.yaml()
                            ? declared(row)
                            : shape(row, view.uses(row.ref()), Optional.of(view)))));
  }

  private List<Key> shown(Asked asked, MirrorView view) {
    var uses = view.uses();
    var used = keysOf(view, asked.query().all("usedBy"));
    return view.keys().stream()
        .map(Stored::row)
        .filter(row -> asked.shows(row.ref().namespace()))
        .filter(row -> asked.query().allows("provider", row.declared().provider()))
        .filter(row -> asked.query().allows("state", row.told().phase().name()))
        .filter(row -> used.isEmpty() || used.get().contains(row.ref()))
        .filter(row -> Told.found(asked.query(), row.ref().name(), row.declared().displayName()))
        .map(row -> shape(row, uses.getOrDefault(row.ref(), Uses.NONE), Optional.empty()))
        .toList();
  }

  /// Empty where nobody asked for them.
  private static Optional<Set<Ref>> keysOf(MirrorView view, List<String> configs) {
    return configs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            configs.stream()
                .flatMap(id -> Asked.ref(id).flatMap(view::modelConfig).map(Stored::row).stream())
                .map(KeyReads::keyOf)
                .collect(Collectors.toSet()));
  }

  static Ref keyOf(ModelConfigRow row) {
    return new Ref(row.ref().namespace(), row.apiKey());
  }

  /// As it is declared; what nobody declares is in no row.
  static Declared declared(KeyRow row) {
    if (row.declared().source().equals(KeyRow.ENVIRONMENT)) {
      throw notOurs();
    }
    return Declared.spec(
        ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1,
        ObjectKind.ApiKeyConfig.name(),
        row.ref(),
        Wire.object(row.declared().spec()));
  }

  static Refusal notOurs() {
    return Refusal.of(
        ProblemReason.KeyHeldElsewhere,
        "The key comes from the environment and not from the store; import it first.");
  }

  /// @param whole where the changes of a single one are read; empty for a row of a list
  Key shape(KeyRow row, Uses uses, Optional<MirrorView> whole) {
    var told = row.told();
    var why = KeyTold.why(row);
    var status = whole.map(_ -> Wire.object(told.status()));
    return new Key(
        Told.id(row.ref()),
        row.ref().namespace(),
        row.ref().name(),
        row.declared().provider(),
        Told.unlessEmpty(row.declared().displayName()),
        source(row.declared().source()),
        Told.unlessEmpty(row.accepted().endpoint()),
        Told.unlessEmpty(told.maskedKey()),
        row.version().createdAt(),
        lastUses.last(row.ref()).map(Instant::toString).orElse(null),
        !row.declared().suspended(),
        row.declared().expiresAt().orElse(null),
        told.phase(),
        Told.unlessEmpty(why.reason()),
        Told.unlessEmpty(why.message()),
        told.checkedAt().orElse(null),
        number(told.modelCount()),
        new Key.UsedBy(uses.configs(), uses.agents()),
        row.previous().flatMap(HeldToken::until).filter(end -> !end.isEmpty()).orElse(null),
        owners.of(row.version(), "llmconfig.dev/ApiKeyConfig", row.ref()),
        row.version().generation(),
        row.version().resourceVersion(),
        whole.map(_ -> Wire.object(row.declared().spec())).orElse(null),
        status.map(Told::conditions).orElse(null),
        status.map(Told::notes).orElse(null),
        whole.map(view -> Told.changes(view, ObjectKind.ApiKeyConfig, row.ref())).orElse(null),
        null,
        null,
        null);
  }

  static @Nullable Integer number(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }

  static Key.Source source(String field) {
    return switch (field) {
      case "secretRef" -> Key.Source.SecretRef;
      case "encryptedKey" -> Key.Source.EncryptedKey;
      case "sealedKey" -> Key.Source.SealedKey;
      case KeyRow.ENVIRONMENT -> Key.Source.Environment;
      default -> Key.Source.None;
    };
  }
}
