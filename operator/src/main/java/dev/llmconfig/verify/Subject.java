package dev.llmconfig.verify;

import dev.llmconfig.domain.Endpoint;
import java.util.Optional;

/// What a verdict belongs to (traps P5): a change of any part makes it another's.
///
/// @param revision the key's revision; never the key
/// @param terms a digest of what else an answer depends on, such as headers and certificates
/// @param model absent where the key itself is asked about
public record Subject(String revision, Endpoint endpoint, String terms, Optional<String> model) {

  /// What shares one set of connections, whatever the path: scheme, host and port.
  String origin() {
    return endpoint.scheme() + "://" + endpoint.host() + ":" + endpoint.port();
  }
}
