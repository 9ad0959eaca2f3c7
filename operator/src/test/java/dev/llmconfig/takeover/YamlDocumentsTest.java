package dev.llmconfig.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.takeover.YamlDocuments.Malformed;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What aliases make of a text: however it is done, no more is built than the text and its room.
class YamlDocumentsTest {

  private static final int ROOM_OF_SIGNS = 1 << 20;
  private static final int ROOM_OF_NODES = 10_000;
  private static final String LONG = "x".repeat(16_000);

  /// A text that says something so many times.
  private enum Repeated {
    VALUES(times -> "a: &x " + LONG + "\nb: [" + "*x, ".repeat(times) + "]\n"),
    NAMED_VALUES(times ->
        "a: &x "
            + LONG
            + "\n"
            + IntStream.range(0, times)
                .mapToObj("b%d: *x\n"::formatted)
                .collect(Collectors.joining())),
    NAMES(times -> "a: &x " + LONG + "\nb: [" + "{*x : c}, ".repeat(times) + "]\n"),
    NAMES_WITHIN(times -> "a: &x {? " + LONG + "\n : {c: d}}\nb: [" + "*x, ".repeat(times) + "]\n"),
    MERGED(times -> "a: &x {b: " + LONG + "}\nc: [" + "{<<: *x}, ".repeat(times) + "]\n"),
    MERGED_IN_ONE(times -> "a: &x {b: " + LONG + "}\nc: {<<: [" + "*x, ".repeat(times) + "]}\n"),
    SMALL(times -> "a: &x [b, c, d]\ne: [" + "*x, ".repeat(times) + "]\n"),
    DOCUMENTS_OF_LONG(times ->
        "---\na: &x %s\nb: [%s]\n"
            .formatted(LONG.substring(0, 500), "*x, ".repeat(50))
            .repeat(Math.ceilDiv(times, 50))),
    DOCUMENTS_OF_SMALL(times ->
        "---\na: &x [b]\nc: [%s]\n".formatted("*x, ".repeat(50)).repeat(Math.ceilDiv(times, 50)));

    private final IntFunction<String> text;

    Repeated(IntFunction<String> text) {
      this.text = text;
    }
  }

  @ParameterizedTest
  @EnumSource
  void noMoreIsBuiltThanThereIsRoomFor(Repeated repeated) throws Malformed {
    assertThat(YamlDocuments.read(repeated.text.apply(1))).isNotEmpty();
    var refused = false;
    for (int times = 1; times <= 1 << 14; times *= 2) {
      var text = repeated.text.apply(times);
      try {
        var built = YamlDocuments.read(text).stream().map(one -> (JsonNode) one.content()).toList();
        assertThat(signs(built)).isLessThanOrEqualTo(text.length() + ROOM_OF_SIGNS);
        assertThat(nodes(built)).isLessThanOrEqualTo(text.length() + ROOM_OF_NODES);
        assertThat(refused).isFalse();
      } catch (Malformed wrong) {
        assertThat(wrong.what()).isEqualTo("expands to too much");
        assertThat(wrong.line()).isPositive();
        refused = true;
      }
    }
    assertThat(refused).isTrue();
  }

  /// Anchors end with their document, and what each of them makes of its own is counted together.
  @Test
  void allDocumentsShareOneRoom() throws Malformed {
    var document = "---\na: &x %s\nb: [%s]\n".formatted(LONG.substring(0, 1_000), "*x, ".repeat(2));
    assertThat(YamlDocuments.read(document.repeat(YamlDocuments.MOST))).hasSize(YamlDocuments.MOST);

    var more = "---\na: &x %s\nb: [%s]\n".formatted(LONG.substring(0, 1_000), "*x, ".repeat(3));
    assertThat(lineOf(more.repeat(YamlDocuments.MOST))).isGreaterThan(900);
  }

  @Test
  void theLineIsTheOneThatStandsThereTooOften() {
    assertThat(lineOf("a: b\nc: &x " + LONG + "\nd: [" + "*x, ".repeat(200) + "]\n")).isEqualTo(2);
  }

  private static int lineOf(String text) {
    var wrong = catchThrowableOfType(Malformed.class, () -> YamlDocuments.read(text));
    assertThat(wrong.what()).isEqualTo("expands to too much");
    return wrong.line();
  }

  /// Of all names and values.
  private static long signs(List<JsonNode> nodes) {
    return nodes.stream()
        .mapToLong(node ->
            node.asText().length()
                + node.propertyStream().mapToLong(one -> one.getKey().length()).sum()
                + signs(node.valueStream().toList()))
        .sum();
  }

  private static long nodes(List<JsonNode> nodes) {
    return nodes.stream().mapToLong(node -> 1 + nodes(node.valueStream().toList())).sum();
  }
}
