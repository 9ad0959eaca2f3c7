package dev.llmconfig.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What goes into a set of fields is in it, and what is taken out leaves no trace.
class FieldSetTest {

  private static final FieldPath ENV = FieldPath.of("spec", "env");

  @Test
  void writesMembersAsTheServerDoes() {
    var set =
        empty()
            .with(
                List.of(
                    ENV.item("name", "A").field("value"),
                    ENV.item("name", "A"),
                    ENV.item("name", "B")));

    assertThat(set.root())
        .hasToString(
            """
            {"f:spec":{"f:env":{"k:{\\"name\\":\\"A\\"}":{"f:value":{},".":{}},"k:{\\"name\\":\\"B\\"}":{}}}}\
            """);
  }

  @Test
  void aParentThatHasLostItsLastChildIsNoMemberByThat() {
    var set = empty().with(List.of(ENV.item("name", "A").field("value")));

    assertThat(set.without(List.of(ENV.item("name", "A"))).empty()).isTrue();
  }

  @Test
  void aMemberAboveStaysWhenSomethingBelowItIsTakenOut() {
    var list = empty().with(List.of(ENV));

    assertThat(list.without(List.of(ENV.item("name", "A"))).members(ENV)).containsExactly(ENV);
  }

  @RepeatedTest(50)
  void holdsWhatItWasGiven() {
    long seed = Seeds.next(FieldSetTest.class);
    var random = new Random(seed);
    List<FieldPath> given = paths(random);
    List<FieldPath> taken = paths(random);

    var set = empty().with(given);
    var rest = set.without(taken);

    assertThat(Set.copyOf(set.members(FieldPath.of())))
        .as("seed %d", seed)
        .isEqualTo(Set.copyOf(given));
    var expected = new ArrayList<>(given);
    expected.removeIf(path -> taken.stream().anyMatch(place -> below(path, place)));
    assertThat(Set.copyOf(rest.members(FieldPath.of())))
        .as("seed %d", seed)
        .isEqualTo(Set.copyOf(expected));
    assertThat(rest.empty()).isEqualTo(expected.isEmpty());
  }

  private static boolean below(FieldPath path, FieldPath place) {
    return path.steps().size() >= place.steps().size()
        && path.steps().subList(0, place.steps().size()).equals(place.steps());
  }

  private static List<FieldPath> paths(Random random) {
    var paths = new ArrayList<FieldPath>();
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      var path = FieldPath.of();
      for (int depth = 0; depth < 1 + random.nextInt(4); depth++) {
        path =
            random.nextBoolean()
                ? path.field("f" + random.nextInt(3))
                : path.item("name", List.of("A", "B \"q\"").get(random.nextInt(2)));
      }
      paths.add(path);
    }
    return paths;
  }

  private static FieldSet empty() {
    return new FieldSet(FieldManager.US, Json.object());
  }
}
