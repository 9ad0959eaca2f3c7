package dev.llmconfig.agent;

import dev.llmconfig.api.Dialect;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of a provider, cut into its root and its version, so that every framework gets as
/// much of it as it wants. `/v1` missing or doubled is the most common reason for a 404.
///
/// @param versioned false for a provider that has no `/v1` at all, such as Perplexity: then both
///   are its base, and a framework that appends `/v1` must be told the path
record Addresses(Endpoint root, Endpoint withVersion, boolean versioned) {

  private static final String VERSION = "/v1";
  private static final String GEMINI_VERSION = "/v1beta";

  /// The only place where Bedrock tells its region.
  private static final Pattern BEDROCK_HOST =
      Pattern.compile("bedrock(-runtime|-mantle)?\\.([a-z0-9-]+)\\.(amazonaws\\.com|api\\.aws)");

  static Addresses of(Provider provider, Endpoint endpoint) {
    return switch (provider.dialect()) {
      case OpenAI, Echo -> {
        String path = provider.apiPath();
        String full = overlapCut(endpoint.path(), path) + path;
        yield full.endsWith(VERSION)
            ? cut(endpoint, without(full, VERSION), VERSION)
            : new Addresses(at(endpoint, full), at(endpoint, full), false);
      }
      case Anthropic -> cut(endpoint, without(endpoint.path(), VERSION), VERSION);
      case Gemini -> cut(endpoint, without(endpoint.path(), GEMINI_VERSION), GEMINI_VERSION);
    };
  }

  /// @param gateway without `/v1`
  static Addresses ofGateway(Endpoint gateway) {
    return cut(gateway, without(gateway.path(), VERSION), VERSION);
  }

  String in(UrlStyle style, ApiSurface surface) {
    return switch (style) {
      case Root -> root.text();
      case WithV1 -> withVersion.text();
      case Full -> withVersion.text() + surface.path();
      case Resource -> at(root, without(root.path(), "/openai")).text();
    };
  }

  /// What a plain client of the provider's own dialect is given.
  String neutral(Provider provider) {
    boolean appendsVersion =
        provider.dialect() == Dialect.Anthropic || provider.dialect() == Dialect.Gemini;
    return in(appendsVersion ? UrlStyle.Root : UrlStyle.WithV1, ApiSurface.ChatCompletions);
  }

  /// Empty where the address does not say it.
  static Optional<String> region(Provider provider, Endpoint endpoint) {
    Matcher host = BEDROCK_HOST.matcher(endpoint.host());
    return provider == Provider.Bedrock && host.matches()
        ? Optional.of(host.group(2))
        : Optional.empty();
  }

  /// People give the address of an Azure resource or of Ollama with more or less of the path that
  /// is appended anyway.
  private static String overlapCut(String path, String appended) {
    for (int end = appended.length(); end > 0; end = appended.lastIndexOf('/', end - 1)) {
      String start = appended.substring(0, end);
      if (path.endsWith(start)) {
        return without(path, start);
      }
    }
    return path;
  }

  private static Addresses cut(Endpoint endpoint, String root, String version) {
    return new Addresses(at(endpoint, root), at(endpoint, root + version), true);
  }

  private static Endpoint at(Endpoint endpoint, String path) {
    return new Endpoint(endpoint.scheme(), endpoint.host(), endpoint.port(), path);
  }

  private static String without(String path, String end) {
    String cut = path.endsWith(end) ? path.substring(0, path.length() - end.length()) : path;
    return cut.replaceAll("/+$", "");
  }
}
