package dev.llmconfig.rest;

import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.mirror.MirrorView;
import java.util.List;

/// The built-in profiles, and over them those of the cluster's ConfigMaps as the mirror has them.
final class ProfilesInForce {

  private final Profiles builtIn;
  private volatile Layers layers;

  /// Read anew only when a file has changed.
  private record Layers(List<ProfileFile> files, Profiles profiles) {}

  ProfilesInForce(Profiles builtIn) {
    this.builtIn = builtIn;
    this.layers = new Layers(List.of(), builtIn);
  }

  Profiles of(MirrorView view) {
    var files = view.heartbeat().profiles();
    var known = layers;
    if (!files.equals(known.files)) {
      known = new Layers(files, builtIn.with(files).profiles());
      layers = known;
    }
    return known.profiles;
  }
}
