package dev.llmconfig.provider.transport;

/// Where a request goes, and what its owner has agreed to.
///
/// @param scheme `http` or `https`
/// @param host as in the URL: a name, an IPv4 address, or an IPv6 address in brackets
/// @param insecureAllowed whether loopback and private addresses, and plain `http`, are agreed to
public record Destination(
    String scheme, String host, int port, boolean insecureAllowed, ExtraTrust trust) {

  boolean secure() {
    return scheme.equals("https");
  }

  /// For people: the host, and the port where it is not the scheme's own.
  public String shown() {
    return port == (secure() ? 443 : 80) ? host : host + ":" + port;
  }
}
