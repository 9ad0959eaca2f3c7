package dev.llmconfig.catalogue;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The version in the name of a Claude model: `claude-opus-4-7`, `claude-sonnet-4.5`,
/// `claude-3-7-sonnet-20250219`.
record ClaudeVersion(String line, int major, int minor) {

  // A date is no minor version: it has more than two digits.
  private static final Pattern NEW =
      Pattern.compile("^claude-([a-z]+)-(\\d{1,2})(?:[-.](\\d{1,2}))?(?=[-.@:]|$)");
  private static final Pattern OLD =
      Pattern.compile("^claude-(\\d{1,2})(?:[-.](\\d{1,2}))?(?:-([a-z]+))?(?=[-.@:]|$)");

  static Optional<ClaudeVersion> of(String family) {
    var modern = NEW.matcher(family);
    if (modern.find()) {
      return Optional.of(version(modern.group(1), modern.group(2), modern.group(3)));
    }
    var old = OLD.matcher(family);
    return old.find()
        ? Optional.of(version(old.group(3), old.group(1), old.group(2)))
        : Optional.empty();
  }

  boolean atLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }

  private static ClaudeVersion version(
      @Nullable String line, String major, @Nullable String minor) {
    return new ClaudeVersion(
        line == null ? "" : line,
        Integer.parseInt(major),
        minor == null ? 0 : Integer.parseInt(minor));
  }
}
