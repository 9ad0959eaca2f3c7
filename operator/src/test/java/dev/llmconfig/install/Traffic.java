package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// People who read, chat and open the page all the time, over connections that they keep. Whatever
/// one of them is not given is written down.
final class Traffic implements AutoCloseable {

  private static final int READERS = 3;
  private static final Duration PAUSE = Duration.ofMillis(40);

  /// Four words a second: less than the thirty chats a minute that a caller may have, and long
  /// enough to be under way when something happens.
  private static final String TEXT = "an answer of a dozen words that takes its time to come";

  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger chats = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /// @param model the slow one, such as `agents.slow`
  static Traffic of(Entrance entrance, String namespace, String model) {
    var traffic = new Traffic();
    var list = "/api/config/model-configs?namespace=" + namespace;
    for (int reader = 0; reader < READERS; reader++) {
      var own = entrance.another();
      traffic.goesOn(traffic.reads, () -> read(own, list));
    }
    var visitor = entrance.another();
    traffic.goesOn(traffic.reads, () -> read(visitor, "/"));
    traffic.goesOn(traffic.chats, () -> talk(entrance.another(), model));
    return traffic;
  }

  /// @param asks what is wrong with what came; empty when nothing is
  private void goesOn(AtomicInteger good, Supplier<String> asks) {
    threads.add(
        Thread.startVirtualThread(() -> {
          try {
            do {
              var wrong = asked(asks);
              if (wrong.isEmpty()) {
                good.incrementAndGet();
              } else {
                failures.add(Instant.now() + " " + wrong);
              }
            } while (!over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        }));
  }

  private static String asked(Supplier<String> asks) {
    try {
      return asks.get();
    } catch (RuntimeException failed) {
      return failed.toString();
    }
  }

  private static String read(Entrance entrance, String path) {
    var answer = entrance.get(path);
    return answer.statusCode() == 200
        ? ""
        : "%s: %d %s".formatted(path, answer.statusCode(), answer.body());
  }

  private static String talk(Entrance entrance, String model) {
    var answer = entrance.chat(model, TEXT);
    return answer.statusCode() == 200 && answer.body().contains("event: done")
        ? ""
        : "chat: %d %s".formatted(answer.statusCode(), answer.body());
  }

  /// Nothing, of at least so much. Waits for the last answers.
  void lostNothingOf(int wantedReads, int wantedChats) throws InterruptedException {
    close();
    for (var thread : threads) {
      thread.join(Duration.ofSeconds(30));
    }
    assertThat(failures).isEmpty();
    assertThat(reads.get()).isGreaterThan(wantedReads);
    assertThat(chats.get()).isGreaterThan(wantedChats);
  }

  @Override
  public void close() {
    over.countDown();
  }
}
