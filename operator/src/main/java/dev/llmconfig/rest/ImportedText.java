package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.store.Imports.Kind;
import dev.llmconfig.store.Imports.Wanted;
import dev.llmconfig.takeover.YamlDocuments;
import dev.llmconfig.takeover.YamlDocuments.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The objects in a text of YAML. What only a server knows of them is left alone, so that what
/// `kubectl get -o yaml` prints can be taken in as well.
final class ImportedText {

  private static final String OURS = ApiGroup.NAME + "/" + ApiGroup.V1ALPHA1;

  private final List<Problem.Field> problems = new ArrayList<>();

  private ImportedText() {}

  /// All that is wrong at once.
  static List<Wanted> read(String yaml) {
    var text = new ImportedText();
    var wanted = text.objects(documents(yaml));
    if (wanted.size() > YamlDocuments.MOST) {
      text.wrong("body", "There are more than %d objects.".formatted(YamlDocuments.MOST));
    }
    text.refuseStrangers(wanted);
    if (!text.problems.isEmpty()) {
      throw Refusal.fields(ProblemReason.Invalid, text.problems);
    }
    return wanted;
  }

  private static List<Document> documents(String yaml) {
    try {
      return YamlDocuments.read(yaml);
    } catch (YamlDocuments.Malformed wrong) {
      throw Refusal.of(
          ProblemReason.MalformedYaml, "Line %d %s.".formatted(wrong.line(), wrong.what()));
    }
  }

  private List<Wanted> objects(List<Document> documents) {
    var wanted = new ArrayList<Wanted>();
    for (var document : documents) {
      var place = "line " + document.line();
      var content = document.content();
      if (content.path("kind").asText().equals("List")) {
        content
            .path("items")
            .forEach(item -> {
              if (item instanceof ObjectNode object) {
                add(place, object, wanted);
              }
            });
      } else {
        add(place, content, wanted);
      }
    }
    return wanted;
  }

  private void add(String place, ObjectNode object, List<Wanted> wanted) {
    var type = object.path("apiVersion").asText() + " " + object.path("kind").asText();
    var meta = object.path("metadata");
    var name = meta.path("name").asText();
    var namespace = meta.path("namespace").asText();
    if (!Door.isNamespace(namespace) || name.isEmpty()) {
      wrong(place, "metadata must have a name and a namespace.");
      return;
    }
    var ref = new Ref(namespace, name);
    if (type.equals("v1 Secret")) {
      wanted.add(new Wanted(place, Kind.Secret, ref, secret(place, object)));
    } else if (type.equals(OURS + " ApiKeyConfig") || type.equals(OURS + " ModelConfig")) {
      if (object.get("spec") instanceof ObjectNode spec) {
        wanted.add(new Wanted(place, Kind.valueOf(object.path("kind").asText()), ref, spec));
      } else {
        wrong(place, "spec is missing.");
      }
    } else {
      wrong(
          place,
          "Only ApiKeyConfig and ModelConfig of %s and Secrets that they name are taken in here."
              .formatted(OURS));
    }
  }

  /// With its data alone, and the word of its owner about where the key may go.
  private ObjectNode secret(String place, ObjectNode object) {
    var content = Wire.object();
    var data = content.putObject("data");
    object.path("data").properties().forEach(one -> data.set(one.getKey(), one.getValue()));
    object
        .path("stringData")
        .properties()
        .forEach(one -> data.put(one.getKey(), encoded(one.getValue())));
    if (!object.path("type").asText("Opaque").equals("Opaque")) {
      wrong(place, "A Secret of another type than Opaque is not taken in here.");
    }
    var allowed = object.at("/metadata/annotations").get(Annotations.ALLOWED_ENDPOINTS);
    if (allowed != null) {
      content
          .putObject("metadata")
          .putObject("annotations")
          .set(Annotations.ALLOWED_ENDPOINTS, allowed);
    }
    return content;
  }

  private static String encoded(JsonNode text) {
    return Base64.getEncoder().encodeToString(text.asText().getBytes(StandardCharsets.UTF_8));
  }

  /// Whoever may create Secrets has other ways to; this one is for keys.
  private void refuseStrangers(List<Wanted> wanted) {
    Set<Ref> named =
        wanted.stream()
            .filter(one -> one.kind() == Kind.ApiKeyConfig)
            .map(one ->
                new Ref(
                    one.ref().namespace(), one.content().path("secretRef").path("name").asText()))
            .collect(Collectors.toSet());
    var seen = new HashSet<String>();
    for (var one : wanted) {
      if (one.kind() == Kind.Secret && !named.contains(one.ref())) {
        wrong(one.place(), "No ApiKeyConfig in this import names this Secret.");
      }
      if (!seen.add(one.toString())) {
        wrong(one.place(), "This object is there twice.");
      }
    }
  }

  private void wrong(String place, String sentence) {
    problems.add(new Problem.Field(place, ProblemReason.Invalid.name(), sentence));
  }
}
