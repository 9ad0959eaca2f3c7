package dev.llmconfig.plan;

/// Something worth knowing that changes nothing: a note of the status.
public record StatusNote(String reason, String message) {

  /// The SealedSecret of a key that has another source by now, which is not in use yet.
  public static final String SEALED_SECRET_KEPT = "SealedSecretKept";
}
