package dev.llmconfig.rest;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What this process is, as far as those who ask it are concerned.
///
/// @param id six signs that all replicas share and no other installation has
/// @param basePath begins and ends with a slash
/// @param serviceNames host names of its Service, in every form that resolves to it
/// @param publicUrl where people find it from outside
/// @param argocd where people find Argo CD
/// @param trustedProxies where whoever ends encryption for us connects from
public record Installation(
    Mode mode,
    String id,
    String version,
    String replica,
    Instant since,
    String basePath,
    Set<String> serviceNames,
    Optional<URI> publicUrl,
    Optional<URI> argocd,
    List<Network> trustedProxies) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

  public Installation {
    serviceNames = Set.copyOf(serviceNames);
    trustedProxies = List.copyOf(trustedProxies);
  }

  String api() {
    return basePath + "api";
  }

  /// Whether a `Host` is one of ours. A name that somebody else has pointed at our address is not:
  /// that is how a page elsewhere reaches into a private network.
  boolean knows(List<String> hosts) {
    if (hosts.size() != 1) {
      return false;
    }
    var name = PORT.matcher(hosts.getFirst().toLowerCase(Locale.ROOT)).replaceFirst("");
    return LOOPBACK.contains(name)
        || serviceNames.contains(name)
        || publicUrl.filter(url -> name.equals(url.getHost())).isPresent();
  }

  /// Whether a `Host` says that we are on the same machine.
  boolean loopback(String host) {
    return LOOPBACK.contains(PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst(""));
  }

  boolean trusts(String peer) {
    return trustedProxies.stream().anyMatch(network -> network.includes(peer));
  }

  boolean overTls(String host) {
    return publicUrl
        .filter(url -> "https".equals(url.getScheme()))
        .filter(url ->
            PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("").equals(url.getHost()))
        .isPresent();
  }
}
