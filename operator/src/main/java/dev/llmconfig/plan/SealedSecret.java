package dev.llmconfig.plan;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.domain.KeySource;
import dev.llmconfig.domain.Ref;

/// The SealedSecret of a sealed key as it shall be: its controller makes a Secret of the same name.
public record SealedSecret(
    Ref owner, String ownerUid, KeySource.Sealed source, String installation) {

  public String name() {
    return ManagedNames.unsealedSecret(owner.name());
  }

  /// The same as another installation would make it.
  public SealedSecret madeBy(String other) {
    return new SealedSecret(owner, ownerUid, source, other);
  }
}
