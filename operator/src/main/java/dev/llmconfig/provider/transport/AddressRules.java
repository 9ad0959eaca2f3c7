package dev.llmconfig.provider.transport;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which addresses may be called. Whoever may write an endpoint must not reach through us what only
/// we can reach (traps K16): instance metadata and link-local services never, our own gateway
/// never, private and loopback addresses only with consent.
///
/// @param ours addresses of this installation itself, where a call would come back to us
public record AddressRules(Predicate<InetSocketAddress> ours) {

  /// Rules for a process that serves nothing.
  public static final AddressRules STANDARD = new AddressRules(_ -> false);

  /// Where an address lies.
  enum Place {
    Public,
    Private,
    Never
  }

  private record Block(Network network, Place place) {

    static Block of(String cidr, Place place) {
      return new Block(parsed(cidr), place);
    }
  }

  /// An IPv4 address inside an IPv6 one: a router unpacks it, so it is judged like the bare one.
  private record Embedding(Network network, int offset, int mask) {

    static Embedding of(String cidr, int offset, int mask) {
      return new Embedding(parsed(cidr), offset, mask);
    }

    byte[] inside(byte[] address) {
      byte[] inner = Arrays.copyOfRange(address, offset, offset + 4);
      for (int i = 0; i < inner.length; i++) {
        inner[i] ^= (byte) mask;
      }
      return inner;
    }
  }

  /// The first that fits decides.
  private static final List<Block> BLOCKS =
      List.of(
          Block.of("0.0.0.0/8", Place.Never),
          Block.of("169.254.0.0/16", Place.Never),
          Block.of("100.100.100.200/32", Place.Never), // metadata of Alibaba Cloud
          Block.of("168.63.129.16/32", Place.Never), // wire server of Azure
          Block.of("192.0.0.192/32", Place.Never), // metadata of Oracle Cloud
          Block.of("224.0.0.0/4", Place.Never),
          Block.of("255.255.255.255/32", Place.Never),
          Block.of("10.0.0.0/8", Place.Private),
          Block.of("100.64.0.0/10", Place.Private),
          Block.of("127.0.0.0/8", Place.Private),
          Block.of("172.16.0.0/12", Place.Private),
          Block.of("192.0.0.0/24", Place.Private),
          Block.of("192.168.0.0/16", Place.Private),
          Block.of("198.18.0.0/15", Place.Private),
          Block.of("240.0.0.0/4", Place.Private),
          Block.of("::/128", Place.Never),
          Block.of("::1/128", Place.Private),
          Block.of("fe80::/10", Place.Never),
          Block.of("ff00::/8", Place.Never),
          Block.of("fd00:ec2::254/128", Place.Never), // metadata of AWS
          Block.of("fd20:ce::254/128", Place.Never), // metadata of Google Cloud
          Block.of("fc00::/7", Place.Private),
          Block.of("fec0::/10", Place.Private));

  private static final List<Embedding> EMBEDDINGS =
      List.of(
          Embedding.of("::ffff:0:0:0/96", 12, 0), // SIIT
          Embedding.of("64:ff9b::/96", 12, 0), // NAT64
          Embedding.of("64:ff9b:1::/48", 12, 0), // NAT64, local prefix
          Embedding.of("2002::/16", 2, 0), // 6to4
          Embedding.of("2001::/32", 12, 0xff), // Teredo, where the client's address is inverted
          Embedding.of("::/96", 12, 0)); // IPv4-compatible

  private static final byte[] ISATAP = {0, 0x5e, (byte) 0xfe};

  /// Why an address may not be called; empty when it may.
  Optional<String> refusal(InetSocketAddress address, boolean privateAllowed) {
    if (ours.test(address)) {
      return Optional.of("it is an address of this installation itself");
    }
    return refusal(place(address.getAddress().getAddress()), privateAllowed);
  }

  private static Optional<String> refusal(Place place, boolean privateAllowed) {
    return switch (place) {
      case Public -> Optional.empty();
      case Private ->
          privateAllowed
              ? Optional.empty()
              : Optional.of(
                  "private and loopback addresses are only called where they are allowed");
      case Never -> Optional.of("link-local, metadata and multicast addresses are never called");
    };
  }

  static Place place(byte[] address) {
    for (Block block : BLOCKS) {
      if (block.network.contains(address)) {
        return block.place;
      }
    }
    for (Embedding embedding : EMBEDDINGS) {
      if (embedding.network.contains(address)) {
        return place(embedding.inside(address));
      }
    }
    return isatap(address) ? place(Arrays.copyOfRange(address, 12, 16)) : Place.Public;
  }

  /// It may sit under any network.
  private static boolean isatap(byte[] address) {
    return address.length == 16 && Arrays.equals(address, 9, 12, ISATAP, 0, ISATAP.length);
  }

  private static Network parsed(String cidr) {
    return Network.parse(cidr).orElseThrow();
  }
}
