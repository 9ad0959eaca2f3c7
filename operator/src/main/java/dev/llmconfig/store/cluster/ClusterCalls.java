package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.CallerClients;
import dev.llmconfig.access.ReviewUnavailable;
import dev.llmconfig.store.Outcome;
import java.util.function.Function;

/// With the caller's own client.
record ClusterCalls(CallerClients clients, Access access) implements Calls {

  @Override
  public <T> T with(Caller who, Function<Requests, T> work, Function<Outcome, T> otherwise) {
    try {
      return clients.call(who, line -> work.apply(new ClusterRequests(line)));
    } catch (Ended ended) {
      return otherwise.apply(ended.outcome());
    } catch (ApiRefusal refused) {
      return otherwise.apply(Calls.outcome(refused.why()));
    } catch (ReviewUnavailable away) {
      return otherwise.apply(new Outcome.Unavailable("no review"));
    }
  }
}
