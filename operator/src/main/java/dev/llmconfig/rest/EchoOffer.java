package dev.llmconfig.rest;

import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.mirror.BuiltInEcho;
import dev.llmconfig.mirror.MirrorView;
import java.util.Optional;

/// Whether there is something to talk to before there is a key: on a machine of one's own, so that
/// the first minute needs no key; never in a cluster, where nobody has asked for it.
record EchoOffer(Mode mode, Catalogue catalogue) {

  static EchoOffer of(Parts parts) {
    return new EchoOffer(parts.installation().mode(), parts.catalogue());
  }

  Optional<BuiltInEcho> in(MirrorView view) {
    return switch (mode) {
      case Standalone -> BuiltInEcho.in(view, OwnMachine.NAMESPACE, catalogue);
      case Cluster -> Optional.empty();
    };
  }
}
