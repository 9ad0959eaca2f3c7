package dev.llmconfig.api;

/// Every reason a condition of ours can carry, in one place: people script against these words, so
/// none is ever renamed.
public enum ConditionReason implements Reason {
  // Resolved
  SecretFound,
  Decrypted,
  Unsealed,
  Keyless,
  SecretNotFound,
  KeyNotInSecret,
  KeyEmpty,
  KeyMalformed,
  DecryptionFailed,
  KeyRingMissing,
  TokenBoundElsewhere,
  CaNotFound,
  SealedSecretsMissing,
  UnsealFailed,
  Forbidden,
  NameTaken,
  SpecInvalid,

  // Verified
  Pending,
  Disabled,

  // Accepted
  ParameterOutOfRange,
  ParameterUnsupported,
  ProfileUnknown,
  ProfileDialectMismatch,
  ProfileCannotCarryModel,

  // ParametersHonoured
  AllSent,
  Dropped,
  Clamped,
  NotCarriedByProfile,
  ModelUnknown,

  // ModelRetiring
  RetiresSoon,
  Retired,

  // Ready
  Verified,
  VerificationDisabled,
  KeptLastGood,
  Suspended,
  Expired,
  Deleting
}
