package dev.llmconfig.reconcile;

import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.verify.Asking;
import dev.llmconfig.verify.Outcome;
import dev.llmconfig.verify.Question;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;

/// Counts and times what is asked of providers.
record ProbeMeters(Asking asking, MeterRegistry meters) implements Asking {

  @Override
  public Outcome ask(Question question, Optional<SecretBytes> key) throws InterruptedException {
    var provider = question.target().provider().name();
    var taking = Timer.start(meters);
    var outcome = asking.ask(question, key);
    taking.stop(
        Timer.builder("llmconfig.probe")
            .description("How long providers took to answer.")
            .tag("provider", provider)
            .publishPercentileHistogram()
            .register(meters));
    Counter.builder("llmconfig.probes")
        .description("What providers answered.")
        .tag("provider", provider)
        .tag("reason", outcome.finding().reason().name())
        .register(meters)
        .increment();
    return outcome;
  }
}
