package dev.llmconfig.verify;

import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.Models;
import dev.llmconfig.provider.Prober;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Asks for somebody who waits in front of a screen: first whether anybody is there, then the same
/// question that would be asked of a stored key. What failed shows by the step that it failed in.
public final class AskingInSteps implements Asking {

  private final Prober prober;
  private final Asking asking;

  public AskingInSteps(Prober prober) {
    this.prober = prober;
    this.asking = Asking.through(prober);
  }

  @Override
  public Outcome ask(Question question, Optional<SecretBytes> key) throws InterruptedException {
    if (question instanceof Question.OfModel) {
      var begun = System.nanoTime();
      var outcome = asking.ask(question, key);
      return with(outcome, List.of(step(Step.Name.Model, outcome.finding(), begun)));
    }
    var begun = System.nanoTime();
    var reached = prober.reach(question.target());
    var secure = question.target().endpoint().scheme().equals("https");
    var first = step(secure ? Step.Name.Tls : Step.Name.Connect, reached, begun);
    if (reached.reason() != VerdictReason.KeyNotChecked) {
      return new Outcome(
          reached,
          Optional.of(new Models.NotRead(reached.reason())),
          List.of(),
          List.of(failed(first)));
    }
    var connected = System.nanoTime();
    var outcome = asking.ask(question, key);
    return with(outcome, List.of(first, step(Step.Name.Auth, outcome.finding(), connected)));
  }

  private static Outcome with(Outcome outcome, List<Step> steps) {
    return new Outcome(outcome.finding(), outcome.models(), outcome.didYouMean(), steps);
  }

  /// Without a connection there is no doubt about the step, whatever it means for the key.
  private static Step failed(Step step) {
    return new Step(step.name(), Step.Result.Failed, step.took());
  }

  private static Step step(Step.Name name, Finding finding, long begun) {
    return new Step(
        name,
        switch (finding.reason().kindAtFirstContact(finding.probe())) {
          case Accepted -> Step.Result.Passed;
          case Refused -> Step.Result.Failed;
          case Transient -> Step.Result.Unknown;
        },
        Duration.ofNanos(System.nanoTime() - begun));
  }
}
