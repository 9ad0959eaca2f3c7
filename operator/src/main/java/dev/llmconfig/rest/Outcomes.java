package dev.llmconfig.rest;

import dev.llmconfig.access.Access;
import dev.llmconfig.rest.Refusal.More;
import dev.llmconfig.rest.shape.Warning;
import dev.llmconfig.store.Manifests;
import dev.llmconfig.store.Outcome;
import java.util.List;
import java.util.Locale;

/// What became of a change, as an answer.
///
/// @param missing what it is called when the object is not there
/// @param impacts what a dry run tells
record Outcomes(Access access, Written written, ProblemReason missing, Impacts impacts) {

  static final String VALIDATED = "x-llmconfig-validated";

  /// @param status of a change that is done
  Answer answer(Asked asked, int status, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var stored, var warnings, var changes) -> {
        var answer = written.shown(status, stored, warnings(warnings)).tracing(changes);
        yield status == 201 ? answer.with("Location", written.location(stored.ref())) : answer;
      }
      case Outcome.Previewed(var preview, var warnings) ->
          Answer.json(impacts.of(preview, status == 204, warnings(warnings)));
      case Outcome.Drafted(var objects, var by) ->
          Answer.yaml(Manifests.of(objects)).with(VALIDATED, by.name().toLowerCase(Locale.ROOT));
      case Outcome.Requested(var stored, _) -> written.shown(status, stored, List.of());
      case Outcome.Deleted() -> written.gone(asked.ref());
      case Outcome.Deleting() ->
          // It was accepted, and may be gone by now.
          written
              .found(asked.ref())
              .map(there -> Answer.of(202, Wire.object(there.body().toString())))
              .orElseGet(Answer::done);
      case Outcome.Conflict(var current) ->
          throw Refusal.of(
              ProblemReason.ChangedMeanwhile,
              "Somebody has changed it since it was read.",
              new More.Current(written.current(current)));
      case Outcome.Overtaken _,
          Outcome.Invalid _,
          Outcome.Unwritable _,
          Outcome.OwnedByGit _,
          Outcome.OwnedField _,
          Outcome.KeyHeldElsewhere _,
          Outcome.EndpointNotAllowed _,
          Outcome.AlreadyExists _,
          Outcome.InUse _,
          Outcome.BeingDeleted _,
          Outcome.Missing _,
          Outcome.Denied _,
          Outcome.Unavailable _,
          Outcome.Unknown _ ->
          throw NotDone.refusal(access, missing, asked, outcome);
    };
  }

  static List<Warning> warnings(List<Outcome.Warning> warnings) {
    return warnings.stream()
        .map(one -> new Warning(one.field(), one.reason(), one.sentence()))
        .toList();
  }
}
