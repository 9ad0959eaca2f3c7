package dev.llmconfig.rest;

import dev.llmconfig.access.Caller;
import dev.llmconfig.access.Reach;
import dev.llmconfig.access.Right;
import dev.llmconfig.access.Tally;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.crypto.SealedBox;
import dev.llmconfig.crypto.SealingCertificate;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.HeldToken;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.MirrorRow;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.store.Declared;
import dev.llmconfig.store.Manifests;
import dev.llmconfig.store.Packing;
import dev.llmconfig.store.Packing.Form;
import dev.llmconfig.store.Packing.Packed;
import dev.llmconfig.store.StoredKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Everything that is declared, as YAML for a repository.
final class ExportRoute {

  private static final int A_MINUTE = 10;
  private static final int ALL_TOGETHER = 10_000;
  private static final String TARGET = "targetNamespace";
  private static final String MOVED =
      """
      # The keys in this open in a cluster whose key ring holds the encryption key of this store, and
      # nowhere else; each is bound to its namespace, name and endpoint as they are written here.
      """;
  private static final Comparator<Ref> ORDER =
      Comparator.comparing(Ref::namespace).thenComparing(Ref::name);

  private final Parts parts;
  private final Tally exports;

  ExportRoute(Parts parts) {
    this.parts = parts;
    this.exports = new Tally(A_MINUTE, ALL_TOGETHER, parts.ticker());
  }

  static Parameter[] parameters() {
    return new Parameter[] {
      Parameter.namespaces(),
      new Parameter("id", "Only these.", new Parameter.Text(), true),
      new Parameter(
          "kind",
          "Only of this kind.",
          new Parameter.Word(
              List.of(ObjectKind.ApiKeyConfig.name(), ObjectKind.ModelConfig.name())),
          true),
      new Parameter(
          "keys",
          "How keys are written down; AsStored where nothing is said.",
          new Parameter.Word(Stream.of(Form.values()).map(Enum::name).toList()),
          false),
      Parameter.text(
          TARGET,
          "The namespace of a cluster where it is to be applied, with keys=Encrypted or keys=Omit;"
              + " without a cluster only.")
    };
  }

  Answer export(Asked asked) {
    var form = asked.query().one("keys").map(Form::valueOf).orElse(Form.AsStored);
    var target = target(asked, form);
    var caller = asked.signedIn();
    exports
        .take(parts.access().who(caller).name())
        .ifPresent(wait -> {
          throw Refusal.tooMany(
              "There are at most %d exports in a minute for each caller.".formatted(A_MINUTE),
              wait);
        });
    var keys = reach(asked, ObjectKind.ApiKeyConfig, "apikeyconfigs");
    var configs = reach(asked, ObjectKind.ModelConfig, "modelconfigs");
    if (keys.nowhere() && configs.nowhere()) {
      throw forbidden(caller, Right.of("get", "apikeyconfigs"));
    }
    record Rows(List<KeyRow> keys, List<ModelConfigRow> configs) {}
    var rows =
        parts
            .mirror()
            .read(view ->
                new Rows(
                    shown(asked, keys, view.keys().stream().map(Stored::row)),
                    shown(asked, configs, view.modelConfigs().stream().map(Stored::row))));
    requireAll(asked, Stream.concat(rows.keys().stream(), rows.configs().stream()));
    var keyRows = rows.keys().stream().filter(row -> own(asked, row)).toList();
    var box = form.seals() ? Optional.of(box()) : Optional.<SealedBox>empty();
    var objects = new ArrayList<Declared>();
    for (var row : keyRows) {
      objects.addAll(packed(caller, row, form, target, box));
    }
    rows.configs().forEach(row -> objects.add(ConfigReads.declared(row)));
    target.ifPresent(namespace -> objects.replaceAll(one -> one.in(namespace)));
    var moved = target.isPresent() && form == Form.Encrypted;
    var answer = Answer.yaml((moved ? MOVED : "") + Manifests.of(objects));
    return form == Form.AsStored || form == Form.Omit
        ? answer
        : answer.with("Cache-Control", "no-store");
  }

  /// The keys of a store without a cluster are its user's own, who may take them anywhere.
  private Optional<String> target(Asked asked, Form form) {
    var target = asked.query().one(TARGET);
    if (target.isEmpty()) {
      return target;
    }
    if (parts.installation().mode() != Mode.Standalone) {
      throw Refusal.of(
          ProblemReason.NotInThisMode,
          "In a cluster no key is moved to another namespace: that needs the key itself.");
    }
    if (!Door.isNamespace(target.get())) {
      throw unusable("%s is no name of a namespace.".formatted(TARGET));
    }
    if (form != Form.Encrypted && form != Form.Omit) {
      throw unusable(
          "%s goes with keys=Encrypted or keys=Omit: what is stored opens in its own namespace only."
              .formatted(TARGET));
    }
    return target;
  }

