package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.CallerClients;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.CaSource;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.provider.transport.ExtraTrust;
import dev.llmconfig.store.Drafts;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Outcome.Warning;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads Secrets and certificates with the caller's own credentials: who may not read a key cannot
/// have it sent anywhere, either.
public final class ClusterDrafts implements Drafts {

  private static final String NAMELESS = "unsaved";

  private final Calls calls;
  private final Encryption encryption;

  public ClusterDrafts(CallerClients clients, Access access, Encryption encryption) {
    this.calls = new Calls(clients, access);
    this.encryption = encryption;
  }

  @Override
  public Reading read(Caller who, KeyDraft draft, KeyMaterial material) {
    return calls.with(
        who, requests -> read(requests, draft, material, who), Drafts.Reading.Not::new);
  }

  private Reading read(Requests requests, KeyDraft draft, KeyMaterial material, Caller who) {
    var ref = new Ref(draft.namespace(), draft.name().orElse(NAMELESS));
    FieldRules.objectName(ref.name(), FieldRules.LONGEST_OWN_NAME)
        .ifPresent(rule -> {
          throw Ended.invalid(Flaw.invalid("name", "name %s.".formatted(rule)));
        });
    var spec = Trees.merged(Trees.object(), draft.spec());
    Texts.refuseKeys(ref.name(), spec);
    KeyPlan.refuse(material);
    if (material instanceof KeyMaterial.Given(var bytes, var trimmed)) {
      KeyPlan.refuseSource(spec);
      var key = KeyPlan.withKey(ref, spec);
      var trust = trust(requests, key); // before there is something to wipe
      return new Reading.Ready(
          key, Optional.of(SecretBytes.taking(bytes.copy())), trust, KeyPlan.warnings(trimmed));
    }
    var key = KeyPlan.read(ref, spec);
    var trust = trust(requests, key);
    return switch (key.source()) {
      case KeySource.Keyless() -> new Reading.Ready(key, Optional.empty(), trust, List.of());
      case KeySource.Encrypted(var token) ->
          new Reading.Ready(key, Optional.of(opened(key, token)), trust, List.of());
      case KeySource.Sealed _ ->
          throw Ended.invalid(
              Flaw.invalid(
                  "sealedKey",
                  "Only its controller can open what is sealed; save the key, and test it then."));
      case KeySource.FromSecret source -> {
        new KeyPlan(
                encryption,
                new KeySecrets(requests),
                right -> calls.access().may(who, right),
                Manner.DRY_RUN)
            .agreement(key, draft.consent());
        var found = UserSecret.key(requests, key, source);
        yield new Reading.Ready(key, Optional.of(found.bytes()), trust, warnings(found.trimmed()));
      }
    };
  }

  private static List<Warning> warnings(boolean trimmed) {
    return KeyPlan.warnings(trimmed);
  }

  private SecretBytes opened(ApiKey key, String token) {
    return switch (encryption.open(key.binding(), Envelope.Purpose.Spec, token)) {
      case Encryption.Opened.Key(var bytes) -> bytes;
      case Encryption.Opened.NoRing() ->
          throw Ended.invalid(
              new Flaw(
                  "encryptedKey",
                  Flaw.Reason.KeyRingMissing,
                  "This replica has no encryption key, so it cannot open the token."));
      case Encryption.Opened.Refused() ->
          throw Ended.invalid(
              new Flaw(
                  "encryptedKey",
                  Flaw.Reason.DecryptionFailed,
                  "No encryption key of this installation opens the token."));
      case Encryption.Opened.Elsewhere() ->
          throw Ended.invalid(
              new Flaw(
                  "encryptedKey",
                  Flaw.Reason.TokenBoundElsewhere,
                  "The token was made for another namespace, name or endpoint."));
    };
  }

  private static ExtraTrust trust(Requests requests, ApiKey key) {
    return key.connection()
        .ca()
        .map(ca -> trust(requests, key.ref().namespace(), ca))
        .orElse(ExtraTrust.NONE);
  }

  private static ExtraTrust trust(Requests requests, String namespace, CaSource ca) {
    try {
      var pem =
          switch (ca.kind()) {
            case ConfigMap ->
                requests
                    .get(Kind.ConfigMap, new Ref(namespace, ca.name()))
                    .tree()
                    .path("data")
                    .path(ca.dataKey())
                    .asText()
                    .getBytes(StandardCharsets.UTF_8);
            case Secret -> UserSecret.data(requests, new Ref(namespace, ca.name()), ca.dataKey());
          };
      var trust = ExtraTrust.parse(pem);
      Arrays.fill(pem, (byte) 0);
      return trust;
    } catch (IllegalArgumentException _) {
      throw noCertificate(ca);
    } catch (ApiRefusal refused) {
      throw refused.why() instanceof ApiRefusal.Why.Missing ? noCertificate(ca) : refused;
    }
  }

  private static Ended noCertificate(CaSource ca) {
    return Ended.invalid(
        Flaw.invalid(
            "caRef",
            "Data key %s of %s %s holds no PEM certificate; put the authority's certificate there."
                .formatted(ca.dataKey(), ca.kind(), ca.name())));
  }
}
