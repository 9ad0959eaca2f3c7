package dev.llmconfig.cli;

import dev.llmconfig.impact.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A preview as a person reads it.
final class PlanText {

  private static final String NEW = "+ ";
  private static final String GONE = "- ";
  private static final String CHANGED = "~ ";

  private final StringBuilder text = new StringBuilder();

  private PlanText() {}

  static String of(Impact impact) {
    var text = new PlanText();
    impact.models().forEach(text::model);
    impact.notes().forEach(note -> text.line("", note));
    if (!impact.notes().isEmpty()) {
      text.line("", "");
    }
    text.line("", summary(impact));
    return text.text.toString();
  }

  private void model(Impact.OfModel model) {
    line(
        "",
        "ModelConfig %s%s"
            .formatted(model.ref(), model.revision().map(", revision "::concat).orElse("")));
    model
        .refused()
        .ifPresent(
            why -> line("  ", "not accepted, %s: %s".formatted(why.reason(), why.message())));
    model
        .settings()
        .forEach(one ->
            line(
                "  ",
                "%s%s: %s -> %s"
                    .formatted(CHANGED, one.field(), or(one.before()), or(one.after()))));
    model.changes().forEach(this::change);
    model
        .blocked()
        .forEach(one ->
            line(
                "  ",
                "%s %s is blocked, %s: %s"
                    .formatted(
                        one.workload().kind(),
                        one.workload().name(),
                        one.why().reason(),
                        one.why().message())));
    if (model.changes().isEmpty() && model.blocked().isEmpty()) {
      line("  ", "No agent changes.");
    }
    model
        .notes()
        .forEach(note -> line("  ", "note, %s: %s".formatted(note.reason(), note.message())));
    model.unknown().forEach(one -> line("  ", "unknown: " + one));
    line("", "");
  }

  private static String or(String value) {
    return value.isEmpty() ? "none" : value;
  }

  private void change(Impact.Change change) {
    line(
        "  ",
        "%s %s %s%s"
            .formatted(
                change.workload().kind(),
                change.workload().name(),
                effect(change.effect()),
                condition(change.when())));
    change.differences().forEach(this::difference);
  }

  private static String effect(Impact.Effect effect) {
    return switch (effect) {
      case Restart -> "restarts";
      case NextJob -> "changes with its next Job";
      case NextPod -> "changes when its pods are deleted (OnDelete)";
      case NextRestart -> "changes with its next restart (OnRestart)";
      case NoRestart -> "changes without a restart";
    };
  }

  private static String condition(Impact.Condition when) {
    return switch (when) {
      case Nothing -> "";
      case Approval -> ", once the revision is approved";
      case DryRun -> ", once the annotation llmconfig.dev/dry-run is taken away";
    };
  }

  private void difference(Impact.Difference one) {
    if (one.before().isEmpty()) {
      line("    ", "%s%s: %s".formatted(NEW, one.where(), one.after().orElse("")));
    } else if (one.after().isEmpty()) {
      line("    ", "%s%s: %s".formatted(GONE, one.where(), one.before().get()));
    } else {
      line(
          "    ",
          "%s%s: %s -> %s".formatted(CHANGED, one.where(), one.before().get(), one.after().get()));
    }
  }

  private static String summary(Impact impact) {
    var parts = new ArrayList<String>();
    part(parts, impact.count(Impact.Effect.Restart), "would restart");
    part(parts, impact.count(Impact.Effect.NextJob), "would change with the next Job");
    part(parts, impact.count(Impact.Effect.NextPod), "would change when pods are deleted");
    part(parts, impact.count(Impact.Effect.NextRestart), "would change with the next restart");
    part(parts, impact.count(Impact.Effect.NoRestart), "would change without a restart");
    if (parts.isEmpty()) {
      parts.add("no workload would change");
    }
    part(parts, impact.blocked(), "blocked");
    var sentence = String.join(", ", parts) + ".";
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  private static void part(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add("%d %s %s".formatted(count, count == 1 ? "workload" : "workloads", what));
    }
  }

  private void line(String indent, String line) {
    text.append(line.isEmpty() ? "" : indent).append(line).append('\n');
  }
}
