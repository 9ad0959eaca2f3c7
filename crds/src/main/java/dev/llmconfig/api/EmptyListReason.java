package dev.llmconfig.api;

/// Why a list of models is empty although nothing went wrong; where something did, the reason of
/// the verdict stands in its place (traps P13). Models can be declared by hand in every case.
public enum EmptyListReason {
  /// The provider listed none.
  ListEmpty,
  /// The provider has no list of what this key can call.
  NoListEndpoint,
  /// The object says `discovery: Disabled`.
  DiscoveryDisabled,
  /// The object's own list of allowed models leaves none.
  HiddenByAllowList
}
