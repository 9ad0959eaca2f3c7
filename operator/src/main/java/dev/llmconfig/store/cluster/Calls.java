package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.util.function.Function;

/// Work that is done as a caller, and every way in which it ends early.
interface Calls {

  Access access();

  <T> T with(Caller who, Function<Requests, T> work, Function<Outcome, T> otherwise);

  /// What it means that a request was refused in the end.
  static Outcome outcome(Why why) {
    return switch (why) {
      case Why.Fields(var owned) -> new Outcome.OwnedField(owned);
      case Why.Modified(), Why.Replaced() -> new Outcome.Overtaken();
      case Why.AlreadyThere() -> new Outcome.AlreadyExists("another object of that name");
      case Why.Missing() -> new Outcome.Missing();
      case Why.Forbidden(var right) -> new Outcome.Denied(right);
      case Why.Invalid(var flaws) -> new Outcome.Invalid(flaws);
      case Why.NoAnswer(var what) -> new Outcome.Unknown(what);
      case Why.Away(var what) -> new Outcome.Unavailable(what);
    };
  }
}
