package dev.llmconfig.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Values that go together, and what is expected of them.
record ValueSet(String name, JsonNode values, List<String> expectations) {

  private static final Path FILE = Path.of("src/test/resources/install/value-sets.yaml");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// With the names of this release, its namespace and two others in place of F, H, A and B, and
  /// that of the product in place of APP.
  static List<ValueSet> all(Map<String, String> names) {
    return StreamSupport.stream(Yaml.read(FILE).spliterator(), false)
        .map(one ->
            new ValueSet(
                one.path("name").asText(),
                Yaml.documents(named(Yaml.write(one.path("values")), names)).stream()
                    .findFirst()
                    .orElse(JSON.createObjectNode()),
                StreamSupport.stream(one.path("expect").spliterator(), false)
                    .map(line -> named(line.asText(), names))
                    .toList()))
        .toList();
  }

  private static String named(String text, Map<String, String> names) {
    return Pattern.compile("\\b(?:[ABFH]|APP)\\b")
        .matcher(text)
        .replaceAll(match -> names.getOrDefault(match.group(), match.group()));
  }

  /// What is not as expected, in sentences.
  List<String> unmet(List<JsonNode> objects) {
    return expectations.stream().flatMap(line -> unmet(line, objects).stream()).toList();
  }

  private static Optional<String> unmet(String line, List<JsonNode> objects) {
    var words = line.split(" ", 3);
    var unwanted = words[0].startsWith("!");
    var found =
        objects.stream().filter(one -> id(one).equals(words[0].replace("!", ""))).findFirst();
    if (unwanted || found.isEmpty() || words.length == 1) {
      return found.isPresent() == unwanted
          ? Optional.of(line + ": it is not so")
          : Optional.empty();
    }
    var there = found.get().at(words[1]);
    var text = there.isMissingNode() ? "-" : there.asText();
    return text.equals(unquoted(words[2]))
        ? Optional.empty()
        : Optional.of(line + ": it is " + text);
  }

  static String id(JsonNode object) {
    return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
  }

  private static String unquoted(String word) {
    try {
      return word.startsWith("\"") ? JSON.readValue(word, String.class) : word;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The paths of all values that are set, such as `image.tag`: those of `leaves`, as far as they
  /// are set here.
  Set<String> set(Set<String> leaves) {
    return leaves.stream()
        .filter(leaf -> !values.at("/" + leaf.replace('.', '/')).isMissingNode())
        .filter(leaf -> !values.at("/" + leaf.replace('.', '/')).isNull())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
