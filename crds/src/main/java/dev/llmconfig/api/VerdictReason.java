package dev.llmconfig.api;

import java.util.Optional;

/// Everything a check of a key or a model can end with: the reason of the condition `Verified`,
/// what follows from it, the one sentence for people, and what they can do. Conditions, events, the
/// REST API, the pages and the documentation all take their words from here.
public enum VerdictReason implements Reason {
  KeyAccepted(Weight.Accepted, KeyProof.Genuine, "{provider} accepted the key.", "Nothing."),
  NoKeyNeeded(
      Weight.Accepted,
      KeyProof.Nothing,
      "{host} answers without a key.",
      "Nothing; add a key if the endpoint should be protected."),
  KeyNotChecked(
      Weight.Accepted,
      KeyProof.Nothing,
      "{host} answers, but this check cannot tell whether the key is good.",
      "Switch the probe to Completion to be sure."),
  InvalidKey(
      Weight.Refused,
      KeyProof.Bad,
      "{provider} says the key is wrong.",
      "Put the right key into Secret {secret}; check that it belongs to this provider and endpoint."),
  InvalidKeyOrEndpoint(
      Weight.Refused,
      KeyProof.Bad,
      "{provider} says the key does not fit this endpoint.",
      "Compare key and endpoint; both must come from the same resource."),
  /// After 24 h of this answer it counts as definitive, whoever accepted the key before.
  KeyRefused(
      Weight.FirstContact,
      KeyProof.BadOrSpent,
      "{provider} refused the key and does not say whether it is wrong or its budget is used up.",
      "Look at key and budget in the provider's console. After 24 h of this answer it counts as"
          + " definitive."),
  KeyDisabled(
      Weight.Refused,
      KeyProof.Bad,
      "{provider} knows the key, but it is disabled, blocked or expired.",
      "Create a new key and update the Secret."),
  KeyMalformed(
      Weight.Refused,
      KeyProof.Bad,
      "The Secret does not hold a usable key.",
      "Store the bare key: one line, no quotes, no spaces."),
  InsufficientPermissions(
      Weight.ByProbe,
      KeyProof.Genuine,
      "The key is genuine but may not make this call.",
      "Give the key the missing permission, or declare the models by hand and use the Completion"
          + " probe."),
  NotAllowedFromHere(
      Weight.Refused,
      KeyProof.Nothing,
      "{provider} does not serve this key from this network, region or account tier.",
      "Allow the cluster's outgoing address, or change region or plan."),
  QuotaExhausted(
      Weight.Transient,
      KeyProof.Genuine,
      "The key is genuine, but its credit, quota or spending limit is used up.",
      "Add credit or raise the limit."),
  RateLimited(
      Weight.Transient,
      KeyProof.Nothing,
      "{provider} is limiting requests; the last result still counts.",
      "Wait; nothing to change."),
  ModelAvailable(Weight.Accepted, KeyProof.Genuine, "{provider} offers {model}.", "Nothing."),
  ModelNotChecked(
      Weight.Accepted,
      KeyProof.Nothing,
      "{provider} cannot be asked about {model} free of charge, so it was not checked.",
      "Declare the model by hand, or switch the probe to Completion to be sure."),
  ModelNotFound(
      Weight.Refused,
      KeyProof.Genuine,
      "{provider} does not know the model {model}.",
      "Pick a model from the list; check spelling, deployment name and retirement."),
  ModelAccessNotGranted(
      Weight.Refused,
      KeyProof.Genuine,
      "This account has no access to the model {model}.",
      "Request access or verify the organisation with the provider."),
  ParameterRejected(
      Weight.Accepted,
      KeyProof.Genuine,
      "{model} refuses one of the parameters.",
      "See the parameter notes of the ModelConfig."),
  EndpointUnreachable(
      Weight.Transient,
      KeyProof.Nothing,
      "No connection to {host} could be made.",
      "Check name, port, NetworkPolicy and proxy."),
  EndpointNotAllowed(
      Weight.Refused,
      KeyProof.Nothing,
      "The endpoint {host} is not allowed here.",
      "Annotate the Secret with the endpoint (the message shows the command), or use the provider's"
          + " own host."),
  EndpointRedirected(
      Weight.FirstContact,
      KeyProof.Nothing,
      "{host} redirects to another address, and a key is never sent on.",
      "Use the final address as the endpoint."),
  TLSFailed(
      Weight.FirstContact,
      KeyProof.Nothing,
      "A secure connection to {host} could not be made.",
      "Check certificate, CA reference and `https`/`http`."),
  Timeout(
      Weight.Transient,
      KeyProof.Nothing,
      "{host} did not answer in time.",
      "Wait, or check the network path."),
  ProviderUnavailable(
      Weight.Transient,
      KeyProof.Nothing,
      "{provider} has a problem of its own right now.",
      "Wait; see the provider's status page."),
  NotAnLLMEndpoint(
      Weight.FirstContact,
      KeyProof.Nothing,
      "{host} answers, but not like an LLM API.",
      "Check path and `/v1`; a login page or proxy may be in between."),
  UnrecognisedAnswer(
      Weight.Transient,
      KeyProof.Nothing,
      "{provider} gave an answer we do not know.",
      "Run the test by hand and report the request id.");

