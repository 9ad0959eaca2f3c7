package dev.llmconfig.upkeep;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.Fingerprints;
import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.reconcile.KeyringObject;
import dev.llmconfig.upkeep.OlderNeeds.Need;
import dev.llmconfig.upkeep.OlderNeeds.Where;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes a key ring where there is none; and, where one is lost for good, takes away what it alone
/// could open.
public final class RingBeginning {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final OlderNeeds needs;

  /// What came of it.
  ///
  /// @param made whether a ring was made, rather than one found that is in order
  /// @param forgotten ApiKeyConfigs whose managed Secret was deleted
  /// @param toEnterAgain ApiKeyConfigs whose own token does not open any more
  public record Report(
      Ref ring, KeyId encrypts, boolean made, List<Ref> forgotten, List<Ref> toEnterAgain) {
    public Report {
      forgotten = List.copyOf(forgotten);
      toEnterAgain = List.copyOf(toEnterAgain);
    }
  }

  public RingBeginning(KubernetesClient client, OlderNeeds needs) {
    this.client = client;
    this.needs = needs;
  }

  /// Leaves a ring alone that is in order.
  ///
  /// @param forget whether data that no ring opens may be given up
  public Report begin(Ref ref, boolean forget) {
    var there =
        Optional.ofNullable(
            client.secrets().inNamespace(ref.namespace()).withName(ref.name()).get());
    var parsed = there.map(HeldRing::parsed);
    if (parsed.isPresent() && parsed.get() instanceof KeyRing.Parsed.Valid(var ring)) {
      try (ring) {
        if (!forget) {
          throw new Refused(
              "The key ring %s is there already, and nothing was changed; `llmconfig keyring add` puts a new key in front of it."
                  .formatted(ref));
        }
        return forgotten(ref, ring, false);
      }
    }
    var fresh = KeyRing.of(FernetKey.generate());
    try (fresh) {
      if (!forget) {
        refuseOverOldData(ref, fresh);
      }
      write(ref, there, fresh);
      return forget
          ? forgotten(ref, fresh, true)
          : new Report(ref, fresh.first(), true, List.of(), List.of());
    }
  }

  private void refuseOverOldData(Ref ref, KeyRing fresh) {
    var keys = needs.find(fresh).stream().map(need -> need.place().key()).distinct().toList();
    if (!keys.isEmpty()) {
      throw new Refused(
          "%d %s encrypted with a key ring that is not there, such as %s, and nothing was made. Restore it from the backup: kubectl apply --server-side -n %s -f keyring-backup.yaml. Without a backup --forget gives them up."
              .formatted(
                  keys.size(),
                  keys.size() == 1 ? "key is" : "keys are",
                  keys.getFirst(),
                  ref.namespace()));
    }
  }

  /// A fingerprint key that is still there stays: with another one every agent would restart.
  private void write(Ref ref, Optional<Secret> there, KeyRing fresh) {
    var data = new TreeMap<String, SecretBytes>();
    data.put(KeyringObject.KEYS, fresh.text());
    if (there
        .flatMap(secret -> KeyringObject.data(secret, KeyringObject.FINGERPRINT_KEY))
        .flatMap(Fingerprints::parse)
        .isEmpty()) {
      data.put(KeyringObject.FINGERPRINT_KEY, Fingerprints.generate().text());
    }
    try {
      there.ifPresentOrElse(
          secret -> KeyringObject.set(client, secret, data),
          () -> KeyringObject.create(client, ref, data));
    } catch (KubernetesClientException failed) {
      if (failed.getCode() != CONFLICT) {
        throw failed;
      }
      throw new Refused(
          "Somebody else has just made or changed the key ring %s, and nothing was changed; look with `llmconfig keyring status`."
              .formatted(ref));
    } finally {
      data.values().forEach(SecretBytes::close);
    }
  }

  private Report forgotten(Ref ref, KeyRing ring, boolean made) {
    var forgotten = new ArrayList<Ref>();
    var others = HeldRing.others(client, ref);
    needs.eachSecret(secret -> {
      var current = OlderNeeds.tokens(secret).stream().findFirst();
      // What another installation of the cluster holds is not lost.
      var opens =
          Stream.concat(Stream.of(ring), others.stream())
              .anyMatch(one -> current.flatMap(token -> OlderNeeds.opener(one, token)).isPresent());
      if (!opens && deleted(secret)) {
        forgotten.add(OlderNeeds.key(secret));
      }
    });
    others.forEach(KeyRing::close);
    var toEnterAgain =
        needs.find(ring).stream()
            .filter(need -> need.by().isEmpty())
            .map(Need::place)
            .filter(place -> place.where() == Where.Spec)
            .map(OlderNeeds.Place::key)
            .toList();
    return new Report(ref, ring.first(), made, forgotten, toEnterAgain);
  }

  /// What the operator has written anew meanwhile is not what was looked at.
  private boolean deleted(Secret secret) {
    try {
      client
          .resource(secret)
          .lockResourceVersion(secret.getMetadata().getResourceVersion())
          .delete();
      return true;
    } catch (KubernetesClientException failed) {
      if (failed.getCode() != CONFLICT && failed.getCode() != NOT_FOUND) {
        throw failed;
      }
      return false;
    }
  }
}
