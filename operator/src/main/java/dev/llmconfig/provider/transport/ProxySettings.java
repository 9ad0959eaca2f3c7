package dev.llmconfig.provider.transport;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The proxies of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, as values: only `cli` reads the
/// environment.
public record ProxySettings(Optional<Proxy> http, Optional<Proxy> https, NoProxy except) {

  public static final ProxySettings NONE =
      new ProxySettings(Optional.empty(), Optional.empty(), NoProxy.parse(""));

  /// One proxy. It is the installation's own, so its address is not held against the address rules.
  public record Proxy(String host, int port, Optional<Login> login) {}

  /// Printed, it says nothing.
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[hidden]";
    }
  }

  /// Empty texts mean no proxy.
  ///
  /// @throws IllegalArgumentException if a proxy is no `http://` URL; the text itself is not
  ///   repeated, because a password may be in it
  public static ProxySettings parse(String http, String https, String except) {
    return new ProxySettings(
        proxy("HTTP_PROXY", http), proxy("HTTPS_PROXY", https), NoProxy.parse(except));
  }

  /// The proxy on the way there. This machine itself is never reached through one.
  Optional<Proxy> towards(Destination destination) {
    boolean local =
        HostText.localName(destination.host())
            || HostText.literal(destination.host())
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    if (local || except.matches(destination.host(), destination.port())) {
      return Optional.empty();
    }
    return destination.secure() ? https : http;
  }

  private static Optional<Proxy> proxy(String variable, String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    String url = text.strip();
    try {
      URI uri = new URI(url.contains("://") ? url : "http://" + url);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return Optional.of(new Proxy(uri.getHost(), port, login(uri)));
      }
    } catch (URISyntaxException | IllegalArgumentException notUrl) {
      // falls through to the one sentence
    }
    throw new IllegalArgumentException(
        variable + " is not a URL like http://proxy.example.com:3128; correct it or unset it.");
  }

  private static Optional<Login> login(URI uri) {
    String info = uri.getRawUserInfo();
    if (info == null) {
      return Optional.empty();
    }
    int colon = info.indexOf(':');
    String user = colon < 0 ? info : info.substring(0, colon);
    String password = colon < 0 ? "" : info.substring(colon + 1);
    return Optional.of(new Login(decoded(user), decoded(password)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
