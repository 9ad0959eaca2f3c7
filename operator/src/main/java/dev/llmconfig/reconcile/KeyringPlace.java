package dev.llmconfig.reconcile;

import dev.llmconfig.domain.Ref;

/// Which Secrets hold the key ring of an installation, and whether the operator may make it.
///
/// @param own what the operator makes, and completes with a fingerprint key
/// @param keys where the encryption keys are; another one than `own` is somebody else's, and only
///   read
/// @param made whether encryption keys are made where there are none
public record KeyringPlace(Ref own, Ref keys, boolean made) {

  /// As it is where nobody says anything else: one Secret, made by the operator.
  public static KeyringPlace own(Ref own) {
    return new KeyringPlace(own, own, true);
  }

  boolean brought() {
    return !own.equals(keys);
  }
}
