package dev.llmconfig.cli;

import dev.llmconfig.rest.Traffic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// What the REST API answers, and how soon, by route.
record RequestSeries(MeterRegistry registry) implements Traffic {

  @Override
  public void answered(String route, int status, Duration took) {
    Counter.builder("llmconfig.rest.requests")
        .description("Requests that the REST API has answered.")
        .tag("route", route)
        .tag("code", Integer.toString(status))
        .register(registry)
        .increment();
    Timer.builder("llmconfig.rest")
        .description("How long it took until an answer began.")
        .tag("route", route)
        .register(registry)
        .record(took);
  }
}
