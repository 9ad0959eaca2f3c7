package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.local.LocalObjects;
import java.time.InstantSource;
import java.util.function.Function;

/// In one transaction, of which nothing is left unless it ends well.
record LocalCalls(LocalObjects objects, Access access, InstantSource clock) implements Calls {

  @Override
  public <T> T with(Caller who, Function<Requests, T> work, Function<Outcome, T> otherwise) {
    try {
      return objects.change(desk -> {
        var answer = work.apply(new LocalRequests(desk, clock));
        if (answer instanceof Outcome outcome && !stays(outcome)) {
          throw new Ended(outcome);
        }
        return answer;
      });
    } catch (Ended ended) {
      return otherwise.apply(ended.outcome());
    } catch (ApiRefusal refused) {
      return otherwise.apply(Calls.outcome(refused.why()));
    }
  }

  static boolean stays(Outcome outcome) {
    return outcome instanceof Outcome.Done
        || outcome instanceof Outcome.Deleted
        || outcome instanceof Outcome.Requested;
  }
}