  private static Refusal unusable(String why) {
    return Refusal.parameters(
        List.of(new Problem.Field(TARGET, ProblemReason.UnknownParameter.name(), why)));
  }

  /// Where they may read that kind; nowhere for one that was not asked for. Whoever names a kind or
  /// a place wants all of it, or a word.
  private Reach reach(Asked asked, ObjectKind kind, String resource) {
    var named = asked.query().all("kind");
    if (!named.isEmpty() && !named.contains(kind.name())) {
      return Reach.within(List.of());
    }
    var places = new TreeSet<>(asked.query().all("namespace"));
    ids(asked).forEach(ref -> places.add(ref.namespace()));
    var asksFor = new TreeSet<>(places);
    if (places.isEmpty()) {
      places.addAll(parts.mirror().read(view -> view.namespaces()));
    }
    var right = Right.of("get", resource);
    var reach = parts.access().reach(asked.signedIn(), right, places);
    var closed = asksFor.stream().filter(place -> !reach.includes(place)).findFirst();
    if (closed.isPresent()) {
      throw forbidden(asked.signedIn(), right.in(closed.get()));
    }
    return reach;
  }

  private Refusal forbidden(Caller caller, Right right) {
    return Refusal.forbidden(parts.access().who(caller).name(), right);
  }

  private static List<Ref> ids(Asked asked) {
    return asked.query().all("id").stream()
        .map(id ->
            Asked.ref(id)
                .orElseThrow(() ->
                    Refusal.of(
                        ProblemReason.NotFound, "An id is namespace and name with a dot between.")))
        .toList();
  }

  private static <T extends MirrorRow> List<T> shown(Asked asked, Reach reach, Stream<T> rows) {
    return rows.filter(row -> reach.includes(row.ref().namespace()))
        .filter(row -> asked.query().allows("namespace", row.ref().namespace()))
        .filter(row -> asked.query().allows("id", Told.id(row.ref())))
        .sorted(Comparator.comparing(MirrorRow::ref, ORDER))
        .toList();
  }

  private static void requireAll(Asked asked, Stream<? extends MirrorRow> rows) {
    var found = rows.map(row -> Told.id(row.ref())).toList();
    if (!found.containsAll(asked.query().all("id"))) {
      throw Refusal.of(ProblemReason.NotFound, "One of the ids names no object that there is.");
    }
  }

  /// A key that lies beside the store is not in it.
  private static boolean own(Asked asked, KeyRow row) {
    if (row.declared().source().equals(KeyRow.ENVIRONMENT)
        && asked.query().all("id").contains(Told.id(row.ref()))) {
      throw KeyReads.notOurs();
    }
    return !row.declared().source().equals(KeyRow.ENVIRONMENT);
  }

  private List<Declared> packed(
      Caller caller, KeyRow row, Form form, Optional<String> target, Optional<SealedBox> box) {
    if (form.seals()) {
      requireSecret(caller, row.ref());
    }
    var key =
        new StoredKey(
            row.ref(),
            Wire.object(row.declared().spec()),
            row.key(),
            row.current().map(HeldToken::token),
            row.current().map(HeldToken::endpoint).orElse(""));
    var packing = new Packing(parts.keys().encryption());
    var packed =
        switch (form) {
          case AsStored -> packing.asStored(key);
          case Omit -> packing.without(key);
          case Encrypted ->
              target
                  .map(namespace -> packing.elsewhere(key, namespace))
                  .orElseGet(() -> packing.encrypted(key));
          case SealedKey -> packing.sealedKey(key, box.orElseThrow());
          case SealedSecret -> packing.sealedSecret(key, box.orElseThrow());
        };
    return switch (packed) {
      case Packed.Written(var objects) -> objects;
      case Packed.NoRing() ->
          throw Refusal.of(
              ProblemReason.KeyRingMissing,
              "This replica has no encryption key, so it can open no stored key.");
    };
  }

  /// What is sealed for one's own controller can be opened there.
  private void requireSecret(Caller caller, Ref key) {
    var right =
        new Right("get", "", "secrets", key.namespace(), ManagedNames.encryptedSecret(key.name()));
    if (!parts.access().may(caller, right)) {
      throw Refusal.unreadable(parts.access().who(caller).name(), right);
    }
  }

  private SealedBox box() {
    return switch (parts.keys().sealing().certificate().orElse(null)) {
      case SealingCertificate.Read.Usable(var box) -> box;
      case SealingCertificate.Read.Refused(var why) ->
          throw Refusal.of(
              ProblemReason.NotInThisMode, "The certificate to seal with %s.".formatted(why));
      case null ->
          throw Refusal.of(
              ProblemReason.NotInThisMode,
              "No certificate to seal with is configured; --sealing-certificate names one.");
    };
  }
}
