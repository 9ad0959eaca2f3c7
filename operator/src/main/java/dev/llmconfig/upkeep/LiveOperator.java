package dev.llmconfig.upkeep;

import dev.llmconfig.api.FieldManagers;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// Whether an operator still leads somewhere, by its lease.
public final class LiveOperator {

  private static final int FORBIDDEN = 403;
  private static final Duration UNKNOWN = Duration.ofSeconds(60);

  private LiveOperator() {}

  /// What an operator that runs would undo must not be done.
  ///
  /// @param namespace that of the operator; empty looks into all
  /// @return a sentence where nobody may look
  public static Optional<String> refuse(
      KubernetesClient client, Optional<String> namespace, Instant now) {
    var leases = new ArrayList<Lease>();
    try {
      var all = client.leases();
      Pages.each(
          namespace
              .map(one -> all.inNamespace(one).withField("metadata.name", FieldManagers.OPERATOR))
              .orElseGet(
                  () -> all.inAnyNamespace().withField("metadata.name", FieldManagers.OPERATOR)),
          leases::add);
    } catch (KubernetesClientException failed) {
      if (failed.getCode() == FORBIDDEN) {
        return Optional.of(
            "whether an operator still runs was not looked for, because you may not list leases;"
                + " one that runs would undo this.");
      }
      throw failed;
    }
    for (var lease : leases) {
      if (held(lease, now)) {
        throw new Refused(
            "An operator still runs in namespace %s and would undo this, so nothing was changed; remove it first (helm uninstall), wait until its lease has ended, and run this again."
                .formatted(lease.getMetadata().getNamespace()));
      }
    }
    return Optional.empty();
  }

  private static boolean held(Lease lease, Instant now) {
    var spec = lease.getSpec();
    if (spec == null
        || spec.getRenewTime() == null
        || spec.getHolderIdentity() == null
        || spec.getHolderIdentity().isEmpty()) {
      return false;
    }
    var lasts =
        Optional.ofNullable(spec.getLeaseDurationSeconds())
            .map(Duration::ofSeconds)
            .orElse(UNKNOWN);
    return spec.getRenewTime().toInstant().plus(lasts).isAfter(now);
  }
}
