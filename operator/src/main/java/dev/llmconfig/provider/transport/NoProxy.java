package dev.llmconfig.provider.transport;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The hosts that are reached without a proxy, read as curl and Go read them: `*` for all, a name
/// for itself and everything below it, a leading dot for what is below only, an address, a network,
/// each with a port where one is meant.
record NoProxy(List<Entry> entries) {

  record Entry(String host, int port) {}

  static NoProxy parse(String text) {
    return new NoProxy(
        Stream.of(text.split("[,\\s]+"))
            .filter(part -> !part.isEmpty())
            .map(part -> entry(part.toLowerCase(Locale.ROOT)))
            .toList());
  }

  boolean matches(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return entries.stream()
        .anyMatch(entry -> (entry.port == 0 || entry.port == port) && covers(entry.host, name));
  }

  private static boolean covers(String pattern, String host) {
    if (pattern.equals("*")) {
      return true;
    }
    Optional<InetAddress> address = HostText.literal(host);
    if (address.isPresent()) {
      return Network.parse(pattern).filter(n -> n.contains(address.get().getAddress())).isPresent();
    }
    if (pattern.startsWith("*.") || pattern.startsWith(".")) {
      return host.endsWith(pattern.substring(pattern.indexOf('.')));
    }
    return host.equals(pattern) || host.endsWith("." + pattern);
  }

  /// A colon separates a port, unless the whole is a bare IPv6 address or network.
  private static Entry entry(String part) {
    int colon = part.lastIndexOf(':');
    boolean port =
        colon > 0
            && (part.indexOf(':') == colon || part.charAt(colon - 1) == ']')
            && number(part.substring(colon + 1)) > 0;
    return port
        ? new Entry(part.substring(0, colon), number(part.substring(colon + 1)))
        : new Entry(part, 0);
  }

  private static int number(String digits) {
    return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
  }
}
