package dev.llmconfig.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.agent.AgentFiles;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.agent.KeyRef;
import dev.llmconfig.agent.KubernetesEnv;
import dev.llmconfig.agent.Profile;
import dev.llmconfig.agent.Rendering;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.domain.EffectiveParameters;
import dev.llmconfig.domain.ParameterNote;
import dev.llmconfig.domain.ParameterOutcome;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `llmconfig env` prints.
record EnvOutput(
    Profile profile,
    DeliveryMode mode,
    Rendering.Rendered rendered,
    AgentFiles files,
    EffectiveParameters effective) {

  enum Format {
    /// One `NAME=value` a line, as the agent's process sees it.
    ENV,
    YAML,
    JSON;

    static Optional<Format> of(String word, Consumer<String> problems) {
      Optional<Format> format =
          Stream.of(values())
              .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
              .findFirst();
      if (format.isEmpty()) {
        problems.accept("--output must be one of env, yaml, json.");
      }
      return format;
    }
  }

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  String in(Format format) {
    return switch (format) {
      case ENV -> mode == DeliveryMode.File ? files.environment() : lines();
      case YAML -> written(YAML);
      case JSON -> written(JSON) + System.lineSeparator();
    };
  }

  /// What a person should know, one sentence each.
  List<String> warnings() {
    return messages().map(Message::sentence).toList();
  }

  private record Message(String reason, String sentence) {}

  private Stream<Message> messages() {
    Stream<Message> changed =
        effective.outcomes().stream()
            .map(outcome -> new Message(word(outcome), outcome.sentence()));
    // The files hold what a variable cannot say.
    Stream<Message> lost =
        mode == DeliveryMode.File
            ? Stream.empty()
            : rendered.notCarried().stream()
                .map(one -> new Message("NotCarriedByProfile", one.sentence()));
    Stream<Message> notes =
        Stream.concat(
            effective.notes().stream().map(note -> new Message(word(note), note.sentence())),
            rendered.notes().stream()
                .map(note -> new Message(note.reason().name(), note.sentence())));
    return Stream.of(changed, lost, notes).flatMap(found -> found);
  }

  private static String word(ParameterOutcome outcome) {
    return switch (outcome) {
      case ParameterOutcome.Dropped _ -> "Dropped";
      case ParameterOutcome.Changed _ -> "Clamped";
    };
  }

  private static String word(ParameterNote note) {
    return note.reason().name();
  }

  private String lines() {
    return rendered.entries().stream()
        .map(entry ->
            switch (entry.value()) {
              case Entry.Literal(var text) -> entry.name() + "=" + text + "\n";
              case Entry.Key(var ref) ->
                  "%s=secretKeyRef:%s/%s%n".formatted(entry.name(), ref.secret(), KeyRef.DATA_KEY);
            })
        .collect(Collectors.joining());
  }

  private String written(ObjectMapper mapper) {
    try {
      return mapper.writeValueAsString(document());
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }

  private ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("profile", profile.label());
    document.put("mode", mode.name());
    switch (mode) {
      case Env, Gateway ->
          document.set("env", JSON.valueToTree(KubernetesEnv.of(rendered.entries())));
      case EnvFrom -> document.set("secretData", secretData());
      case File -> document.set("files", fileSet());
      case None -> {}
    }
    ArrayNode notes = document.putArray("notes");
    messages()
        .forEach(message ->
            notes.addObject().put("reason", message.reason()).put("message", message.sentence()));
    return document;
  }

  /// Not escaped, because Kubernetes expands nothing in `envFrom`.
  private ObjectNode secretData() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    for (Entry entry : rendered.entries()) {
      switch (entry.value()) {
        case Entry.Literal(var text) -> data.put(entry.name(), text);
        case Entry.Key(var ref) -> data.set(entry.name(), reference(ref));
      }
    }
    return data;
  }

  private ObjectNode fileSet() {
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    set.put("mountPath", files.mountPath());
    files.key().ifPresent(ref -> set.set(KeyRef.DATA_KEY, reference(ref)));
    ObjectNode contents = set.putObject("contents");
    files.contents().forEach(contents::put);
    return set;
  }

  private static ObjectNode reference(KeyRef ref) {
    ObjectNode reference = JsonNodeFactory.instance.objectNode();
    reference.putObject("secretKeyRef").put("name", ref.secret()).put("key", KeyRef.DATA_KEY);
    return reference;
  }
}
