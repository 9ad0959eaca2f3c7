package dev.llmconfig.takeover;

import dev.llmconfig.api.ReservedHeaders;
import dev.llmconfig.api.ReservedParameter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What an ApiKeyConfig does not take as a header, and a ModelConfig not as a free parameter.
final class Headers {

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
  private static final Pattern VALUE = Pattern.compile("[ -~]{1,1024}");
  private static final Pattern SECRET = Pattern.compile("key|token|secret|auth|password");

  private Headers() {}

  /// Headers are not secret, so one that looks like a key is nobody's to print.
  private static boolean allowed(String name, String value) {
    var lower = name.toLowerCase(Locale.ROOT);
    return TOKEN.matcher(name).matches()
        && VALUE.matcher(value).matches()
        && !ReservedHeaders.CREDENTIALS.contains(lower)
        && !ReservedHeaders.TRANSPORT.contains(lower)
        && !SECRET.matcher(lower).find();
  }

  /// @param refused told why, where it is not allowed
  static void put(
      Map<String, String> headers, String name, String value, Consumer<String> refused) {
    if (allowed(name, value)) {
      headers.put(name, value);
    } else {
      refused.accept("has a header that may not be set, or that looks like a key; it is left out.");
    }
  }

  static boolean reserved(String parameter) {
    return Stream.of(ReservedParameter.values()).anyMatch(one -> one.key().equals(parameter));
  }
}
