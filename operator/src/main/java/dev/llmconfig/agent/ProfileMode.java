package dev.llmconfig.agent;

import dev.llmconfig.api.DeliveryMode;
import java.util.Optional;

/// The two ways a profile can be used. `Env` stands for EnvFrom and File, too: the agent calls its
/// provider itself.
public enum ProfileMode {
  Env,
  Gateway;

  /// Empty where nothing is delivered.
  static Optional<ProfileMode> of(DeliveryMode mode) {
    return switch (mode) {
      case Env, EnvFrom, File -> Optional.of(Env);
      case Gateway -> Optional.of(Gateway);
      case None -> Optional.empty();
    };
  }
}
