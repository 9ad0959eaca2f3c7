package dev.llmconfig.agent;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which variables a profile may set. Those that decide what code a process runs, who it is or
/// where its traffic goes are not settings of a model, whoever writes the profile.
final class VariableNames {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int LONGEST = 253;

  private static final Set<String> FORBIDDEN =
      Set.of(
          "PATH",
          "HOME",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "NODE_OPTIONS",
          "PYTHONPATH",
          "PYTHONSTARTUP",
          "BASH_ENV");
  private static final List<String> FORBIDDEN_STARTS = List.of("LD_", "DYLD_", "KUBERNETES_");
  private static final String FORBIDDEN_END = "_PROXY";

  /// Ends like a proxy variable and is none: a switch of LiteLLM.
  private static final String ALLOWED = "USE_LITELLM_PROXY";

  private VariableNames() {}

  /// Empty if the name may be set.
  static Optional<String> problem(String name) {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST) {
      return Optional.of(
          "%s is no name for a variable: letters, digits and _ only, and no digit in front."
              .formatted(Section.shown(name)));
    }
    // Windows and some libraries do not care for case, so neither does this rule.
    String upper = name.toUpperCase(Locale.ROOT);
    boolean forbidden =
        FORBIDDEN.contains(upper)
            || FORBIDDEN_STARTS.stream().anyMatch(upper::startsWith)
            || (upper.endsWith(FORBIDDEN_END) && !name.equals(ALLOWED));
    return forbidden
        ? Optional.of(
            "%s may not be set by a profile: it changes what the process runs or where it connects."
                .formatted(Section.shown(name)))
        : Optional.empty();
  }
}
