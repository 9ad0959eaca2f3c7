package dev.llmconfig.cli;

import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.ModelCheck;
import dev.llmconfig.provider.Models;
import java.io.PrintWriter;
import java.util.Optional;

/// A test as a person reads it: what it is, what to do, then whatever helps.
final class KeyTestText {

  private KeyTestText() {}

  static void print(KeyTest test, PrintWriter out) {
    Finding finding = test.finding();
    out.println(finding.reason() + ": " + test.sentence());
    out.println("Next step: " + test.nextStep());
    finding.requestId().ifPresent(id -> out.println("Request id: " + id));
    finding
        .httpStatus()
        .ifPresent(status ->
            out.println(
                "HTTP status: " + status + finding.code().map(c -> " (" + c + ")").orElse("")));
    finding.retryAfter().ifPresent(wait -> out.println("Ask again in: " + wait.toSeconds() + " s"));
    finding.detail().ifPresent(detail -> out.println("Detail: " + detail));
    models(test.models()).ifPresent(models -> out.println("Models: " + models));
    test.modelCheck().ifPresent(check -> print(test, check, out));
    test.notes().forEach(note -> out.println("Note: " + note.message()));
    finding
        .said()
        .ifPresent(said -> out.println("Said by %s: %s".formatted(test.target().provider(), said)));
    out.flush();
  }

  private static void print(KeyTest test, ModelCheck check, PrintWriter out) {
    out.println("Model %s: %s".formatted(test.model().orElse(""), check.finding().reason()));
    if (!check.didYouMean().isEmpty()) {
      out.println("Did you mean: " + String.join(", ", check.didYouMean()));
    }
  }

  private static Optional<String> models(Models models) {
    return switch (models) {
      case Models.Listed(var all, boolean complete) ->
          Optional.of(all.size() + (complete ? "" : " or more"));
      case Models.Empty(var reason) -> Optional.of("none (" + reason + ")");
      case Models.NotRead _ -> Optional.empty();
    };
  }
}
