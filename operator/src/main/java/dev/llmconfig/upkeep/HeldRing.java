package dev.llmconfig.upkeep;

import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Keeper;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.reconcile.KeyringObject;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// A key ring as it was read, with the Secret that it was read from.
record HeldRing(Secret secret, KeyRing ring) implements AutoCloseable {

  private static final int FORBIDDEN = 403;

  Ref ref() {
    return ref(secret);
  }

  @Override
  public void close() {
    ring.close();
  }

  /// The Secret of that name; or the only one of its type, where nobody names one.
  static HeldRing find(KubernetesClient client, Optional<String> namespace, Optional<String> name) {
    var secret =
        name.map(
                one -> named(client, new Ref(namespace.orElseGet(() -> ownNamespace(client)), one)))
            .orElseGet(() -> only(client, namespace));
    return switch (parsed(secret)) {
      case KeyRing.Parsed.Valid(var ring) -> new HeldRing(secret, ring);
      case KeyRing.Parsed.Invalid(var problems) ->
          throw new Refused(
              "The key ring %s cannot be read: %s. Nothing was changed; restore it from the backup."
                  .formatted(ref(secret), String.join("; ", problems)));
    };
  }

  static KeyRing.Parsed parsed(Secret secret) {
    var bytes = KeyringObject.data(secret, KeyringObject.KEYS);
    if (bytes.isEmpty()) {
      return new KeyRing.Parsed.Invalid(List.of("it holds no encryption key"));
    }
    try (var text = SecretBytes.taking(bytes.get())) {
      return KeyRing.parse(text);
    }
  }

  static String ownNamespace(KubernetesClient client) {
    return Objects.requireNonNullElse(client.getNamespace(), "default");
  }

  private static Secret named(KubernetesClient client, Ref ref) {
    var found = client.secrets().inNamespace(ref.namespace()).withName(ref.name()).get();
    if (found == null) {
      throw new Refused(
          "There is no Secret %s; correct -n and --name, or restore it from the backup (`llmconfig keyring init` makes a new ring where nothing was encrypted yet)."
              .formatted(ref));
    }
    return found;
  }

  private static Secret only(KubernetesClient client, Optional<String> namespace) {
    var found = new ArrayList<Secret>();
    try {
      var secrets = client.secrets();
      Pages.each(
          namespace
              .map(one -> secrets.inNamespace(one).withField("type", KeyringObject.TYPE))
              .orElseGet(() -> secrets.inAnyNamespace().withField("type", KeyringObject.TYPE)),
          found::add);
    } catch (KubernetesClientException failed) {
      if (failed.getCode() != FORBIDDEN) {
        throw failed;
      }
      throw new Refused(
          "The key ring was not looked for, because you may not list Secrets there; name it with -n"
              + " and --name.");
    }
    var rings =
        found.stream()
            .filter(one -> KeyringObject.data(one, KeyringObject.KEYS).isPresent())
            .collect(Collectors.toMap(HeldRing::ref, one -> one, (one, _) -> one));
    if (rings.size() == 1) {
      return rings.values().iterator().next();
    }
    throw new Refused(
        rings.isEmpty()
            ? "No Secret of type %s with encryption keys was found; name it with -n and --name, or restore it from the backup."
                .formatted(KeyringObject.TYPE)
            : "There are several key rings (%s); choose one with -n and --name."
                .formatted(
                    rings.keySet().stream()
                        .map(Ref::toString)
                        .sorted()
                        .collect(Collectors.joining(", "))));
  }

  /// The rings of other installations, as far as whoever asks may see them.
  static List<KeyRing> others(KubernetesClient client, Ref own) {
    var found = new ArrayList<KeyRing>();
    try {
      Pages.each(
          client.secrets().inAnyNamespace().withField("type", KeyringObject.TYPE),
          secret -> {
            if (!ref(secret).equals(own)
                && parsed(secret) instanceof KeyRing.Parsed.Valid(var ring)) {
              found.add(ring);
            }
          });
    } catch (KubernetesClientException failed) {
      if (failed.getCode() != FORBIDDEN) {
        throw failed;
      }
      // Who sees no other namespace takes nothing away there.
    }
    return List.copyOf(found);
  }

  /// Somebody else would take back what is written to it.
  void refuseIfKept() {
    Kept.by(secret)
        .filter(keeper -> !keeper.editable())
        .ifPresent(keeper -> {
          throw new Refused(
              "Secret %s is kept by %s%s, which would take back a change; change it there (`llmconfig keygen` makes a key, the first one encrypts)."
                  .formatted(ref(), keeper.tool(), told(keeper)));
        });
  }

  static String told(Keeper keeper) {
    return keeper.name().isEmpty() ? "" : " " + keeper.name();
  }

  static Ref ref(Secret secret) {
    return new Ref(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
  }
}
