package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.fake.BrokenServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A provider that never answers costs nothing that stays.
class NothingLeftBehindTest {

  private static final int PROBES = 10_000;
  private static final int AT_ONCE = 250;

  /// Carriers and timers of virtual threads belong to the JVM, the last one to the test.
  private static final List<String> NOT_OURS =
      List.of("ForkJoinPool-1-", "VirtualThread-", "awaitility");

  @Test
  void tenThousandProbesOfASilentProviderLeaveNoThreadAndNoDescriptor() throws Exception {
    // Given
    warmUp();
    long descriptors = descriptors();
    Set<Thread> threads = threads();

    // When
    Map<VerdictReason, Integer> reasons = new ConcurrentHashMap<>();
    int connections;
    try (BrokenServer silent = BrokenServer.silent(0);
        Bench bench = Bench.withLimit(Duration.ofMillis(200))) {
      Target target = Bench.target(Provider.OpenAI, silent.url("/v1"));
      probeInCrowds(bench, target, reasons);
      connections = silent.connections();

      // Then
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(descriptors() - descriptors).as("while open").isLessThan(60));
    }

    assertThat(reasons.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(PROBES);
    assertThat(reasons.keySet())
        .isSubsetOf(VerdictReason.Timeout, VerdictReason.EndpointUnreachable);
    assertThat(reasons).containsKey(VerdictReason.Timeout);
    assertThat(connections).isGreaterThan(PROBES / 2);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          assertThat(newThreads(threads)).isEmpty();
          assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 3);
        });
  }

  /// Loads what is loaded once: classes, native libraries, selectors.
  private static void warmUp() throws Exception {
    try (BrokenServer silent = BrokenServer.silent(0);
        Bench bench = Bench.withLimit(Duration.ofMillis(50))) {
      bench.prober().key(Bench.target(Provider.OpenAI, silent.url("/v1")), Optional.empty());
    }
  }

  private static void probeInCrowds(Bench bench, Target target, Map<VerdictReason, Integer> reasons)
      throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int done = 0; done < PROBES; done += AT_ONCE) {
        CountDownLatch together = new CountDownLatch(1);
        List<Future<VerdictReason>> crowd =
            IntStream.range(0, AT_ONCE)
                .mapToObj(_ ->
                    executor.submit(() -> {
                      together.await();
                      return bench.prober().key(target, Optional.empty()).finding().reason();
                    }))
                .toList();
        together.countDown();
        for (Future<VerdictReason> one : crowd) {
          reasons.merge(one.get(), 1, Integer::sum);
        }
      }
    }
  }

  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }

  private static Set<String> newThreads(Set<Thread> before) {
    return threads().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> NOT_OURS.stream().noneMatch(name::startsWith))
        .collect(Collectors.toSet());
  }
}
