package dev.llmconfig.provider.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Look-ups with a time limit. They are native calls that pin the thread they run on, so they have
/// a few platform threads of their own: a name server that says nothing must not stop the virtual
/// threads of everybody else.
final class Names implements AutoCloseable {

  private static final int MOST_AT_ONCE = 16;

  private final Lookup lookup;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MOST_AT_ONCE,
          MOST_AT_ONCE,
          5,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("provider-names-", 0).factory());

  Names(Lookup lookup) {
    this.lookup = lookup;
    threads.allowCoreThreadTimeOut(true);
  }

  List<InetAddress> resolve(String host, Deadline deadline)
      throws UnknownHostException, TimeoutException, InterruptedException {
    Future<List<InetAddress>> answer = threads.submit(() -> lookup.addresses(host));
    try {
      List<InetAddress> addresses = answer.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
      if (addresses.isEmpty()) {
        throw new UnknownHostException();
      }
      return addresses;
    } catch (ExecutionException failed) {
      throw new UnknownHostException();
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
