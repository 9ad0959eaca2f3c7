package dev.llmconfig.cli;

import dev.llmconfig.domain.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// The flags that the command of a long-running process was given. They stay texts until all of its
/// configuration is parsed, so that what is wrong with all of them is told at once.
final class GivenFlags {

  private GivenFlags() {}

  static Map<String, String> of(@Nullable CommandSpec spec) {
    var flags = new TreeMap<String, String>();
    if (spec != null) {
      for (var option : spec.options()) {
        if (option.getValue() instanceof String text) {
          flags.put(option.longestName(), text);
        }
      }
    }
    return flags;
  }

  /// For a configuration with which nothing can start.
  static Refusal refused(List<Problem> problems) {
    return Refusal.of(
        OperatorCommand.WRONG_CONFIGURATION,
        problems.stream()
            .map(Problem::sentence)
            .collect(Collectors.joining(System.lineSeparator())));
  }
}
