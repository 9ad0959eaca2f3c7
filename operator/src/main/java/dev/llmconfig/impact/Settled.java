package dev.llmconfig.impact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.domain.AppliedStatus;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A world after the operator has done all there was to do, where no status tells how far it was.
final class Settled {

  private static final String STATUS = "status";

  private final World world;
  private final Scene scene;
  private final Forecast forecast;
  private final List<ObjectNode> settled = new ArrayList<>();

  private Settled(World world, Instant now) {
    this.world = world;
    this.scene = new Scene(world);
    this.forecast = new Forecast(new Scene(World.EMPTY), scene, KeyForecast.PRESENT_KEY, now);
  }

  static World of(World world, Instant now) {
    var settled = new Settled(world, now);
    settled.scene.models().forEach(settled::model);
    world.of(Kinds.API_KEY).filter(one -> !one.has(STATUS)).forEach(settled::key);
    return world.with(settled.settled);
  }

  private void model(Id id, ModelConfig config) {
    if (config.getStatus() != null
        || !(Parsing.model(config) instanceof Validated.Valid<ModelSettings>(var declared))) {
      return;
    }
    var model = forecast.model(config, declared);
    for (var workload : forecast.workloads(model)) {
      workload
          .write()
          .map(WorkloadForecast::patch)
          .ifPresent(patch -> settled.add(OwnFields.patched(forecast.live(workload), patch)));
    }
    model
        .outlook()
        .wanted()
        .filter(_ -> model.outlook().mayBeDelivered())
        .ifPresent(
            wanted -> settled.add(with(world.find(id).orElseThrow(), status(wanted, config))));
  }

  private static ModelConfigStatus status(Wanted wanted, ModelConfig config) {
    var status = new ModelConfigStatus();
    status.setObservedGeneration(config.getMetadata().getGeneration());
    status.setRevision(wanted.name());
    status.setApplied(AppliedStatus.write(wanted.revision(), wanted.basis()));
    return status;
  }

  private void key(ObjectNode config) {
    KeyForecast.of(new Scene(World.EMPTY), scene, Id.of(config).ref(), KeyForecast.PRESENT_KEY)
        .accepted()
        .ifPresent(status -> settled.add(with(config, status)));
  }

  private static ObjectNode with(ObjectNode object, Object status) {
    var copy = object.deepCopy();
    copy.set(STATUS, Scene.tree(status));
    return copy;
  }
}
