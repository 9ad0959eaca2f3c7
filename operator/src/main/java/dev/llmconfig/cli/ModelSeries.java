package dev.llmconfig.cli;

import dev.llmconfig.mirror.Mirror;
import dev.llmconfig.mirror.ModelGlance;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/// The series of every ModelConfig and its agents, made like those of keys.
final class ModelSeries implements MultiCollector {

  private final Mirror mirror;

  ModelSeries(Mirror mirror) {
    this.mirror = mirror;
  }

  @Override
  public MetricSnapshots collect() {
    var models = mirror.models().toList();
    return MetricSnapshots.of(agents(models), retirements(models));
  }

  private static GaugeSnapshot agents(List<ModelGlance> models) {
    var series =
        GaugeSnapshot.builder()
            .name("llmconfig_agents")
            .help("How many agents of a ModelConfig are in this state.");
    for (var model : models) {
      model
          .agents()
          .forEach((state, count) -> series.dataPoint(point(model, "state", state.name(), count)));
    }
    return series.build();
  }

  private static GaugeSnapshot retirements(List<ModelGlance> models) {
    var series =
        GaugeSnapshot.builder()
            .name("llmconfig_model_retires_timestamp_seconds")
            .help("When the provider ends the model.");
    for (var model : models) {
      model
          .retiresAt()
          .ifPresent(end ->
              series.dataPoint(
                  point(model, "model", end.model(), end.at().toEpochMilli() / 1_000.0)));
    }
    return series.build();
  }

  private static GaugeDataPointSnapshot point(
      ModelGlance model, String label, String text, double value) {
    return GaugeDataPointSnapshot.builder()
        .labels(
            Labels.of(
                "namespace",
                model.ref().namespace(),
                "model_config",
                model.ref().name(),
                label,
                text))
        .value(value)
        .build();
  }
}
