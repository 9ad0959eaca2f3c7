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
/// @param plain whether it serves a network without encryption, as it was told to: then people sign
///   in over that, by whatever address it has
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
    List<Network> trustedProxies,
    boolean plain) {

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
  /// that is how a page elsewhere reaches into a private network. An address is pointed nowhere.
  boolean knows(List<String> hosts) {
    if (hosts.size() != 1) {
      return false;
    }
    var name = name(hosts.getFirst());
    return LOOPBACK.contains(name)
        || serviceNames.contains(name)
        || isPublic(name)
        || (plain && Network.isAddress(name));
  }

  private static String name(String host) {
    return PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
  }

  private boolean isPublic(String name) {
    return publicUrl.filter(url -> name.equalsIgnoreCase(url.getHost())).isPresent();
  }

  /// Whether a `Host` says that we are on the same machine.
  boolean loopback(String host) {
    return LOOPBACK.contains(name(host));
  }

  boolean trusts(String peer) {
    return trustedProxies.stream().anyMatch(network -> network.includes(peer));
  }

  boolean overTls(String host) {
    return publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent()
        && isPublic(name(host));
  }
}
