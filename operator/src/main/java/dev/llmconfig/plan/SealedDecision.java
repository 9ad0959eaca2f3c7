package dev.llmconfig.plan;

import dev.llmconfig.api.ConditionReason;
import java.util.Optional;

/// What becomes of a sealed key. What the controller says in words is never repeated: only whether
/// it could open the key.
public sealed interface SealedDecision {

  /// What was unsealed comes from what is declared now, and may be read.
  record Open() implements SealedDecision {}

  record Closed(Resolution why, SealedStep step) implements SealedDecision {}

  static SealedDecision of(SealedSecret wanted, SealedSeen seen) {
    var name = wanted.name();
    return switch (seen) {
      case SealedSeen.NoApi _ ->
          refused(
              ConditionReason.SealedSecretsMissing,
              "This cluster has no SealedSecrets; install the sealed-secrets controller with its CRD, or"
                  + " use secretRef or encryptedKey.");
      case SealedSeen.Hidden _ ->
          refused(
              ConditionReason.Forbidden,
              "The operator may not read SealedSecrets in namespace %s; give its account the rights of the chart (sealedSecrets.enabled)."
                  .formatted(wanted.owner().namespace()));
      case SealedSeen.Foreign _ ->
          refused(
              ConditionReason.NameTaken,
              "SealedSecret %s is there already and is not ours; name its Secret in spec.secretRef, or rename or delete it, or rename this object."
                  .formatted(name));
      case SealedSeen.Leaving _ ->
          wait(
              "SealedSecret %s is being deleted; it is made anew when it is gone.".formatted(name),
              new SealedStep.Nothing());
      case SealedSeen.Absent(var secret) ->
          switch (secret) {
            case Foreign -> taken(name, new SealedStep.Nothing());
            case Leftover -> leftover(name, new SealedStep.Nothing());
            case Absent, Ours -> await(name, new SealedStep.Apply(wanted, Optional.empty()));
          };
      case SealedSeen.Ours ours ->
          switch (ours.secret()) {
            // The controller has given up on it, and tries again only when it is made anew.
            case Foreign -> taken(name, new SealedStep.Delete(ours.version()));
            case Leftover -> leftover(name, new SealedStep.Delete(ours.version()));
            case Absent, Ours ->
                ours.wanted()
                    ? opened(wanted, ours)
                    : await(name, new SealedStep.Apply(wanted, Optional.of(ours.version())));
          };
    };
  }

  private static SealedDecision opened(SealedSecret wanted, SealedSeen.Ours ours) {
    return switch (ours.progress()) {
      case Awaited -> await(wanted.name(), new SealedStep.Nothing());
      case Refused -> refused(ConditionReason.UnsealFailed, unsealable(wanted));
      case Opened ->
          ours.secret() == SealedSeen.Unsealed.Ours
              ? new Open()
              : await(wanted.name(), new SealedStep.Nothing());
    };
  }

  private static String unsealable(SealedSecret wanted) {
    return "The sealed-secrets controller cannot open spec.sealedKey, which may be sealed for another name, namespace, scope or cluster; seal the key again with `llmconfig seal --namespace %1$s --name %2$s --scope %3$s --cert FILE` (or with kubeseal, for the Secret name %4$s); `kubectl describe sealedsecret %4$s --namespace %1$s` tells more."
        .formatted(
            wanted.owner().namespace(),
            wanted.owner().name(),
            wanted.source().scope(),
            wanted.name());
  }

  private static SealedDecision taken(String name, SealedStep step) {
    return new Closed(
        new Resolution.Unusable(
            ConditionReason.NameTaken,
            "Secret %s is there already and was not made of spec.sealedKey; name it in spec.secretRef, or rename or delete it, or rename this object."
                .formatted(name)),
        step);
  }

  private static SealedDecision leftover(String name, SealedStep step) {
    return wait(
        "Secret %s of an earlier SealedSecret is being deleted; the key is unsealed when it is gone."
            .formatted(name),
        step);
  }

  private static SealedDecision await(String name, SealedStep step) {
    return wait(
        "The sealed-secrets controller has not opened SealedSecret %s yet; if this lasts, check that it runs and reports the status."
            .formatted(name),
        step);
  }

  private static SealedDecision wait(String message, SealedStep step) {
    return new Closed(new Resolution.NotArrived(ConditionReason.SecretNotFound, message), step);
  }

  private static SealedDecision refused(ConditionReason reason, String message) {
    return new Closed(new Resolution.Unusable(reason, message), new SealedStep.Nothing());
  }
}
