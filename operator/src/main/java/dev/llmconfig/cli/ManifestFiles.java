package dev.llmconfig.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.impact.Kinds;
import dev.llmconfig.impact.Preview;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// Manifests as `kubectl apply -f` takes them. Nothing of their content is repeated in an error: a
/// Secret may be among them.
final class ManifestFiles {

  private static final String STDIN = "-";
  private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json)");
  private static final YAMLMapper YAML = new YAMLMapper();

  private final Shell shell;
  private final String namespace;
  private final List<String> problems = new ArrayList<>();

  /// @param namespace of objects that name none
  ManifestFiles(Shell shell, String namespace) {
    this.shell = shell;
    this.namespace = namespace;
  }

  /// Of a directory, without what is wrong in it, which the problems tell.
  List<ObjectNode> readable(Path directory) {
    return of(directory.toString(), 1).toList();
  }

  /// What was wrong with what was read so far, as sentences.
  List<String> problems() {
    return List.copyOf(problems);
  }

  /// Of all that can make a difference, in the order of the files.
  List<ObjectNode> all(List<String> names) {
    var found = new ArrayList<ObjectNode>();
    for (int at = 0; at < names.size(); at++) {
      var name = names.get(at);
      (name.equals(STDIN) ? stdin() : of(name, at + 1)).forEach(found::add);
    }
    if (!problems.isEmpty()) {
      throw Refusal.of(PlanCommand.FAILED, String.join(" ", problems));
    }
    return found;
  }

  private Stream<ObjectNode> stdin() {
    try {
      return objects("standard input", shell.in().readAllBytes());
    } catch (IOException _) {
      problems.add("Standard input cannot be read.");
      return Stream.empty();
    }
  }

  /// What was typed is not repeated where it names nothing: it may be a key in the wrong place.
  ///
  /// @param number of the file among those that were named
  private Stream<ObjectNode> of(String name, int number) {
    try (var below = Files.walk(Path.of(name))) {
      return below
          .filter(Files::isRegularFile)
          .filter(file ->
              file.equals(Path.of(name))
                  || MANIFEST.matcher(file.toString().toLowerCase(Locale.ROOT)).matches())
          .sorted()
          .flatMap(this::file)
          .toList()
          .stream();
    } catch (IOException | IllegalArgumentException | UncheckedIOException _) {
      problems.add("What is named as file %d cannot be read; correct the path.".formatted(number));
      return Stream.empty();
    }
  }

  private Stream<ObjectNode> file(Path file) {
    try {
      return objects(file.toString(), Files.readAllBytes(file));
    } catch (IOException _) {
      problems.add("%s cannot be read.".formatted(file));
      return Stream.empty();
    }
  }

  private Stream<ObjectNode> objects(String where, byte[] content) {
    try (var documents =
        YAML.readerFor(JsonNode.class)
            .<JsonNode>readValues(new String(content, StandardCharsets.UTF_8))) {
      return documents.readAll().stream().flatMap(one -> one(where, one)).toList().stream();
    } catch (JsonProcessingException wrong) {
      problems.add("%s is no YAML%s; correct it.".formatted(where, line(wrong)));
    } catch (IOException | RuntimeException _) {
      problems.add("%s is no YAML; correct it.".formatted(where));
    }
    return Stream.empty();
  }

  /// Jackson's own location is that of the last thing that it understood.
  private static String line(JsonProcessingException wrong) {
    if (wrong.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return " (line %d)".formatted(marked.getProblemMark().getLine() + 1);
    }
    var at = wrong.getLocation();
    return at == null ? "" : " (line %d)".formatted(at.getLineNr());
  }

  private Stream<ObjectNode> one(String where, JsonNode document) {
    if (document.path("kind").asText().endsWith("List") && document.has("items")) {
      return document.path("items").valueStream().flatMap(item -> one(where, item));
    }
    if (document.isNull() || document.isMissingNode()) {
      return Stream.empty();
    }
    if (!(document instanceof ObjectNode object)
        || !document.has("apiVersion")
        || !document.has("kind")) {
      problems.add("%s holds something without apiVersion and kind.".formatted(where));
      return Stream.empty();
    }
    if (!Kinds.matter(object)) {
      return Stream.empty();
    }
    var meta = object.withObjectProperty("metadata");
    if (meta.path("name").asText().isEmpty()) {
      problems.add("%s holds a %s without a name.".formatted(where, object.path("kind").asText()));
      return Stream.empty();
    }
    if (meta.path("namespace").asText().isEmpty()) {
      meta.put("namespace", namespace);
    }
    if (!Preview.reads(object)) {
      problems.add(
          "%s holds %s %s, which cannot be read as one; `kubectl apply --dry-run=server` says why."
              .formatted(where, object.path("kind").asText(), meta.path("name").asText()));
      return Stream.empty();
    }
    return Stream.of(object);
  }
}
