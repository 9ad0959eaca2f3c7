package dev.llmconfig.cli;

import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The encryption keys that the environment gives: one Fernet key, or several separated by commas;
/// the first encrypts.
final class GivenKeys {

  static final String VARIABLE = "ENCRYPTION_KEY";
  static final String FILE_VARIABLE = "ENCRYPTION_KEY_FILE";

  private GivenKeys() {}

  static Optional<KeyRing> ring(Map<String, String> environment, Settings settings, boolean inPod) {
    var value = environment.getOrDefault(VARIABLE, "");
    var file = environment.getOrDefault(FILE_VARIABLE, "");
    if (!value.isBlank() && !file.isBlank()) {
      settings.problem(
          VARIABLE, VARIABLE + " and " + FILE_VARIABLE + " are both set; keep one of them.");
      return Optional.empty();
    }
    if (!value.isBlank()) {
      return parsed(VARIABLE, SecretBytes.taking(value.getBytes(StandardCharsets.UTF_8)), settings);
    }
    if (!file.isBlank()) {
      return fromFile(file, settings);
    }
    if (!inPod) {
      settings.problem(
          VARIABLE,
          "No encryption key is given; make one with `llmconfig keygen`, and set ENCRYPTION_KEY or"
              + " ENCRYPTION_KEY_FILE to it.");
    }
    return Optional.empty();
  }

  private static Optional<KeyRing> fromFile(String file, Settings settings) {
    try {
      return parsed(FILE_VARIABLE, SecretBytes.taking(Files.readAllBytes(Path.of(file))), settings);
    } catch (IOException | InvalidPathException _) {
      settings.problem(
          FILE_VARIABLE,
          "The file that ENCRYPTION_KEY_FILE names cannot be read; correct the path, or put the key"
              + " itself into ENCRYPTION_KEY.");
      return Optional.empty();
    }
  }

  private static Optional<KeyRing> parsed(String variable, SecretBytes text, Settings settings) {
    try (text) {
      return switch (KeyRing.parse(text)) {
        case KeyRing.Parsed.Valid(var ring) -> Optional.of(ring);
        case KeyRing.Parsed.Invalid(var problems) -> {
          problems.forEach(problem ->
              settings.problem(
                  variable,
                  "%s: %s; `llmconfig keygen` makes a key.".formatted(variable, problem)));
          yield Optional.empty();
        }
      };
    }
  }
}
