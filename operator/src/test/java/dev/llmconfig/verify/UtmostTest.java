package dev.llmconfig.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.Seeds;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

class UtmostTest {

  /// Whoever comes, changes or goes.
  @RepeatedTest(50)
  void isTheLargestOfThoseWhoAreThere() {
    var seed = Seeds.next(UtmostTest.class);
    var random = new Random(seed);
    Map<Integer, Optional<Integer>> all = new HashMap<>();
    var utmost =
        new Utmost<Integer>(
            Comparator.naturalOrder(), () -> all.values().stream().flatMap(Optional::stream));

    for (int step = 0; step < 200; step++) {
      var who = random.nextInt(8);
      Optional<Integer> now =
          random.nextInt(4) == 0 ? Optional.empty() : Optional.of(random.nextInt(10));
      var before = Optional.ofNullable(all.put(who, now)).flatMap(one -> one);
      utmost.changed(before, now);

      if (random.nextBoolean()) {
        assertThat(utmost.get())
            .as("seed %d, step %d", seed, step)
            .isEqualTo(
                all.values().stream().flatMap(Optional::stream).max(Comparator.naturalOrder()));
      }
    }
  }
}
