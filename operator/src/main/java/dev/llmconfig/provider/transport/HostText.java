package dev.llmconfig.provider.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the host of a URL can be told to be without asking any name server.
final class HostText {

  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");

  /// A last label that is a number makes the whole host a number to many resolvers: `0x7f.1`,
  /// `2130706433` and `0177.0.0.1` are all the loopback address to one and nothing to another.
  private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:0[xX][0-9a-fA-F]*|\\d+)\\.?");

  private static final Set<String> METADATA_NAMES =
      Set.of("metadata", "metadata.google.internal", "metadata.goog", "instance-data");

  private HostText() {}

  /// The address that is written out in the host, if one is.
  static Optional<InetAddress> literal(String host) {
    boolean v6 = host.startsWith("[") && host.endsWith("]");
    if (!v6 && !DOTTED_QUAD.matcher(host).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /// Whether it is a number in a form that programs read in different ways.
  static boolean ambiguousNumber(String host) {
    return literal(host).isEmpty() && NUMBER.matcher(host).matches();
  }

  static boolean metadataName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return METADATA_NAMES.contains(
        name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
  }

  /// Names that mean this machine, whatever a name server says.
  static boolean localName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.endsWith(".localhost");
  }
}
