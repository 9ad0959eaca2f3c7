package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The budget of loading, measured in a JVM of its own: this one has long warmed up.
class CatalogueLoadTest {

  /// Prints the milliseconds of work of the first load and the bytes that it leaves behind.
  public static final class Measured {
    private Measured() {}

    public static void main(String[] args) {
      var memory = Runtime.getRuntime();
      System.gc();
      long before = memory.totalMemory() - memory.freeMemory();
      var thread = ManagementFactory.getThreadMXBean();
      long start = thread.getCurrentThreadCpuTime();
      var catalogue = Catalogue.packed();
      long millis = (thread.getCurrentThreadCpuTime() - start) / 1_000_000;
      System.gc();
      long after = memory.totalMemory() - memory.freeMemory();
      int models = 0;
      for (var provider : Provider.values()) {
        models += catalogue.entries(provider).size();
      }
      System.out.println(millis + " " + (after - before) + " " + models);
    }
  }

  /// A heap of 20 MB leaves no room for more; the best of three runs, because others use the
  /// machine.
  @Test
  void loadsInUnder100MillisecondsAnd20Megabytes() throws Exception {
    var best = Long.MAX_VALUE;
    for (int run = 0; run < 3; run++) {
      var result = run();
      assertThat(result.get(2)).isGreaterThan(400);
      assertThat(result.get(1)).as("bytes").isLessThan(20L * 1024 * 1024);
      best = Math.min(best, result.get(0));
    }

    assertThat(best).as("milliseconds").isLessThan(100);
  }

  private static List<Long> run() throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx20m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Measured.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return List.of(output.strip().split(" ")).stream().map(Long::valueOf).toList();
  }
}
