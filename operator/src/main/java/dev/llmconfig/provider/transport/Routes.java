package dev.llmconfig.provider.transport;

import dev.llmconfig.api.VerdictReason;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// Finds the ways to a destination, and refuses those that must not be taken.
///
/// Through a proxy the name is resolved by the proxy, often because nobody else here can, so the
/// address that is dialled in the end cannot be checked. What is checked all the same: an address
/// that is written out in the URL, names that are known to mean metadata, and whatever the name
/// resolves to on this side, if it does so quickly. The rest is the proxy's own access list.
final class Routes implements AutoCloseable {

  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final AddressRules rules;
  private final ProxySettings proxies;
  private final Names names;
  private final Duration connect;

  Routes(AddressRules rules, ProxySettings proxies, Lookup lookup, Duration connect) {
    this.rules = rules;
    this.proxies = proxies;
    this.names = new Names(lookup);
    this.connect = connect;
  }

  List<Route> to(Destination destination, Deadline deadline)
      throws TransportFailure, InterruptedException {
    refuseByText(destination);
    Optional<ProxySettings.Proxy> proxy = proxies.towards(destination);
    if (proxy.isEmpty()) {
      List<InetSocketAddress> addresses = resolve(destination.host(), destination.port(), deadline);
      check(destination, addresses);
      return addresses.stream().map(Route::direct).toList();
    }
    glance(destination, deadline);
    return proxied(proxy.get(), deadline);
  }

  @Override
  public void close() {
    names.close();
  }

  private static void refuseByText(Destination destination) throws TransportFailure {
    if (!destination.secure() && !destination.insecureAllowed()) {
      throw refused("plain http is only spoken where it is allowed");
    }
    if (HostText.ambiguousNumber(destination.host())) {
      throw refused("a host that is a number must be written as four decimal numbers");
    }
    if (HostText.metadataName(destination.host())) {
      throw refused("instance metadata is never called");
    }
  }

  private void check(Destination destination, List<InetSocketAddress> addresses)
      throws TransportFailure {
    for (InetSocketAddress address : addresses) {
      Optional<String> refusal = rules.refusal(address, destination.insecureAllowed());
      if (refusal.isPresent()) {
        throw refused(refusal.get());
      }
    }
  }

  private void glance(Destination destination, Deadline deadline)
      throws TransportFailure, InterruptedException {
    List<InetSocketAddress> addresses;
    try {
      addresses = resolve(destination.host(), destination.port(), deadline.atMost(GLANCE));
    } catch (TransportFailure notKnownHere) {
      return;
    }
    check(destination, addresses);
  }

  private List<InetSocketAddress> resolve(String host, int port, Deadline deadline)
      throws TransportFailure, InterruptedException {
    Optional<InetAddress> literal = HostText.literal(host);
    if (literal.isPresent()) {
      return List.of(new InetSocketAddress(literal.get(), port));
    }
    try {
      return names.resolve(host, deadline).stream()
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    } catch (UnknownHostException unknown) {
      throw TransportFailure.of(VerdictReason.EndpointUnreachable, "the name is not known");
    } catch (TimeoutException tooLate) {
      throw TransportFailure.of(VerdictReason.EndpointUnreachable, "no name server answered");
    }
  }

  private List<Route> proxied(ProxySettings.Proxy proxy, Deadline deadline)
      throws TransportFailure, InterruptedException {
    return resolve(proxy.host(), proxy.port(), deadline).stream()
        .map(address -> Route.through(options(proxy, address)))
        .toList();
  }

  private ProxyOptions options(ProxySettings.Proxy proxy, InetSocketAddress address) {
    ProxyOptions options =
        new ProxyOptions()
            .setType(ProxyType.HTTP)
            .setHost(address.getAddress().getHostAddress())
            .setPort(address.getPort())
            .setConnectTimeout(connect);
    proxy.login().ifPresent(l -> options.setUsername(l.user()).setPassword(l.password()));
    return options;
  }

  private static TransportFailure refused(String why) {
    return TransportFailure.of(VerdictReason.EndpointNotAllowed, why);
  }
}
