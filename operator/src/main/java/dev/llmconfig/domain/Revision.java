package dev.llmconfig.domain;

import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Provider;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Everything that makes one revision of a ModelConfig: what is verified, approved, rolled, applied
/// and served as one, and what to go back to. Declared inputs only (traps R1), and nothing secret:
/// the key is in it by the name of its revision. Whatever is added here gives every ModelConfig a
/// new revision.
///
/// @param keyRevision empty where no key is needed
/// @param headers by name in lower case
/// @param parameters the effective ones
/// @param fileMountPath whatever the mode is, so that a change of mode needs no other change
public record Revision(
    String apiKey,
    Provider provider,
    Optional<String> keyRevision,
    Endpoint endpoint,
    Optional<String> apiVersion,
    SortedMap<String, String> headers,
    String model,
    Parameters parameters,
    ProfileUsed profile,
    DeliveryMode mode,
    SortedSet<String> containers,
    String fileMountPath) {

  public Revision {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    containers = Collections.unmodifiableSortedSet(new TreeSet<>(containers));
  }

  /// The profile that settings were rolled with.
  ///
  /// @param label such as `openai@1`
  /// @param rendering for a profile of a ConfigMap, which can change under one label and be the
  ///   same under two: a name for the list that it renders, which counts instead. Empty for a
  ///   built-in one
  /// @param file what the ConfigMap said, to go back to when it says something else
  public record ProfileUsed(String label, Optional<String> rendering, Optional<String> file) {

    /// One that cannot change under its label.
    public ProfileUsed(String label, Optional<String> rendering) {
      this(label, rendering, Optional.empty());
    }

    public String id() {
      return label.replaceFirst("@.*", "");
    }
  }
}
