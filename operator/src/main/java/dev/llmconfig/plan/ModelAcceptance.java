package dev.llmconfig.plan;

import dev.llmconfig.agent.Profile;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.catalogue.AllowList;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.DeclaredModel;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.ModelSelection;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.domain.UsableKey;
import dev.llmconfig.plan.Acceptance.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Accepts a ModelConfig, or says everything that is in the way at once. Only what was declared
/// decides, here and in the ApiKeyConfig.
final class ModelAcceptance {

  private static final int PATTERNS_SHOWN = 5;

  private final ModelObserved seen;
  private final UsableKey key;
  private final DeclaredModel model;

  /// What is decided by.
  private final ModelFacts facts;

  /// What is shown: the provider's list knows more, and may change at any time.
  private final ModelFacts shown;

  private ModelAcceptance(ModelObserved seen, UsableKey key) {
    this.seen = seen;
    this.key = key;
    this.model = declared(key.models(), seen.declared().model());
    this.facts = seen.catalogue().describe(key.provider(), model, Facts.none());
    this.shown = seen.catalogue().describe(key.provider(), model, seen.listed().facts());
  }

  static Acceptance of(ModelObserved seen) {
    var name = seen.declared().apiKey();
    return switch (seen.key()) {
      case KeyState.Absent _ ->
          without(
              ConditionReason.KeyNotFound,
              "There is no ApiKeyConfig %s in this namespace; create it, and it is taken up by itself."
                  .formatted(name));
      case KeyState.Changing _ -> new Acceptance.Unsettled();
      case KeyState.NotReady(var reason, _) ->
          without(
              ConditionReason.KeyNotReady,
              "ApiKeyConfig %s is not ready (%s); its own conditions say what to do."
                  .formatted(name, reason));
      case KeyState.Usable(_, var leaving) when leaving && !uses(seen, name) ->
          without(
              ConditionReason.KeyNotReady,
              "ApiKeyConfig %s is being deleted and takes no new ModelConfig; name another one."
                  .formatted(name));
      case KeyState.Usable(var key, _) -> new ModelAcceptance(seen, key).judged();
    };
  }

  private static Acceptance without(ConditionReason reason, String sentence) {
    return new Acceptance.Refused(List.of(new Finding(reason, sentence)), Optional.empty());
  }

  private static boolean uses(ModelObserved seen, String apiKey) {
    return seen.before()
        .applied()
        .filter(applied -> applied.settings().apiKey().equals(apiKey))
        .isPresent();
  }

  private Acceptance judged() {
    var findings = new ArrayList<Finding>();
    notAllowed().ifPresent(findings::add);
    var declared = seen.declared().delivery().profile();
    var profile = lastGood(declared).or(() -> seen.profiles().find(declared));
    if (profile.isEmpty()) {
      findings.add(unknown(declared));
      return refused(findings);
    }
    return switch (attempt(profile.get())) {
      case ModelAttempt.Refused(var found) -> {
        findings.addAll(found);
        yield refused(findings);
      }
      case ModelAttempt.Possible possible ->
          findings.isEmpty()
              ? new Acceptance.Accepted(
                  possible.wanted(), possible.parameters(), possible.rendering(), shown)
              : refused(findings);
    };
  }

  /// A new version of a built-in profile comes with a newer operator, and is taken up with the next
  /// revision: while nothing else changes, the one that was rolled stays.
  private ModelAttempt attempt(Profile newest) {
    var applied = seen.before().applied();
    return applied
        .flatMap(before -> asRolled(newest, before))
        .map(this::with)
        .filter(attempt ->
            attempt instanceof ModelAttempt.Possible(var wanted, _, _)
                && applied.map(AppliedRevision::name).filter(wanted.name()::equals).isPresent())
        .orElseGet(() -> with(newest));
  }

  /// A file that is refused takes nothing away: who was rolled with it goes on with it as it was.
  private Optional<Profile> lastGood(String declared) {
    return rolledWith(declared)
        .filter(_ -> seen.profiles().refusal(declared).isPresent())
        .flatMap(Revision.ProfileUsed::file)
        .flatMap(text -> seen.profiles().asRolled(declared, text));
  }

  private Optional<Revision.ProfileUsed> rolledWith(String id) {
    return seen.before()
        .applied()
        .map(applied -> applied.settings().profile())
        .filter(used -> used.id().equals(id));
  }

  private Optional<Profile> asRolled(Profile newest, AppliedRevision before) {
    var label = before.settings().profile().label();
    return newest.origin() == Profile.Origin.BuiltIn && !label.equals(newest.label())
        ? seen.profiles().find(label).filter(rolled -> rolled.id().equals(newest.id()))
        : Optional.empty();
  }

  private ModelAttempt with(Profile profile) {
    return ModelAttempt.of(seen, key, model, facts, profile);
  }

  private Acceptance refused(List<Finding> findings) {
    return new Acceptance.Refused(findings, Optional.of(shown));
  }

  private Optional<Finding> notAllowed() {
    var allow = key.models().allow();
    return new AllowList(allow).allows(model.id())
        ? Optional.empty()
        : Optional.of(
            new Finding(
                ConditionReason.ModelNotAllowed,
                "ApiKeyConfig %s does not allow the model %s: add it to spec.models.allow there, or choose another model (allowed: %s)."
                    .formatted(key.name(), model.id(), shown(allow))));
  }

  private static String shown(List<String> patterns) {
    var shown = patterns.stream().limit(PATTERNS_SHOWN).collect(Collectors.joining(", "));
    return patterns.size() > PATTERNS_SHOWN ? shown + ", …" : shown;
  }

  private Finding unknown(String profile) {
    Profiles profiles = seen.profiles();
    var refusal = profiles.refusal(profile);
    if (refusal.isPresent()) {
      return new Finding(
          ConditionReason.ProfileUnknown,
          "The file of profile %s is refused (%s); correct it, and it is taken up by itself."
              .formatted(profile, refusal.get()));
    }
    if (rolledWith(profile).isPresent()) {
      return new Finding(
          ConditionReason.ProfileUnknown,
          "There is no profile %s any more; bring back its ConfigMap, or choose another one."
              .formatted(profile));
    }
    var near = profiles.closest(profile);
    return new Finding(
        ConditionReason.ProfileUnknown,
        "There is no profile %s%s; `llmconfig profiles` lists them."
            .formatted(
                profile,
                near.isEmpty() ? "" : " (is %s meant?)".formatted(String.join(" or ", near))));
  }

  /// What the ApiKeyConfig says about the model by hand.
  private static DeclaredModel declared(ModelSelection models, String id) {
    return models.additional().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .map(one -> {
          var model = DeclaredModel.of(id).basedOn(one.baseModel().orElse(""));
          if (one.contextTokens().isPresent()) {
            model = model.with(Attribute.CONTEXT_TOKENS, (long) one.contextTokens().getAsInt());
          }
          if (one.maxOutputTokens().isPresent()) {
            model =
                model.with(Attribute.MAX_OUTPUT_TOKENS, (long) one.maxOutputTokens().getAsInt());
          }
          return model;
        })
        .orElseGet(() -> DeclaredModel.of(id));
  }
}
