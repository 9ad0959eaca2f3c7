package dev.llmconfig.catalogue;

import java.util.Optional;
import java.util.regex.Pattern;

/// The version in the name of a Gemini model: `gemini-2.5-flash`, `gemini-3-pro-preview`. Names
/// without one (`gemini-flash-latest`) are the newest.
record GeminiVersion(int major, int minor) {

  private static final Pattern NAME = Pattern.compile("^gemini-(\\d{1,2})(?:\\.(\\d{1,2}))?-");

  static Optional<GeminiVersion> of(String family) {
    var name = NAME.matcher(family);
    if (!name.find()) {
      return Optional.empty();
    }
    String minor = name.group(2);
    return Optional.of(
        new GeminiVersion(
            Integer.parseInt(name.group(1)), minor == null ? 0 : Integer.parseInt(minor)));
  }

  boolean atLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }
}
