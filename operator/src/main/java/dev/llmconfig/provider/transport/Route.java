package dev.llmconfig.provider.transport;

import io.vertx.core.net.ProxyOptions;
import java.net.InetSocketAddress;
import java.util.Optional;

/// One way to a destination: a checked address, or a proxy that finds the address itself.
record Route(Optional<InetSocketAddress> address, Optional<ProxyOptions> proxy) {

  static Route direct(InetSocketAddress address) {
    return new Route(Optional.of(address), Optional.empty());
  }

  static Route through(ProxyOptions proxy) {
    return new Route(Optional.empty(), Optional.of(proxy));
  }
}
