package dev.llmconfig.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What each word of a condition means to the person who reads it, and what they can do. By name,
/// so that a word is explained before the code that says it.
final class ConditionReasons {

  /// @param on the conditions that carry it
  record Row(String on, String means, String remedy) {}

  private static final String NOTHING = "Nothing.";

  private final SequencedMap<String, Row> rows = new LinkedHashMap<>();

  private ConditionReasons() {
    key();
    model();
  }

  static Map<String, Row> all() {
    return new ConditionReasons().rows;
  }

  private void key() {
    row("SecretFound", "Resolved", "The key was read from its Secret.", NOTHING);
    row("Decrypted", "Resolved", "The token in `spec.encryptedKey` was opened.", NOTHING);
    row("Unsealed", "Resolved", "The sealed-secrets controller opened the key.", NOTHING);
    row("Keyless", "Resolved", "No key is declared, and none is needed.", NOTHING);
    row(
        "SecretNotFound",
        "Resolved, Ready",
        "The Secret is not there yet.",
        "Create it; the key is taken up by itself.");
    row(
        "KeyNotInSecret",
        "Resolved, Ready",
        "The Secret is there, and the data key is not.",
        "Correct `spec.secretRef.key` or the Secret; the message lists what there is.");
    row("KeyEmpty", "Resolved, Ready", "The source holds an empty key.", "Put the key there.");
    row(
        "KeyMalformed",
        "Resolved, Ready",
        "What the source holds cannot be a key.",
        "Store the bare key: one line, no quotes, no spaces.");
    row(
        "DecryptionFailed",
        "Resolved, Ready",
        "No encryption key of this installation opens the token, or the key that is held.",
        "Restore the encryption key, which heals it by itself; or make the token again. Nothing is overwritten.");
    row(
        "KeyRingMissing",
        "Resolved, Ready",
        "The encryption keys of this installation are gone.",
        "Restore their Secret from the backup; it heals by itself. Agents run on.");
    row(
        "TokenBoundElsewhere",
        "Resolved, Ready",
        "The token was made for another namespace, name or endpoint.",
        "Make it again; the message has the command.");
    row(
        "CaNotFound",
        "Resolved, Ready",
        "What `spec.caRef` names is not there, or holds no certificate.",
        "Create it, or correct the reference.");
    row(
        "SealedSecretsMissing",
        "Resolved, Ready",
        "A sealed key cannot be opened here.",
        "Install Sealed Secrets, or use `secretRef` or `encryptedKey`.");
    row(
        "UnsealFailed",
        "Resolved, Ready",
        "The sealed-secrets controller cannot open the sealed key.",
        "Seal it again for this name, namespace and scope; the message has the command.");
    row(
        "Forbidden",
        "Resolved, Ready",
        "The operator's account lacks a right.",
        "Give it the right that the message names; it is tried again by itself.");
    row(
        "NameTaken",
        "Resolved, Ready",
        "An object of somebody else has the name that ours would have. It is never overwritten.",
        "Rename or delete that object, or rename this one.");
    row(
        "SpecInvalid",
        "Resolved, Ready",
        "The object cannot be understood, which only CRDs of another version let through.",
        "Install the CRDs of this version, and correct what the message names.");
    row(
        "Pending",
        "Verified, Ready",
        "The provider has not answered yet.",
        "Wait; a first answer takes seconds.");
    row(
        "Disabled",
        "Verified",
        "`verification.mode` is Disabled, so nobody asks the provider.",
        "Switch verification on to be sure.");
    row("Verified", "Ready", "The key is in use, and was proven.", NOTHING);
    row(
        "VerificationDisabled",
        "Ready",
        "The key is in use without having been proven.",
        "Switch verification on to be sure.");
    row(
        "KeptLastGood",
        "Ready",
        "What is declared now cannot be used, so the last good key stays in use.",
        "Do what the message says; `Resolved` or `Verified` has the reason.");
    row(
        "Suspended",
        "Ready",
        "`spec.suspend` is true.",
        "Set it to false to use the object again.");
    row(
        "Expired",
        "Ready",
        "The key is past its `expiresAt`.",
        "Put a new key into its source, and set a later time.");
    row(
        "Deleting",
        "Ready",
        "The object is being deleted.",
        "Wait; a message names what it waits for.");
  }

