package dev.llmconfig.impact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Labels;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.guest.GuestPatch;
import dev.llmconfig.guest.Workload;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.delivery.DeliveryMemory;
import dev.llmconfig.plan.delivery.DeliveryObserved;
import dev.llmconfig.plan.delivery.DeliveryPlan;
import dev.llmconfig.plan.delivery.DeliveryPlanner;
import dev.llmconfig.plan.delivery.Holders;
import dev.llmconfig.plan.delivery.ProvidedNames;
import dev.llmconfig.plan.delivery.WorkloadWrite;
import dev.llmconfig.plan.rollout.Agent;
import dev.llmconfig.plan.rollout.Pods;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a ModelConfig would do to one workload, decided by the planner of the operator: one by one,
/// so that each has its own reasons.
record WorkloadForecast(HasMetadata workload, Impact.Workload named, DeliveryPlan plan) {

  private static final JsonMapper MAPPER = new JsonMapper();

  static WorkloadForecast of(ModelForecast model, HasMetadata workload, Holders holders) {
    var template = Workload.of(workload).template();
    var plan =
        DeliveryPlanner.plan(
            new DeliveryObserved(
                model.outlook(),
                List.of(workload),
                holders,
                // What a template names is taken to be there.
                ProvidedNames.in(template).collect(Collectors.toSet()),
                DeliveryMemory.NONE));
    return new WorkloadForecast(
        workload, new Impact.Workload(workload.getKind(), workload.getMetadata().getName()), plan);
  }

  /// Whether this ModelConfig has anything to do with it.
  static boolean concerns(Ref model, HasMetadata workload, Holders holders) {
    var labels = labels(workload);
    return model.name().equals(labels.get(Labels.DELIVERED_BY))
        || (holders.of(labels) instanceof Holders.Holder.One(var name) && name.equals(model.name()))
        || (labels.get(Labels.MODEL_CONFIG) == null
            && holders.selecting().stream()
                .anyMatch(one ->
                    one.age().name().equals(model.name()) && one.selector().matches(labels)));
  }

  static Map<String, String> labels(HasMetadata workload) {
    return Objects.requireNonNullElse(workload.getMetadata().getLabels(), Map.of());
  }

  static Id id(HasMetadata workload) {
    var meta = workload.getMetadata();
    return new Id(workload.getKind(), new Ref(meta.getNamespace(), meta.getName()));
  }

  Optional<WorkloadWrite> write() {
    return plan.writes().stream().findFirst();
  }

  private static boolean restarts(WorkloadWrite write) {
    return write.patch().effect() == GuestPatch.Effect.Template;
  }

  /// The records of who owns what are nobody's concern.
  Optional<Impact.Change> change(JsonNode live, ModelForecast model, Instant now) {
    return write()
        .map(write -> {
          var patch = patch(write);
          return new Impact.Change(
              named,
              effect(write, now),
              model.when(),
              Differences.of(Workload.of(workload), live, patch).stream()
                  .map(one -> model.exact() ? one : MadeUpNames.hidden(one, model.exactBefore()))
                  .toList(),
              Optional.<JsonNode>of(patch).filter(_ -> model.exact()),
              Patched.with(id(workload), patch, model.exact()));
        })
        .filter(one -> !one.differences().isEmpty())
        .filter(
            _ -> write().filter(WorkloadForecast::restarts).isPresent() || alone(model).isEmpty())
        .or(() -> alone(model));
  }

  /// With policy OnRestart the template stays, and what its pods will find does not.
  private Optional<Impact.Change> alone(ModelForecast model) {
    return model
        .secretAlone()
        .filter(_ -> plan.behind().isEmpty())
        .map(secret ->
            new Impact.Change(
                named,
                workload instanceof CronJob ? Impact.Effect.NextJob : Impact.Effect.NextRestart,
                model.when(),
                List.of(
                    new Impact.Difference(
                        "Secret " + secret,
                        Optional.of("(the present settings)"),
                        Optional.of("(the new settings)"))),
                Optional.empty(),
                Patched.with(id(workload), JsonNodeFactory.instance.objectNode(), true)));
  }

  static ObjectNode patch(WorkloadWrite write) {
    try {
      return MAPPER.readValue(write.body(), ObjectNode.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a patch of ours is JSON", impossible);
    }
  }

  private Impact.Effect effect(WorkloadWrite write, Instant now) {
    if (!restarts(write)) {
      return Impact.Effect.NoRestart;
    }
    if (workload instanceof CronJob) {
      return Impact.Effect.NextJob;
    }
    return Pods.of(workload, Optional.empty(), now).held() == Agent.Held.UNTIL_DELETED
        ? Impact.Effect.NextPod
        : Impact.Effect.Restart;
  }

  /// Why it does not get what it should.
  Optional<Impact.Blocked> blocked() {
    return plan.behind().stream()
        .filter(_ -> write().filter(WorkloadForecast::restarts).isEmpty())
        .filter(one -> !one.reason().equals(ConditionReason.Rolling.name()))
        .findFirst()
        .map(one ->
            new Impact.Blocked(
                named,
                new Impact.Said(
                    one.reason(),
                    plan.condition()
                        .map(ConditionReport::message)
                        .map(said -> bare(said, one))
                        .orElse(""))));
  }

  /// Without what is said beside it.
  private static String bare(String said, DeliveryPlan.Behind one) {
    return said.replaceFirst("^%s: ".formatted(one.reason()), "")
        .replaceFirst("^%s %s:? ".formatted(one.kind(), one.name()), "");
  }
}
