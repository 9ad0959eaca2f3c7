package dev.llmconfig.rest;

import dev.llmconfig.mirror.MirrorPool;

/// Whether the operator would see what somebody makes in a namespace.
final class Watched {

  private Watched() {}

  static void require(MirrorPool mirror, String namespace) {
    var watched = mirror.read(view -> view.heartbeat().watchedNamespaces());
    if (!watched.isEmpty() && !watched.contains(namespace)) {
      throw Refusal.of(
          ProblemReason.NamespaceNotWatched,
          "The operator does not watch that namespace, so nothing would come of it.");
    }
  }
}
