package dev.llmconfig.verify;

import dev.llmconfig.domain.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/// What a verdict belongs to (traps P5): a change of any part makes it another's.
///
/// @param revision the key's revision; never the key
/// @param terms a digest of what else an answer depends on, such as headers and certificates
/// @param model absent where the key itself is asked about
public record Subject(String revision, Endpoint endpoint, String terms, Optional<String> model) {

  /// Where it stands when checks are spread, from 0 to 1. Always the same, so that a restart
  /// neither asks anybody early nor gathers at one moment what was spread.
  double spread() {
    var sum = new CRC32();
    sum.update(
        String.join("\n", revision, endpoint.toString(), terms, model.orElse(""))
            .getBytes(StandardCharsets.UTF_8));
    return (double) sum.getValue() / 0xFFFF_FFFFL;
  }

  /// What shares one set of connections, whatever the path: scheme, host and port.
  String origin() {
    return endpoint.scheme() + "://" + endpoint.host() + ":" + endpoint.port();
  }
}
