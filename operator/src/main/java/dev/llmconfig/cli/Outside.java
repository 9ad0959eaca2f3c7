package dev.llmconfig.cli;

import dev.llmconfig.provider.transport.Egress;
import dev.llmconfig.provider.transport.ExtraTrust;
import dev.llmconfig.provider.transport.ProxySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/// The way to providers, as the environment tells it to every process that asks one.
final class Outside {

  static final String EXTRA_CA = "LLMCONFIG_EXTRA_CA";

  private Outside() {}

  /// @param problem is told the variable and what is wrong with it; what is wrong does not count
  static Egress of(Map<String, String> environment, BiConsumer<String, String> problem) {
    return new Egress(proxies(environment, problem), trust(environment, problem));
  }

  private static ProxySettings proxies(
      Map<String, String> environment, BiConsumer<String, String> problem) {
    try {
      return ProxySettings.parse(
          variable(environment, "HTTP_PROXY"),
          variable(environment, "HTTPS_PROXY"),
          variable(environment, "NO_PROXY"));
    } catch (IllegalArgumentException notUrl) {
      problem.accept("HTTPS_PROXY", String.valueOf(notUrl.getMessage()));
      return ProxySettings.NONE;
    }
  }

  /// Both spellings are in use; the lower-case one is older, and goes first as in curl.
  private static String variable(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return lower.isEmpty() ? environment.getOrDefault(name, "") : lower;
  }

  /// To go on without them would say of every provider that nobody can believe it.
  private static ExtraTrust trust(
      Map<String, String> environment, BiConsumer<String, String> problem) {
    var file = environment.getOrDefault(EXTRA_CA, "");
    if (file.isBlank()) {
      return ExtraTrust.NONE;
    }
    try {
      return ExtraTrust.parse(Files.readAllBytes(Path.of(file)));
    } catch (IOException | InvalidPathException unreadable) {
      problem.accept(
          EXTRA_CA,
          "The file %s that %s names cannot be read; give it to this process, or unset the variable."
              .formatted(file, EXTRA_CA));
    } catch (IllegalArgumentException nothing) {
      problem.accept(
          EXTRA_CA,
          "The file %s that %s names holds no PEM certificate; put those of the authorities there, or unset the variable."
              .formatted(file, EXTRA_CA));
    }
    return ExtraTrust.NONE;
  }
}
