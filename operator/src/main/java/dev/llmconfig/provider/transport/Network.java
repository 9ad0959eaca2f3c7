package dev.llmconfig.provider.transport;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// A block of addresses, as in `10.0.0.0/8`. A bare address is a block of one.
final class Network {

  private final byte[] prefix;
  private final int bits;

  private Network(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  static Optional<Network> parse(String cidr) {
    int slash = cidr.indexOf('/');
    String base = slash < 0 ? cidr : cidr.substring(0, slash);
    String host = base.contains(":") && !base.startsWith("[") ? "[" + base + "]" : base;
    return HostText.literal(host)
        .map(InetAddress::getAddress)
        .map(a -> new Network(a, slash < 0 ? a.length * 8 : number(cidr.substring(slash + 1))))
        .filter(network -> network.bits >= 0 && network.bits <= network.prefix.length * 8);
  }

  boolean contains(byte[] address) {
    int whole = bits / 8;
    int rest = bits % 8;
    return address.length == prefix.length
        && Arrays.equals(address, 0, whole, prefix, 0, whole)
        && (rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >> (8 - rest) == 0);
  }

  private static int number(String digits) {
    return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
  }
}
