package dev.llmconfig.rest;

import dev.llmconfig.access.Access;
import dev.llmconfig.rest.Refusal.More;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.rest.shape.Warning;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Outcome;
import java.util.List;

/// What became of a change, as an answer.
///
/// @param missing what it is called when the object is not there
/// @param impacts what a dry run tells
record Outcomes(Access access, Written written, ProblemReason missing, Impacts impacts) {

  /// @param status of a change that is done
  Answer answer(Asked asked, int status, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var stored, var warnings) -> {
        var answer = written.shown(status, stored, warnings(warnings));
        yield status == 201 ? answer.with("Location", written.location(stored.ref())) : answer;
      }
      case Outcome.Previewed(var preview, var warnings) ->
          Answer.json(impacts.of(preview, status == 204, warnings(warnings)));
      case Outcome.Requested(var stored, _) -> written.shown(status, stored, List.of());
      case Outcome.Deleted() -> written.gone(asked.ref());
      case Outcome.Deleting() ->
          Answer.of(202, Wire.object(written.read(asked.ref()).body().toString()));
      case Outcome.Invalid(var flaws) -> throw invalid(flaws);
      case Outcome.Conflict(var current) ->
          throw Refusal.of(
              ProblemReason.ChangedMeanwhile,
              "Somebody has changed it since it was read.",
              new More.Current(written.current(current)));
      case Outcome.OwnedByGit(var keeper, var yaml) -> {
        var owner = (keeper.tool() + " " + keeper.name()).strip();
        throw Refusal.of(
            ProblemReason.ManagedByGit,
            "It is managed by %s, which would take the change back.".formatted(owner),
            new More.Git(owner, yaml));
      }
      case Outcome.OwnedField(var fields) -> {
        var managers = fields.stream().map(Outcome.Owned::manager).distinct().toList();
        var names = fields.stream().map(Outcome.Owned::field).distinct().toList();
        throw Refusal.of(
            ProblemReason.FieldOwnedByAnotherManager,
            "%s owns %s; whoever applies that manifest again takes it back."
                .formatted(String.join(", ", managers), String.join(", ", names)),
            new More.Owned(String.join(", ", managers), names));
      }
      case Outcome.KeyHeldElsewhere(var holder) ->
          throw Refusal.of(
              ProblemReason.KeyHeldElsewhere,
              "The key is held in %s, which is not the Playground's.".formatted(holder),
              new More.Secret(holder));
      case Outcome.EndpointNotAllowed(var command) ->
          throw Refusal.of(
              ProblemReason.EndpointNotAllowed,
              "The Secret does not let its key go to that endpoint.",
              new More.Command(command));
      case Outcome.AlreadyExists(var what) ->
          throw Refusal.of(ProblemReason.AlreadyExists, "There is a %s already.".formatted(what));
      case Outcome.InUse(var models) ->
          throw Refusal.of(
              ProblemReason.InUse,
              "%d configs use this key.".formatted(models.size()),
              new More.Configs(
                  models.stream().map(name -> asked.ref().namespace() + "." + name).toList()));
      case Outcome.BeingDeleted() ->
          throw Refusal.of(ProblemReason.Deleting, "Its deletion has begun.");
      case Outcome.Missing() ->
          throw Refusal.of(missing, "There is no such object in this namespace.");
      case Outcome.Denied(var right) -> {
        var who = access.who(asked.signedIn()).name();
        throw right.resource().equals("secrets") && right.verb().equals("get")
            ? Refusal.unreadable(who, right)
            : Refusal.forbidden(who, right);
      }
      case Outcome.Unavailable _ ->
          throw Refusal.of(
              ProblemReason.ApiServerUnavailable,
              "The API server does not answer, so nothing was changed.");
      case Outcome.Unknown _ ->
          throw Refusal.of(
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
    var reasons = flaws.stream().map(Outcomes::reason).distinct().toList();
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
    };
  }

  static List<Warning> warnings(List<Outcome.Warning> warnings) {
    return warnings.stream()
        .map(one -> new Warning(one.field(), one.reason(), one.sentence()))
        .toList();
  }
}