  private void model() {
    row("Valid", "Accepted", "The settings fit the key and the model.", NOTHING);
    row("KeyNotFound", "Accepted, Ready", "The ApiKeyConfig is not there yet.", "Create it.");
    row(
        "KeyNotReady",
        "Accepted, Ready",
        "The ApiKeyConfig is not Ready.",
        "Look at its own conditions.");
    row(
        "ModelNotAllowed",
        "Accepted, Ready",
        "The ApiKeyConfig does not allow this model.",
        "Choose another one, or add it to `spec.models.allow`.");
    row(
        "ParameterOutOfRange",
        "Accepted, Ready",
        "A parameter is outside of what the model takes.",
        "Correct it; the message has the range.");
    row(
        "ParameterUnsupported",
        "Accepted, Ready",
        "The model does not take a parameter, and `unsupportedParameters` is Reject.",
        "Remove it, or choose Drop.");
    row(
        "ProfileUnknown",
        "Accepted, Ready",
        "There is no agent profile of this name.",
        "Choose one of `llmconfig profiles`, or add it.");
    row(
        "ProfileDialectMismatch",
        "Accepted, Ready",
        "The framework of the profile cannot talk to this provider.",
        "Choose another profile or provider.");
    row(
        "ProfileCannotCarryModel",
        "Accepted, Ready",
        "The framework of the profile cannot be told this model.",
        "Choose another profile or model.");
    row(
        "DefaultConflict",
        "Accepted, Ready",
        "Another ModelConfig of the namespace is the default already.",
        "Set `isDefault: false` on one of them.");
    row("AllSent", "ParametersHonoured", "The agents are told every parameter.", NOTHING);
    row(
        "Dropped",
        "ParametersHonoured",
        "The model does not take a parameter, so it is not sent.",
        "Remove it, or choose another model.");
    row(
        "Clamped",
        "ParametersHonoured",
        "A parameter was above the model's limit, and was lowered to it.",
        "Lower it yourself.");
    row(
        "NotCarriedByProfile",
        "ParametersHonoured",
        "The agent's framework has no setting for a parameter.",
        "Set it in the agent itself, or use the gateway.");
    row(
        "ModelUnknown",
        "ParametersHonoured",
        "The catalogue does not know the model, so everything is sent as it is.",
        "Set `baseModel` if it is a deployment of a known one.");
    row(
        "RetiresSoon",
        "ModelRetiring",
        "The provider retires the model within 90 days.",
        "Plan for another one.");
    row("Retired", "ModelRetiring", "The provider has retired the model.", "Choose another one.");
    row("UpToDate", "Delivered", "Every agent has the current settings.", NOTHING);
    row("NothingToDeliver", "Delivered", "No agent asks for these settings.", NOTHING);
    row("Rolling", "Delivered, Ready", "Agents restart onto the new settings.", "Wait.");
    row(
        "Waiting",
        "Delivered, Ready",
        "Agents wait for their turn.",
        "Wait; the message says for what.");
    row(
        "EnvOwnedByAnotherManager",
        "Delivered, Ready",
        "Somebody else sets the variable, and it is not taken from them.",
        "Remove it there; the message names the manager and the path.");
    row(
        "EnvFromNotReferenced",
        "Delivered, Ready",
        "The agent's manifest does not name our Secret.",
        "Add `envFrom` with the Secret that the message names.");
    row(
        "ContainerNotFound",
        "Delivered, Ready",
        "The agent has no container of a name that is asked for.",
        "Correct `delivery.containers`.");
    row(
        "EnvCollision",
        "Delivered, Ready",
        "Another ModelConfig holds the agent.",
        "Let one of the two select it; the message names the other.");
    row(
        "ShadowedEnv",
        "Delivered, Ready",
        "The agent's own manifest overrides what is delivered.",
        "Remove the variable there.");
    row(
        "NotAvailable",
        "Delivered, Ready",
        "What the delivery needs is not there, or not in this mode.",
        "The message names it.");
    row(
        "RolloutFailed",
        "Delivered, Ready",
        "An agent did not become ready on the new settings.",
        "Look at its pods; annotate `llmconfig.dev/retry-requested-at` to try again.");
    row(
        "RolledBack",
        "Delivered, Ready",
        "An agent did not become ready, and has its last good settings again.",
        "Correct the settings, or annotate `llmconfig.dev/retry-requested-at`.");
    row(
        "Contested",
        "Delivered, Ready",
        "Somebody keeps changing the same variable, has changed one by hand, or has put an older template back. It is not fought for.",
        "Let one of the two set it; to have the settings again, use the command of the message.");
    row(
        "AwaitingApproval",
        "Delivered, Ready",
        "The policy is Manual.",
        "Approve with the command of the message.");
    row(
        "DryRun",
        "Delivered, Ready",
        "The object is annotated as a dry run.",
        "Read `status.planned`; remove the annotation to do it.");
    row("Delivered", "Ready", "Every agent has the current settings.", NOTHING);
  }

  private void row(String word, String on, String means, String remedy) {
    rows.put(word, new Row(on, means, remedy));
  }
}
