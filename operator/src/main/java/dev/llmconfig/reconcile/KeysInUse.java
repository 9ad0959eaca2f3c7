package dev.llmconfig.reconcile;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.HeldKey;
import dev.llmconfig.verify.Loan;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/// Lends the key that is in use, or the one before it, out of its managed Secret.
final class KeysInUse {

  private final UserObjects objects;
  private final Encryptions encryptions;

  KeysInUse(UserObjects objects, Encryptions encryptions) {
    this.objects = objects;
    this.encryptions = encryptions;
  }

  /// Only the very revision that was asked for: by the time of the probe another one may be in use.
  Loan lend(ApiKey key, Optional<String> revision) {
    return revision.isEmpty() ? new Loan.NoKey() : held(key, revision.get());
  }

  private Loan held(ApiKey key, String revision) {
    var using = encryptions.current();
    if (using.isEmpty()) {
      return new Loan.Withdrawn();
    }
    try {
      var secret =
          objects.secret(
              new Ref(key.ref().namespace(), ManagedNames.encryptedSecret(key.ref().name())));
      return HeldKeys.read(key, secret, using.get()) instanceof HeldKey.Held held
          ? lent(held, revision)
          : new Loan.Withdrawn();
    } catch (KubernetesClientException _) {
      // The API server is away; it is tried again later.
      return new Loan.Withdrawn();
    }
  }

  /// The one in use, or the one before it while that is held.
  private static Loan lent(HeldKey.Held held, String revision) {
    var current = held.current().key().bytes();
    var previous = held.previous().flatMap(HeldKey.Previous::opened).map(one -> one.key());
    if (held.current().revision().equals(revision)) {
      previous.ifPresent(SecretBytes::close);
      return new Loan.Of(current);
    }
    current.close();
    if (held.previous().filter(one -> one.revision().equals(revision)).isPresent()
        && previous.isPresent()) {
      return new Loan.Of(previous.get());
    }
    previous.ifPresent(SecretBytes::close);
    return new Loan.Withdrawn();
  }
}