  /// What follows from a reason, before it is known what was asked and what was known already.
  public enum Weight {
    Accepted,
    Refused,
    Transient,
    /// Refuses an endpoint that has never accepted this key; afterwards it is weather.
    FirstContact,
    /// The free probe may lack a right that the model call has: only the latter's answer is final.
    ByProbe
  }

  /// What the placeholders of the sentences stand for. Where there is no Secret or no model, the
  /// sentences do without a name.
  ///
  /// @param keyPlace where the key is kept, such as `Secret openai`
  public record Names(
      String provider, String host, Optional<String> model, Optional<String> keyPlace) {

    private String fill(String template) {
      // The model's id last: it is the user's text, and may look like a placeholder itself.
      return template
          .replace("{provider}", provider)
          .replace("{host}", host)
          .replace("Secret {secret}", keyPlace.orElse("the Secret"))
          .replace("the model {model}", model.map(id -> "the model " + id).orElse("the model"))
          .replace("{model}", model.orElse("The model"));
    }
  }

  private final Weight weight;
  private final KeyProof keyProof;
  private final String sentence;
  private final String nextStep;

  VerdictReason(Weight weight, KeyProof keyProof, String sentence, String nextStep) {
    this.weight = weight;
    this.keyProof = keyProof;
    this.sentence = sentence;
    this.nextStep = nextStep;
  }

  public Weight weight() {
    return weight;
  }

  /// What follows from the reason while this endpoint has never accepted this key.
  ///
  /// @param probe how it was found out
  public VerdictKind kindAtFirstContact(Probe probe) {
    return weight == Weight.FirstContact ? VerdictKind.Refused : kind(probe);
  }

  /// What follows from the reason once this endpoint has accepted this key.
  ///
  /// @param probe how it was found out
  public VerdictKind kindOnceAccepted(Probe probe) {
    return weight == Weight.FirstContact ? VerdictKind.Transient : kind(probe);
  }

  private VerdictKind kind(Probe probe) {
    return switch (weight) {
      case Accepted -> VerdictKind.Accepted;
      case Refused, FirstContact -> VerdictKind.Refused;
      case Transient -> VerdictKind.Transient;
      case ByProbe -> probe == Probe.Completion ? VerdictKind.Refused : VerdictKind.Transient;
    };
  }

  public KeyProof keyProof() {
    return keyProof;
  }

  /// The sentence with its placeholders, for reference pages.
  public String sentence() {
    return sentence;
  }

  /// What to do, with its placeholders, for reference pages.
  public String nextStep() {
    return nextStep;
  }

  /// The message of the condition, word for word: nothing in it changes from check to check.
  public String sentence(Names names) {
    return names.fill(sentence);
  }

  public String nextStep(Names names) {
    return names.fill(nextStep);
  }
}
