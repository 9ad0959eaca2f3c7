package dev.llmconfig.cli;

import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Problem;
import java.util.Map;

/// The encryption keys of a command that cannot do without.
final class Ring {

  private Ring() {}

  static KeyRing fromEnvironment(Shell shell) {
    Settings settings = new Settings(Map.of(), shell.environment());
    return GivenKeys.ring(shell.environment(), settings, false)
        .orElseThrow(
            () -> Refusal.usage(settings.problems().stream().map(Problem::sentence).toList()));
  }
}
