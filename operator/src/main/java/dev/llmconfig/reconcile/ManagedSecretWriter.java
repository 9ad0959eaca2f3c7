package dev.llmconfig.reconcile;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.plan.KeyPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does to the managed Secret what is planned.
final class ManagedSecretWriter {

  private static final Logger log = LoggerFactory.getLogger(ManagedSecretWriter.class);

  private final Applier applier;
  private final ManagedSecrets held;

  ManagedSecretWriter(Applier applier, ManagedSecrets held) {
    this.applier = applier;
    this.held = held;
  }

  /// The managed Secret as it is then.
  Optional<Secret> write(
      ApiKeyConfig config,
      KeyPlan plan,
      Optional<Secret> before,
      Optional<Encryption> encryption,
      Context<ApiKeyConfig> context,
      Instant now) {
    if (plan.dropsSecret() && before.isPresent()) {
      applier.delete(before.get());
      return Optional.empty();
    }
    if (plan.secret().isEmpty() || encryption.isEmpty()) {
      return before;
    }
    var planned = plan.secret().get();
    var target = ManagedSecretObject.Target.of(config, before);
    var written = applier.apply(ManagedSecretObject.of(planned, encryption.get(), target, now));
    held.remember(written, before, context);
    log.atInfo()
        .addKeyValue("namespace", planned.owner().namespace())
        .addKeyValue("name", planned.owner().name())
        .addKeyValue("secret", ManagedNames.encryptedSecret(planned.owner().name()))
        .addKeyValue("revision", planned.current().revision())
        .log("The key in use was written");
    return Optional.of(written);
  }
}
