package dev.llmconfig.impact;

import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.RolloutPolicy;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.ModelDelivery;
import dev.llmconfig.domain.ModelRequests;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.Listed;
import dev.llmconfig.plan.ModelAnswer;
import dev.llmconfig.plan.ModelObserved;
import dev.llmconfig.plan.ModelOutlook;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.RememberedModel;
import dev.llmconfig.plan.Wanted;
import dev.llmconfig.reconcile.ModelMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a ModelConfig will come to, if all goes well, judged by the planner of the operator.
///
/// @param when what keeps the operator from doing at once what is told
record ModelForecast(ModelOutlook outlook, Impact.Condition when, List<String> unknown) {

  /// All at once: a preview shows the end of a rollout, not its first step.
  private static final int EVERYBODY = Integer.MAX_VALUE;

  private static final Catalogue CATALOGUE = Catalogue.packed();

  ModelForecast {
    unknown = List.copyOf(unknown);
  }

  static ModelForecast of(
      ModelSettings declared, ModelConfig config, KeyForecast key, Scene scene, Instant now) {
    var seen =
        new ModelObserved(
            atOnce(declared),
            key.state(),
            CATALOGUE,
            scene.profiles(),
            Listed.UNKNOWN,
            scene.otherClaims(declared.ref()),
            // Two claims are not told at once, because a switch is two writes.
            Optional.of(Instant.EPOCH),
            remembered(config),
            Optional.empty(),
            false,
            now);
    var outlook = ModelPlanner.judge(seen);
    var unknown = new ArrayList<>(key.unknown());
    if (outlook.wanted().isPresent() && !proven(outlook) && !outlook.refused()) {
      outlook = ModelPlanner.judge(heard(seen));
      unknown.add(
          "Whether %s has the model %s for this key: nobody was asked."
              .formatted(
                  outlook.wanted().orElseThrow().revision().provider(),
                  outlook.wanted().orElseThrow().revision().model()));
    }
    var when = when(declared, outlook);
    return new ModelForecast(
        when == Impact.Condition.Approval ? approved(outlook) : outlook, when, unknown);
  }

  /// Whether names that depend on the revision of the key are the ones that the cluster would give.
  boolean exact() {
    return outlook
        .wanted()
        .flatMap(wanted -> wanted.revision().keyRevision())
        .filter(KeyForecast::madeUp)
        .isEmpty();
  }

  /// Whether the names that are there already are the cluster's.
  boolean exactBefore() {
    return outlook
        .seen()
        .before()
        .applied()
        .flatMap(one -> one.settings().keyRevision())
        .filter(one -> !KeyForecast.madeUp(one))
        .isPresent();
  }

  /// The Secret that agents read by their own manifests, where it changes and their templates do
  /// not.
  Optional<String> secretAlone() {
    var seen = outlook.seen();
    return outlook
        .wanted()
        .filter(_ -> seen.declared().delivery().rollout().policy() == RolloutPolicy.OnRestart)
        .filter(one -> one.revision().mode() == DeliveryMode.EnvFrom && outlook.mayBeDelivered())
        .filter(
            one -> seen.before().applied().filter(last -> last.name().equals(one.name())).isEmpty())
        .map(_ -> ManagedNames.environmentSecret(seen.declared().ref().name()));
  }

  private static boolean proven(ModelOutlook outlook) {
    return outlook.mayBeDelivered()
        || outlook.seen().declared().suspended()
        || outlook.seen().declared().deleting();
  }

  private static RememberedModel remembered(ModelConfig config) {
    return ModelMemory.of(config.getStatus());
  }

  private static Impact.Condition when(ModelSettings declared, ModelOutlook outlook) {
    if (declared.requests().dryRun()) {
      return Impact.Condition.DryRun;
    }
    var wanted = outlook.wanted().map(Wanted::name);
    var asks =
        declared.delivery().rollout().policy() == RolloutPolicy.Manual
            && wanted.isPresent()
            && !wanted.equals(declared.requests().approved())
            && !wanted.equals(outlook.seen().before().applied().map(one -> one.name()));
    return asks ? Impact.Condition.Approval : Impact.Condition.Nothing;
  }

  private static ModelOutlook approved(ModelOutlook outlook) {
    var declared = outlook.seen().declared();
    var requests = declared.requests();
    return ModelPlanner.judge(
        with(
            outlook.seen(),
            with(
                declared,
                declared.delivery(),
                new ModelRequests(
                    requests.verify(),
                    requests.retry(),
                    outlook.wanted().map(Wanted::name),
                    false)),
            outlook.seen().heard()));
  }

  private static ModelObserved heard(ModelObserved seen) {
    return with(
        seen,
        seen.declared(),
        Optional.of(
            new ModelAnswer(
                VerdictReason.ModelAvailable, VerdictKind.Accepted, List.of(), Optional.empty())));
  }

  private static ModelObserved with(
      ModelObserved seen, ModelSettings declared, Optional<ModelAnswer> heard) {
    return new ModelObserved(
        declared,
        seen.key(),
        seen.catalogue(),
        seen.profiles(),
        seen.listed(),
        seen.otherDefaults(),
        seen.contestedSince(),
        seen.before(),
        heard,
        seen.gateway(),
        seen.now());
  }

  private static ModelSettings atOnce(ModelSettings declared) {
    var delivery = declared.delivery();
    var requests = declared.requests();
    return with(
        declared,
        new ModelDelivery(
            delivery.mode(),
            delivery.profile(),
            delivery.selector(),
            delivery.containers(),
            delivery.fileMountPath(),
            new ModelDelivery.Rollout(delivery.rollout().policy(), EVERYBODY, Duration.ZERO),
            delivery.rollback()),
        new ModelRequests(requests.verify(), requests.retry(), requests.approved(), false));
  }

  private static ModelSettings with(
      ModelSettings declared, ModelDelivery delivery, ModelRequests requests) {
    return new ModelSettings(
        declared.ref(),
        declared.uid(),
        declared.generation(),
        declared.created(),
        declared.apiKey(),
        declared.model(),
        declared.parameters(),
        declared.unsupportedParameters(),
        declared.isDefault(),
        declared.fallbacks(),
        delivery,
        requests,
        declared.suspended(),
        declared.deleting());
  }

  static Ref key(ModelSettings declared) {
    return new Ref(declared.ref().namespace(), declared.apiKey());
  }
}
