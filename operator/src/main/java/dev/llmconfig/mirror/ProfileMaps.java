package dev.llmconfig.mirror;

import dev.llmconfig.agent.ProfileFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What ConfigMaps with the label of profiles hold.
public final class ProfileMaps {

  private ProfileMaps() {}

  public static List<ProfileFile> files(ConfigMap map) {
    return Optional.ofNullable(map.getData()).orElseGet(Map::of).entrySet().stream()
        .map(one -> new ProfileFile(map.getMetadata().getName(), one.getKey(), one.getValue()))
        .toList();
  }
}
