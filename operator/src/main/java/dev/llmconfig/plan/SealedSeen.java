package dev.llmconfig.plan;

/// What stands under the name of a key's SealedSecret, and of the Secret that is made of it.
public sealed interface SealedSeen {

  /// The API is not served: this cluster has no sealed-secrets.
  record NoApi() implements SealedSeen {}

  /// The operator may not look.
  record Hidden() implements SealedSeen {}

  /// No SealedSecret.
  record Absent(Unsealed secret) implements SealedSeen {}

  /// A SealedSecret of somebody else.
  record Foreign() implements SealedSeen {}

  /// Ours, and on its way out.
  record Leaving() implements SealedSeen {}

  /// Ours.
  ///
  /// @param wanted whether it is as it shall be
  record Ours(Version version, boolean wanted, Progress progress, Unsealed secret)
      implements SealedSeen {}

  /// Which object was seen, so that no other one is written or deleted in its place.
  record Version(String uid, String resourceVersion) {}

  /// What its controller says of what is sealed now; of an earlier content it says nothing.
  enum Progress {
    Awaited,
    Opened,
    Refused
  }

  /// The Secret of the same name.
  enum Unsealed {
    Absent,
    /// Made of the SealedSecret that is there.
    Ours,
    /// Made of an earlier SealedSecret, so it is about to be collected as garbage.
    Leftover,
    /// Not made of a SealedSecret of this name.
    Foreign
  }
}
