package dev.llmconfig.reconcile;

import dev.llmconfig.agent.Profiles;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.domain.DefaultClaim;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.ConditionReport.Truth;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.ModelReport;
import dev.llmconfig.plan.delivery.DeliveryMemory;
import dev.llmconfig.plan.delivery.DeliveryObserved;
import dev.llmconfig.plan.delivery.DeliveryPlanner;
import dev.llmconfig.plan.delivery.Holders;
import dev.llmconfig.store.local.Ledger.Kind;
import dev.llmconfig.store.local.LocalObjects;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks at a ModelConfig of a store of this machine. There are no workloads, so what is proven is
/// in force at once.
final class LocalModels {

  private final LocalObjects objects;
  private final LocalTies ties;
  private final ModelGathering gathering;
  private final ModelProbes probes;
  private final KeysInUse keys;
  private final ModelLists lists;
  private final Profiles profiles;
  private final DefaultClaims claims = new DefaultClaims();

  /// One state of the store, as far as the model is concerned.
  private record Seen(
      ModelConfig config, Optional<ApiKeyConfig> key, List<DefaultClaim> otherClaims) {}

  LocalModels(
      LocalObjects objects,
      LocalTies ties,
      ModelGathering gathering,
      ModelProbes probes,
      KeysInUse keys,
      ModelLists lists,
      Profiles profiles) {
    this.objects = objects;
    this.ties = ties;
    this.gathering = gathering;
    this.probes = probes;
    this.keys = keys;
    this.lists = lists;
    this.profiles = profiles;
  }

  /// When to look again.
  Optional<Instant> look(Ref ref, Instant now) {
    var others = ties.otherClaims(ref);
    var seen = objects.look(shelf -> seen(ref, others, shelf));
    if (seen.isEmpty()) {
      probes.release(ref);
      claims.forget(new ResourceID(ref.name(), ref.namespace()));
      lists.forget(ref);
      return Optional.empty();
    }
    var config = seen.get().config();
    var before = ModelStatus.ours(config.getStatus());
    return switch (Parsing.model(config)) {
      case Validated.Invalid<ModelSettings>(var problems) -> {
        var generation = config.getMetadata().getGeneration();
        write(ref, config, before, ModelStatus.invalid(problems, generation, before, now));
        yield Optional.empty();
      }
      case Validated.Valid<ModelSettings>(var model) -> look(seen.get(), model, before, now);
    };
  }

  private static Optional<Seen> seen(Ref ref, List<DefaultClaim> others, LocalObjects.Shelf shelf) {
    return shelf
        .model(ref)
        .map(config -> new Seen(config, ModelConfigs.key(config).flatMap(shelf::key), others));
  }

  private Optional<Instant> look(
      Seen seen, ModelSettings model, @Nullable ModelConfigStatus before, Instant now) {
    var contested =
        claims.since(
            new ResourceID(model.ref().name(), model.ref().namespace()),
            model.isDefault() && !seen.otherClaims().isEmpty(),
            now);
    var gathered =
        gathering.gather(
            model,
            seen.key(),
            profiles,
            new ModelGathering.Claims(seen.otherClaims(), contested),
            lists,
            ModelMemory.of(before),
            now);
    var outlook = ModelPlanner.judge(gathered.seen());
    var plan =
        DeliveryPlanner.plan(
            new DeliveryObserved(
                outlook,
                List.of(),
                new Holders(Set.of(model.ref().name()), Optional.empty(), List.of()),
                Set.of(),
                DeliveryMemory.NONE));
    var current =
        ModelPlanner.report(outlook, plan.condition().map(LocalModels::inForce))
            .map(report ->
                write(
                    model.ref(),
                    seen.config(),
                    before,
                    ModelStatus.of(sentByChat(report), plan, before, now)))
            .orElse(true);
    return !current || probes.ask(gathered, outlook, keys)
        ? Optional.of(now)
        : Stream.of(ModelPlanner.nextLook(outlook), plan.nextLook())
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
  }

  /// What an agent's variables could not say, the chat sends all the same.
  private static ModelReport sentByChat(ModelReport report) {
    return new ModelReport(
        report.observedGeneration(),
        report.resolved(),
        report.candidate(),
        report.handledVerify(),
        report.notes(),
        report.conditions().stream().map(LocalModels::sentByChat).toList());
  }

  private static ConditionReport sentByChat(ConditionReport one) {
    return one.reason() == ConditionReason.NotCarriedByProfile
        ? new ConditionReport(
            one.type(),
            Truth.True,
            ConditionReason.AllSent,
            "Every parameter is sent as it was asked for.")
        : one;
  }

  /// There is no workload to label.
  private static ConditionReport inForce(ConditionReport delivered) {
    return delivered.truth() == Truth.True
        ? new ConditionReport(
            delivered.type(), delivered.truth(), delivered.reason(), "The settings are in force.")
        : delivered;
  }

  /// @return whether it was still as it was seen
  private boolean write(
      Ref ref, ModelConfig seen, @Nullable ModelConfigStatus before, ModelConfigStatus after) {
    return objects.same(before, after)
        || objects.change(desk ->
            desk.say(Kind.ModelConfig, ref, seen.getMetadata().getResourceVersion(), after));
  }
}
