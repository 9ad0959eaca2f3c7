package dev.llmconfig.keys;

import static dev.llmconfig.keys.KeyStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The numbers that take minutes; run by `make test-load`, which prints them.
@ExtendWith(ControlPlaneExtension.class)
class KeysUnderLoad {

  private static final int FOREIGN = 2_000;
  private static final int FOREIGN_BYTES = 100 * 1024;

  /// What is kept of each is its metadata, some 2 kB.
  private static final long MOST = 8L << 20;

  @Test
  void fiveHundredKeys(ControlPlane plane) throws IOException {
    try (var stage = KeyStage.set(plane)) {
      var keys = new ManyKeys(stage, 500);
      System.out.printf("500 keys: all ready after %s%n", keys.allBecomeReady());
      System.out.printf("500 keys: most calls at once %d%n", stage.provider.mostAtOnce());

      var restart = keys.aRestartCostsNothing();

      System.out.printf("500 keys: restart to idle %s, 0 calls, 0 writes%n", restart);
      assertThat(restart).isLessThan(Duration.ofSeconds(30));
      keys.aSecondApplyOfTheSameGitStateCostsNothing();
      keys.aSecondLookCostsNothing();
      System.out.println("500 keys: 0 calls, 0 writes at a second apply and a second look");
    }
  }

  /// 200 MB of other people's Secrets in the watched namespace.
  @Test
  void foreignSecretsCostNoMemory(ControlPlane plane) throws IOException {
    try (var stage = KeyStage.set(plane)) {
      stage.start();
      running(stage);
      var without = heap();
      var content = Map.of("content", "x".repeat(FOREIGN_BYTES));
      ManyKeys.inParallel(
          IntStream.range(0, FOREIGN).mapToObj(at -> "foreign-" + at).toList(),
          name ->
              plane
                  .admin()
                  .client()
                  .resource(
                      new SecretBuilder()
                          .withNewMetadata()
                          .withNamespace(plane.namespace())
                          .withName(name)
                          .endMetadata()
                          .withStringData(content)
                          .build())
                  .create());
      var watched = heap();
      stage.restart();
      running(stage);
      var listed = heap();

      System.out.printf(
          "heap after GC: %d kB without, %+d kB with %d foreign Secrets watched, %+d kB after a restart%n",
          without >> 10, (watched - without) >> 10, FOREIGN, (listed - without) >> 10);
      assertThat(watched - without).isLessThan(MOST);
      assertThat(listed - without).isLessThan(MOST);
    }
  }

  private static void running(KeyStage stage) {
    eventually("the operator to run")
        .until(() -> stage.operator().get("/readyz").body().contains("[+] controllers: ok\n"));
  }

  private static long heap() {
    var memory = ManagementFactory.getMemoryMXBean();
    // More than once: what is referred to weakly goes in steps.
    for (int round = 0; round < 3; round++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
