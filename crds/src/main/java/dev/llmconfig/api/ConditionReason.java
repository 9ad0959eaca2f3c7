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
  Valid,
  KeyNotFound,
  KeyNotReady,
  ModelNotAllowed,
  ParameterOutOfRange,
  ParameterUnsupported,
  ProfileUnknown,
  ProfileDialectMismatch,
  ProfileCannotCarryModel,
  DefaultConflict,

  // Delivered
  UpToDate,
  NothingToDeliver,
  Rolling,
  Waiting,
  EnvOwnedByAnotherManager,
  EnvFromNotReferenced,
  ContainerNotFound,
  EnvCollision,
  ShadowedEnv,
  NotAvailable,
  RolloutFailed,
  RolledBack,
  Contested,
  AwaitingApproval,
  DryRun,

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
  Delivered,
  VerificationDisabled,
  KeptLastGood,
  Suspended,
  Expired,
  Deleting
}
