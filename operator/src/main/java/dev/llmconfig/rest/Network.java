package dev.llmconfig.rest;

import java.net.InetAddress;
import java.util.Optional;

/// Addresses with a common beginning, such as 10.0.0.0/8; a single one has all of it in common.
///
/// @param first one of them
/// @param bits how much they have in common
public record Network(InetAddress first, int bits) {

  /// Empty for what is neither an address nor a network; a name is none.
  public static Optional<Network> parse(String text) {
    var slash = text.indexOf('/');
    try {
      var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      var most = address.getAddress().length * 8;
      var bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      return bits < 0 || bits > most ? Optional.empty() : Optional.of(new Network(address, bits));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether a host is told by its address, one of IPv6 in brackets.
  static boolean isAddress(String host) {
    try {
      var six = host.startsWith("[") && host.endsWith("]");
      return InetAddress.ofLiteral(six ? host.substring(1, host.length() - 1) : host) != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  static boolean loopback(String address) {
    try {
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  boolean includes(String address) {
    try {
      var other = InetAddress.ofLiteral(address).getAddress();
      var own = first.getAddress();
      if (own.length != other.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        var mask = 0x80 >> (bit % 8);
        if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
