package dev.llmconfig.reconcile;

import dev.llmconfig.crypto.Fingerprints;
import dev.llmconfig.crypto.KeyRing;

/// What an installation encrypts with, and what it names keys by.
public record Encryption(KeyRing ring, Fingerprints fingerprints) {

  public String installation() {
    return fingerprints.installationId();
  }
}
