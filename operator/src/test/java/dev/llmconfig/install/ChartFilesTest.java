package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartFilesTest {

  private static final Path CRDS = Path.of("../crds");
  private static final Path COPIES = Chart.FILES.resolve("files/crds");

  /// With `-Dcrds.update=true` they are copied.
  @Test
  void crdsAreThoseOfTheRelease() throws IOException {
    var names = names(CRDS);
    if (Boolean.getBoolean("crds.update")) {
      for (var name : names) {
        Files.writeString(COPIES.resolve(name), Files.readString(CRDS.resolve(name)));
      }
    }
    assertThat(names(COPIES)).isNotEmpty().isEqualTo(names);
    for (var name : names) {
      assertThat(COPIES.resolve(name)).hasSameBinaryContentAs(CRDS.resolve(name));
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void everyValueSaysWhatItIsFor() throws IOException {
    var undocumented = new ArrayList<String>();
    var comment = false;
    for (var line : Files.readAllLines(Chart.FILES.resolve("values.yaml"))) {
      var value = line.matches("\\s*\"?[A-Za-z]+\"?: .*");
      // The children of what is documented as a whole need no words of their own.
      var below =
          line.matches("    (requests|limits): .*|  (runAs|fsGroup|seccomp|allow|readOnly|cap).*");
      if (value && !comment && !below) {
        undocumented.add(line);
      }
      comment = line.strip().startsWith("#");
    }
    assertThat(undocumented).isEmpty();
  }

  @Test
  void everyValueIsInTheSchemaAndNothingElseIs() {
    var schema = Yaml.read(Chart.FILES.resolve("values.schema.json"));
    var known = new TreeSet<String>();
    leaves("", schema.path("properties"), schema, known);

    assertThat(values()).isEqualTo(known);
  }

  private static void leaves(String path, JsonNode properties, JsonNode schema, Set<String> found) {
    for (var property : properties.properties()) {
      var name = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
      var rule = property.getValue();
      var meant = rule.has("$ref") ? schema.at(rule.path("$ref").asText().substring(1)) : rule;
      if (meant.has("properties")) {
        leaves(name, meant.path("properties"), schema, found);
      } else if (!name.equals("global") && !name.equals("proxy.false")) {
        found.add(name);
      }
    }
  }

  /// What is null is empty, so the schema asks for whatever means something else by default.
  @Test
  void noValueMayBeNullThatCannotBeEmpty() {
    asksForWhatCannotBeEmpty(
        "",
        Yaml.read(Chart.FILES.resolve("values.yaml")),
        Yaml.read(Chart.FILES.resolve("values.schema.json")));
  }

  private static void asksForWhatCannotBeEmpty(String path, JsonNode values, JsonNode rule) {
    var asked = rule.at("/anyOf/0/required").valueStream().map(JsonNode::asText);
    var cannotBeEmpty = new TreeSet<String>();
    for (var value : values.properties()) {
      var name = value.getKey();
      var below = rule.path("properties").path(name);
      if (isSection(below) || meansSomethingByDefault(value.getValue())) {
        cannotBeEmpty.add(name);
      }
      if (below.has("properties")) {
        asksForWhatCannotBeEmpty(path + "." + name, value.getValue(), below);
      }
    }
    assertThat(asked).as("of " + path).containsExactlyInAnyOrderElementsOf(cannotBeEmpty);
    if (!cannotBeEmpty.isEmpty()) {
      assertThat(rule.at("/anyOf/1/$ref").asText()).as("of " + path).isEqualTo("#/$defs/unset");
    }
  }

  private static boolean isSection(JsonNode rule) {
    return rule.has("properties") || rule.at("/$ref").asText().endsWith("/container");
  }

  /// Of what is an object one may leave out the whole.
  private static boolean meansSomethingByDefault(JsonNode value) {
    return value.isArray() ? !value.isEmpty() : !value.isObject() && !value.asText().isEmpty();
  }

  @Test
  void everyValueIsSetInSomeTest() {
    var all = values();
    var set = new TreeSet<String>();
    ValueSet.all(Map.of()).forEach(one -> set.addAll(one.set(all)));

    assertThat(set).containsAll(all);
  }

  @Test
  void everyValueIsUsedBySomeTemplate() throws IOException {
    var templates = new StringBuilder();
    try (var files = Files.walk(Chart.FILES.resolve("templates"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        templates.append(Files.readString(file));
      }
    }
    // These say what the schema accepts: there is no gateway yet, and plain http only on purpose.
    var ofTheSchema = List.of("gateway.enabled", "playground.ingress.insecure");
    assertThat(values())
        .filteredOn(value -> !ofTheSchema.contains(value))
        .allSatisfy(value ->
            assertThat(templates)
                .containsPattern("\\." + value.substring(value.lastIndexOf('.') + 1) + "\\b"));
  }

  /// The leaves of values.yaml, where what somebody fills as a whole is one.
  private static Set<String> values() {
    var found = new TreeSet<String>();
    leaves("", Yaml.read(Chart.FILES.resolve("values.yaml")), found);
    return found;
  }

  private static void leaves(String path, JsonNode values, Set<String> found) {
    for (var value : values.properties()) {
      var name = path.isEmpty() ? value.getKey() : path + "." + value.getKey();
      var whole = Stream.of("SecurityContext", ".resources").anyMatch(name::endsWith);
      if (value.getValue().isObject() && !value.getValue().isEmpty() && !whole) {
        leaves(name, value.getValue(), found);
      } else {
        found.add(name);
      }
    }
  }

  @Test
  void nothingInTheChartDependsOnTheClusterOrTheMoment() throws IOException {
    var forbidden =
        List.of(
            "lookup ", "rand", "genCA", "genPrivateKey", "uuidv4", "now ", "now)", ".Capabilities");
    try (var files = Files.walk(Chart.FILES.resolve("templates"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(forbidden);
      }
    }
  }
}
