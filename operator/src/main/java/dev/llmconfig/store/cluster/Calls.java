package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.CallerClients;
import dev.llmconfig.access.ReviewUnavailable;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.util.function.Function;

/// Work that is done with a caller's own client, and every way in which it ends early.
record Calls(CallerClients clients, Access access) {

  <T> T with(Caller who, Function<Requests, T> work, Function<Outcome, T> otherwise) {
    try {
      return clients.call(who, client -> work.apply(new Requests(client)));
    } catch (Ended ended) {
      return otherwise.apply(ended.outcome());
    } catch (ApiRefusal refused) {
      return otherwise.apply(outcome(refused.why()));
    } catch (ReviewUnavailable away) {
      return otherwise.apply(new Outcome.Unavailable("no review"));
    }
  }

  static Outcome outcome(Why why) {
    return switch (why) {
      case Why.Fields(var owned) -> new Outcome.OwnedField(owned);
      case Why.Modified(), Why.Replaced() ->
          new Outcome.Unavailable("others change the same objects");
      case Why.AlreadyThere() -> new Outcome.AlreadyExists("another object of that name");
      case Why.Missing() -> new Outcome.Missing();
      case Why.Forbidden(var right) -> new Outcome.Denied(right);
      case Why.Invalid(var flaws) -> new Outcome.Invalid(flaws);
      case Why.NoAnswer(var what) -> new Outcome.Unknown(what);
      case Why.Away(var what) -> new Outcome.Unavailable(what);
    };
  }
}
