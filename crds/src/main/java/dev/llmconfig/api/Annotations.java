package dev.llmconfig.api;

/// Annotations that we set or read, by the object that carries them.
public final class Annotations {

  // On either kind of ours, by people and the Playground.

  /// Any new value, usually the time, asks for a check right now.
  public static final String VERIFY_REQUESTED_AT = "llmconfig.dev/verify-requested-at";

  /// `true`: report what would be done, and do nothing.
  public static final String DRY_RUN = "llmconfig.dev/dry-run";

  /// Who changed the object last, for people.
  public static final String LAST_CHANGED_BY = "llmconfig.dev/last-changed-by";

  // On a ModelConfig, by people and the Playground.

  /// The revision that policy Manual may roll.
  public static final String APPROVED_REVISION = "llmconfig.dev/approved-revision";

  /// Any new value asks for another try of a failed revision.
  public static final String RETRY_REQUESTED_AT = "llmconfig.dev/retry-requested-at";

  // On an ApiKeyConfig, by people.

  /// `true`: delete it although ModelConfigs still name it.
  public static final String FORCE_DELETE = "llmconfig.dev/force-delete";

  // On an ApiKeyConfig of a store without a cluster, by us.

  /// Where beside the store its key was found.
  public static final String ENVIRONMENT = "llmconfig.dev/environment";

  // On a Secret of the user, by its owner.

  /// Where the key may go besides the provider's own hosts: URLs, separated by commas.
  public static final String ALLOWED_ENDPOINTS = "llmconfig.dev/allowed-endpoints";

  // On a workload, by its owner.

  /// The profile for this workload alone.
  public static final String PROFILE = "llmconfig.dev/profile";

  /// The containers of this workload alone.
  public static final String CONTAINERS = "llmconfig.dev/containers";

  // On a pod template, by us; both are always written together.

  /// Revision of the ModelConfig, for people.
  public static final String REVISION = "llmconfig.dev/revision";

  /// What this workload got.
  public static final String RENDERED = "llmconfig.dev/rendered";

  // On the managed Secret, by us, besides REVISION.

  public static final String PROVIDER = "llmconfig.dev/provider";
  public static final String ENDPOINT = "llmconfig.dev/endpoint";

  /// A digest of the headers, certificates and API version that the key was accepted with.
  public static final String TERMS = "llmconfig.dev/terms";

  public static final String FINGERPRINT = "llmconfig.dev/fingerprint";
  public static final String PREVIOUS_REVISION = "llmconfig.dev/previous-revision";
  public static final String PREVIOUS_ENDPOINT = "llmconfig.dev/previous-endpoint";
  public static final String PREVIOUS_UNTIL = "llmconfig.dev/previous-until";

  // On the ConfigMap of a key, by us, besides REVISION, ENDPOINT and TERMS: what its list was read
  // with.

  /// When the provider was asked for the list last, as far as that is not in the status.
  public static final String ASKED_AT = "llmconfig.dev/asked-at";

  /// Why it is not asked for any more, until the spec is another than at [#REFUSED_GENERATION].
  public static final String REFUSED = "llmconfig.dev/refused";

  public static final String REFUSED_GENERATION = "llmconfig.dev/refused-generation";

  // On the CRDs.

  /// A number that grows with every change, so that an operator notices CRDs older than itself.
  public static final String CRD_REVISION = "llmconfig.dev/crd-revision";

  private Annotations() {}
}
