package dev.llmconfig.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.cli.Reference;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The values of the chart on `docs/reference/configuration.md`: what `values.yaml` says of each,
/// with its default, and what `values.schema.json` takes.
class ValuesReferenceTest {

  private static final Path CHART = Document.root().resolve("helm/llm-config-operator");
  private static final Pattern LINE = Pattern.compile("(?<indent> *)\"?(?<key>[\\w-]+)\"?:.*");

  private final String text = Files.readString(CHART.resolve("values.yaml"));
  private final JsonNode values = Serialization.unmarshal(text, JsonNode.class);
  private final JsonNode schema =
      JsonMapper.builder().build().readTree(CHART.resolve("values.schema.json").toFile());

  ValuesReferenceTest() throws IOException {}

  /// A key, and the comment above it.
  private record Value(String pointer, String comment) {

    boolean holds(Value other) {
      return other.pointer.startsWith(pointer + "/");
    }
  }

  @Test
  void everyValueIsOnThePage() {
    var all = new ArrayList<Value>();
    for (var value : values()) {
      // What is below a value that was explained belongs to it.
      if (!value.comment.isEmpty() && all.stream().noneMatch(known -> known.holds(value))) {
        all.add(value);
      }
    }
    assertThat(leaves("", values))
        .allSatisfy(leaf ->
            assertThat(all)
                .anyMatch(value -> value.pointer.equals(leaf) || value.holds(new Value(leaf, ""))));

    Reference.expect(
        Reference.page("configuration.md"),
        "values",
        all.stream()
            .map(this::row)
            .collect(
                Collectors.joining(
                    "", "\n| value | type | default | what it is |\n|---|---|---|---|\n", "\n")));
  }

  @Test
  void whatDoesNotGoTogetherIsOnThePage() {
    var sentences =
        schema.findValues("required").stream()
            .flatMap(required -> StreamSupport.stream(required.spliterator(), false))
            .map(JsonNode::asText)
            .filter(name -> name.contains(" "))
            .distinct()
            .map(sentence -> "- " + sentence + ".\n")
            .toList();
    assertThat(sentences).hasSizeGreaterThan(4);

    Reference.expect(
        Reference.page("configuration.md"), "refusals", "\n" + String.join("", sentences) + "\n");
  }

  private List<Value> values() {
    var found = new ArrayList<Value>();
    Deque<Integer> indents = new ArrayDeque<>();
    Deque<String> keys = new ArrayDeque<>();
    var comment = new StringBuilder();
    for (var line : text.lines().toList()) {
      var key = LINE.matcher(line);
      if (line.strip().startsWith("#")) {
        comment.append(comment.isEmpty() ? "" : " ").append(line.strip().substring(1).strip());
      } else if (key.matches()) {
        var indent = key.group("indent").length();
        while (!indents.isEmpty() && indents.getLast() >= indent) {
          indents.removeLast();
          keys.removeLast();
        }
        indents.addLast(indent);
        keys.addLast(key.group("key"));
        found.add(new Value("/" + String.join("/", keys), comment.toString()));
        comment.setLength(0);
      } else {
        comment.setLength(0);
      }
    }
    return found;
  }

  private String row(Value value) {
    var node = values.at(value.pointer);
    assertThat(node.isMissingNode()).as(value.pointer).isFalse();
    return "| `%s` | %s | `%s` | %s |\n"
        .formatted(
            value.pointer.substring(1).replace('/', '.'),
            type(value.pointer),
            node.toString().replace("|", "\\|"),
            Reference.cell(value.comment));
  }

  private String type(String pointer) {
    var node = schema;
    for (var name : pointer.substring(1).split("/", -1)) {
      node = resolved(resolved(node).path("properties").path(name));
    }
    assertThat(node.isMissingNode()).as(pointer).isFalse();
    if (node.has("enum")) {
      return StreamSupport.stream(node.path("enum").spliterator(), false)
          .map(one -> "`" + one.asText() + "`")
          .collect(Collectors.joining(", "));
    }
    if (!node.has("type")) {
      return values.at(pointer).getNodeType().name().toLowerCase(Locale.ROOT);
    }
    var type = node.path("type");
    return (type.isArray() ? StreamSupport.stream(type.spliterator(), false) : Stream.of(type))
        .map(JsonNode::asText)
        .map(one -> one.equals("array") ? "list" : one.equals("string") ? "text" : one)
        .collect(Collectors.joining(" or "));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? schema.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static List<String> leaves(String pointer, JsonNode node) {
    return node.isObject() && !node.isEmpty()
        ? node.properties().stream()
            .flatMap(one -> leaves(pointer + "/" + one.getKey(), one.getValue()).stream())
            .toList()
        : List.of(pointer);
  }
}
