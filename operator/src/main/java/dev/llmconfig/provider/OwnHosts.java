package dev.llmconfig.provider;

import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The hosts that belong to a provider itself.
public final class OwnHosts {

  private static final String REGION = "{region}";
  private static final int HTTPS = 443;

  private OwnHosts() {}

  /// Whether a key may go there without further consent: one of the provider's hosts, by `https` on
  /// its usual port.
  public static boolean own(Provider provider, Endpoint endpoint) {
    return endpoint.scheme().equals("https")
        && endpoint.port() == HTTPS
        && provider.ownHosts().stream()
            .anyMatch(p -> pattern(p).matcher(endpoint.host()).matches());
  }

  /// The region that is part of the host, where the provider has regions.
  static Optional<String> region(Provider provider, String host) {
    return provider.ownHosts().stream()
        .filter(pattern -> pattern.contains(REGION))
        .map(pattern -> pattern(pattern).matcher(host))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group("region"))
        .findFirst();
  }

  private static Pattern pattern(String text) {
    boolean anyBefore = text.startsWith("*.");
    String quoted = Pattern.quote(anyBefore ? text.substring(2) : text);
    return Pattern.compile(
        (anyBefore ? "(?:[a-z0-9-]+\\.)+" : "")
            + quoted.replace(REGION, "\\E(?<region>[a-z0-9-]+)\\Q"));
  }
}
