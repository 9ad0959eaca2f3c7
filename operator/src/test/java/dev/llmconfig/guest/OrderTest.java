package dev.llmconfig.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A merge puts two entries of one name side by side, at the place of the first.
class OrderTest {

  @ParameterizedTest
  @CsvSource({
    "A=1 B=$(A), true",
    "A=1 A=2 B=$(A), true",
    "A=1 B=2 A=3, true",
    "A=1 B=$(A) A=2, false",
    "A=1 B=$(A) A=1, false",
    "A=1 B=2 A=$(B), false",
    "A=1 B=x$(C)y$(A) A=2, false",
    "A=1 B=$(C) A=2, true",
    "A=1 A=$(A), true",
    "A=1 B=1 A=$(A), true",
    "B=1 A=1 A=2 B=$(A), false"
  })
  void survivesUnlessAReferenceWouldMeanAnotherEntry(String env, boolean survives) {
    var entries =
        Stream.of(env.split(" "))
            .map(text -> text.split("=", 2))
            .map(parts -> new EnvVar(parts[0], parts[1], null))
            .toList();

    assertThat(Order.survivesMerge(entries)).isEqualTo(survives);
  }
}
