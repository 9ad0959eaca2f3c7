package dev.llmconfig.provider;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The paths of calls under an endpoint.
final class Paths {

  private Paths() {}

  /// The endpoint's path without what the calls bring themselves: people write the address of vLLM,
  /// Ollama or Anthropic with and without `/v1`, and both mean the same server.
  static String root(Target target, List<String> broughtByCalls) {
    String path = target.endpoint().path();
    for (String ending : broughtByCalls) {
      if (!ending.isEmpty() && path.endsWith(ending)) {
        return path.substring(0, path.length() - ending.length());
      }
    }
    return path;
  }

  /// A model's id inside a path. Its slashes stay, as the providers document it, unless they could
  /// lead elsewhere.
  static String model(String id) {
    boolean odd =
        Stream.of(id.split("/", -1)).anyMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
    return odd
        ? encoded(id).replace(".", "%2E")
        : Stream.of(id.split("/")).map(Paths::encoded).collect(Collectors.joining("/"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%3A", ":")
        .replace("%40", "@");
  }
}
