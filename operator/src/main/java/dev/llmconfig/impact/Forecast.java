package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ConditionReport;
import dev.llmconfig.plan.ModelPlanner;
import dev.llmconfig.plan.ModelReport;
import dev.llmconfig.plan.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the operator would do about each ModelConfig of a scene.
final class Forecast {

  private final Scene before;
  private final Scene after;
  private final String fresh;
  private final Instant now;

  /// @param before what a change is made to
  /// @param fresh how a key is called whose revision cannot be known
  Forecast(Scene before, Scene after, String fresh, Instant now) {
    this.before = before;
    this.after = after;
    this.fresh = fresh;
    this.now = now;
  }

  List<Impact.OfModel> all() {
    return after.models().values().stream().map(this::of).toList();
  }

  Impact.OfModel of(ModelConfig config) {
    return switch (Parsing.model(config)) {
      case Validated.Invalid<ModelSettings>(var problems) -> {
        var accepted = ModelPlanner.invalid(problems).getFirst();
        yield new Impact.OfModel(
            new Ref(config.getMetadata().getNamespace(), config.getMetadata().getName()),
            Optional.empty(),
            Optional.of(said(accepted)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
      }
      case Validated.Valid<ModelSettings>(var declared) -> of(config, declared);
    };
  }

  private Impact.OfModel of(ModelConfig config, ModelSettings declared) {
    var model = model(config, declared);
    var changes = new ArrayList<Impact.Change>();
    var blocked = new ArrayList<Impact.Blocked>();
    for (var one : workloads(model)) {
      one.change(live(one), model, now).ifPresent(changes::add);
      one.blocked().ifPresent(blocked::add);
    }
    var report = ModelPlanner.report(model.outlook(), Optional.empty());
    return new Impact.OfModel(
        declared.ref(),
        model.outlook().wanted().filter(_ -> model.exact()).map(Wanted::name),
        refused(report),
        Settings.between(model.outlook()),
        changes,
        blocked,
        notes(model, report),
        unknown(model, report));
  }

  ModelForecast model(ModelConfig config, ModelSettings declared) {
    var key = KeyForecast.of(before, after, ModelForecast.key(declared), fresh);
    return ModelForecast.of(declared, config, key, after, now);
  }

  /// A ModelConfig and its key.
  List<Id> names(Ref model) {
    return declared(model)
        .map(one ->
            List.of(new Id(Kinds.MODEL, model), new Id(Kinds.API_KEY, ModelForecast.key(one))))
        .orElseGet(() -> List.of(new Id(Kinds.MODEL, model)));
  }

  /// The workloads that it has to do with.
  List<Id> agents(Ref model) {
    var holders = after.holders(model.namespace());
    return after.workloads(model.namespace()).stream()
        .filter(one -> WorkloadForecast.concerns(model, one, holders))
        .map(WorkloadForecast::id)
        .toList();
  }

  Optional<Given> given(Ref ref) {
    return declared(ref)
        .flatMap(one -> config(ref).map(config -> Given.of(model(config, one), of(config))));
  }

  /// The parameters that the model would not be sent as they are asked for.
  List<ParameterOutcome> unhonoured(Ref ref) {
    return declared(ref)
        .flatMap(one -> config(ref).map(config -> model(config, one)))
        .flatMap(model -> ModelPlanner.report(model.outlook(), Optional.empty()))
        .flatMap(ModelReport::resolved)
        .map(ModelReport.Resolved::parameters)
        .orElse(List.of());
  }

  private Optional<ModelConfig> config(Ref ref) {
    return Optional.ofNullable(after.models().get(new Id(Kinds.MODEL, ref)));
  }

  private Optional<ModelSettings> declared(Ref ref) {
    return config(ref)
        .flatMap(config ->
            Parsing.model(config) instanceof Validated.Valid<ModelSettings>(var settings)
                ? Optional.of(settings)
                : Optional.empty());
  }

  List<WorkloadForecast> workloads(ModelForecast model) {
    var ref = model.outlook().seen().declared().ref();
    var holders = after.holders(ref.namespace());
    return after.workloads(ref.namespace()).stream()
        .filter(one -> WorkloadForecast.concerns(ref, one, holders))
        .map(one -> WorkloadForecast.of(model, one, holders))
        .toList();
  }

  ObjectNode live(WorkloadForecast one) {
    var meta = one.workload().getMetadata();
    return after
        .world()
        .find(new Id(one.workload().getKind(), new Ref(meta.getNamespace(), meta.getName())))
        .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  private static Optional<Impact.Said> refused(Optional<ModelReport> report) {
    return report.stream()
        .flatMap(one -> one.conditions().stream())
        .filter(one -> one.type() == ConditionReport.Type.Accepted || verdict(one))
        .filter(one -> one.truth() == ConditionReport.Truth.False)
        .findFirst()
        .map(Forecast::said);
  }

  private static boolean verdict(ConditionReport one) {
    return one.type() == ConditionReport.Type.Verified;
  }

  private static List<Impact.Said> notes(ModelForecast model, Optional<ModelReport> report) {
    var notes = new ArrayList<Impact.Said>();
    report.stream()
        .flatMap(one -> one.conditions().stream())
        .filter(one ->
            switch (one.type()) {
              case ParametersHonoured -> one.truth() != ConditionReport.Truth.True;
              case ModelRetiring -> one.truth() == ConditionReport.Truth.True;
              default -> false;
            })
        .map(Forecast::said)
        .forEach(notes::add);
    var declared = model.outlook().seen().declared();
    if (declared.suspended()) {
      notes.add(new Impact.Said("Suspended", "It is suspended: agents keep what they have."));
    }
    var mode = declared.delivery().mode();
    if (mode == DeliveryMode.Gateway) {
      notes.add(
          new Impact.Said(
              "NotAvailable",
              "Delivery mode %s is not available yet: agents keep what they have."
                  .formatted(mode)));
    }
    return notes;
  }

  private static List<String> unknown(ModelForecast model, Optional<ModelReport> report) {
    var unknown = new ArrayList<>(model.unknown());
    if (report.isEmpty()) {
      unknown.add(
          "What becomes of it: ApiKeyConfig %s is just being changed."
              .formatted(model.outlook().seen().declared().apiKey()));
    }
    return unknown;
  }

  private static Impact.Said said(ConditionReport report) {
    return new Impact.Said(report.reason().name(), report.message());
  }
}
