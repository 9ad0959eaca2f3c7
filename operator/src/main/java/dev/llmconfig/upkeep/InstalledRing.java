package dev.llmconfig.upkeep;

import dev.llmconfig.crypto.KeyRing;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/// The key ring of an installation, for who may read it.
public final class InstalledRing {

  private InstalledRing() {}

  /// Whoever asks closes it.
  ///
  /// @param place namespace and name with a slash between; empty for the only one there is
  public static KeyRing read(KubernetesClient client, String place) {
    if (place.isEmpty()) {
      return HeldRing.find(client, Optional.empty(), Optional.empty()).ring();
    }
    var slash = place.indexOf('/');
    if (slash <= 0 || slash == place.length() - 1) {
      throw new Refused(
          "The key ring is named by its namespace and name, such as"
              + " llm-config/llm-config-operator-keyring.");
    }
    return HeldRing.find(
            client, Optional.of(place.substring(0, slash)), Optional.of(place.substring(slash + 1)))
        .ring();
  }
}
