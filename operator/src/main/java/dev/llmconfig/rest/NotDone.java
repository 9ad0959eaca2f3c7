package dev.llmconfig.rest;

import dev.llmconfig.access.Access;
import dev.llmconfig.rest.Refusal.More;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Outcome;
import java.util.List;

/// What was not done, as a problem.
final class NotDone {

  private NotDone() {}

  /// @param missing what it is called when the object is not there
  static Refusal refusal(Access access, ProblemReason missing, Asked asked, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _,
          Outcome.Previewed _,
          Outcome.Drafted _,
          Outcome.Deleted _,
          Outcome.Deleting _,
          Outcome.Requested _ ->
          throw new IllegalArgumentException("it was done");
      case Outcome.Unwritable(var why) -> Refusal.of(ProblemReason.NotAcceptable, why);
      case Outcome.Conflict _ ->
          Refusal.of(ProblemReason.ChangedMeanwhile, "Somebody has changed it since it was read.");
      case Outcome.Overtaken() ->
          Refusal.of(
              ProblemReason.ChangedMeanwhile,
              "Others have changed the same objects meanwhile, so nothing was changed.");
      case Outcome.Invalid(var flaws) -> invalid(flaws);
      case Outcome.OwnedByGit(var keeper, var yaml) -> {
        var owner = (keeper.tool() + " " + keeper.name()).strip();
        yield Refusal.of(
            ProblemReason.ManagedByGit,
            "It is managed by %s, which would take the change back.".formatted(owner),
            new More.Git(owner, yaml));
      }
      case Outcome.OwnedField(var fields) -> {
        var managers = fields.stream().map(Outcome.Owned::manager).distinct().toList();
        var names = fields.stream().map(Outcome.Owned::field).distinct().toList();
        yield Refusal.of(
            ProblemReason.FieldOwnedByAnotherManager,
            "%s owns %s; whoever applies that manifest again takes it back."
                .formatted(String.join(", ", managers), String.join(", ", names)),
            new More.Owned(String.join(", ", managers), names));
      }
      case Outcome.KeyHeldElsewhere(var holder) ->
          Refusal.of(
              ProblemReason.KeyHeldElsewhere,
              "The key is held in %s, which is not the Playground's.".formatted(holder),
              new More.Secret(holder));
      case Outcome.EndpointNotAllowed(var command) ->
          Refusal.of(
              ProblemReason.EndpointNotAllowed,
              "The Secret does not let its key go to that endpoint.",
              new More.Command(command));
      case Outcome.AlreadyExists(var what) ->
          Refusal.of(ProblemReason.AlreadyExists, "There is a %s already.".formatted(what));
      case Outcome.InUse(var models) ->
          Refusal.of(
              ProblemReason.InUse,
              "%d configs use this key.".formatted(models.size()),
              new More.Configs(
                  models.stream().map(name -> asked.ref().namespace() + "." + name).toList()));
      case Outcome.BeingDeleted() -> Refusal.of(ProblemReason.Deleting, "Its deletion has begun.");
      case Outcome.Missing() -> Refusal.of(missing, "There is no such object in this namespace.");
      case Outcome.Denied(var right) -> {
        var who = access.who(asked.signedIn()).name();
        yield right.resource().equals("secrets") && right.verb().equals("get")
            ? Refusal.unreadable(who, right)
            : Refusal.forbidden(who, right);
      }
      case Outcome.Unavailable _ ->
          Refusal.of(
              ProblemReason.ApiServerUnavailable,
              "The API server does not answer, so nothing was changed.");
      case Outcome.Unknown _ ->
          Refusal.of(
              ProblemReason.OutcomeUnknown,
              "The API server did not say whether the change was made.");
    };
  }

  static Refusal invalid(List<Flaw> flaws) {
    var fields =
        flaws.stream()
            .map(one ->
                new Problem.Field(
                    one.field().replaceFirst("^spec[.]", ""), reason(one).name(), one.sentence()))
            .toList();
    return Refusal.fields(whole(flaws), fields);
  }

  /// A typing error counts first; several reasons at once have no name of their own.
  private static ProblemReason whole(List<Flaw> flaws) {
    var reasons = flaws.stream().map(NotDone::reason).distinct().toList();
    if (reasons.contains(ProblemReason.UnknownField)) {
      return ProblemReason.UnknownField;
    }
    return reasons.size() == 1 ? reasons.getFirst() : ProblemReason.Invalid;
  }

  private static ProblemReason reason(Flaw flaw) {
    return switch (flaw.reason()) {
      case Invalid, ApiKeyNotFound -> ProblemReason.Invalid;
      case UnknownField -> ProblemReason.UnknownField;
      case KeyLooksMasked -> ProblemReason.KeyLooksMasked;
      case KeyMalformed -> ProblemReason.KeyMalformed;
      case KeyEmpty -> ProblemReason.KeyEmpty;
      case KeyRingMissing -> ProblemReason.KeyRingMissing;
      case LooksLikeAKey -> ProblemReason.LooksLikeAKey;
      case KeyRequiredForNewEndpoint -> ProblemReason.KeyRequiredForNewEndpoint;
      case DecryptionFailed -> ProblemReason.DecryptionFailed;
      case TokenBoundElsewhere -> ProblemReason.TokenBoundElsewhere;
      case NotInThisMode -> ProblemReason.NotInThisMode;
    };
  }
}
