package dev.llmconfig.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.domain.Parameter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Settings as files, for agents that read files: neutral names in three notations, the profile's
/// variables in a fourth, and the entries of servicebinding.io. Whatever the API can say is in
/// them, so here no parameter is lost.
///
/// @param mountPath where they are mounted
/// @param contents by file name; none of them holds the key
/// @param key the Secret whose `api-key` is mounted beside them, if there is one
public record AgentFiles(
    String mountPath, SortedMap<String, String> contents, Optional<KeyRef> key) {

  private static final String ENVIRONMENT = "llm.env";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  public AgentFiles {
    contents = Collections.unmodifiableSortedMap(new TreeMap<>(contents));
  }

  /// The files of one ModelConfig for one profile.
  ///
  /// @param entries what the profile renders, for `llm.env`
  public static AgentFiles of(Settings settings, List<Entry> entries, String mountPath) {
    String place = mountPath.replaceAll("/+$", "");
    Optional<KeyRef> key =
        entries.stream()
            .flatMap(entry ->
                entry.value() instanceof Entry.Key(var ref)
                    ? java.util.stream.Stream.of(ref)
                    : java.util.stream.Stream.<KeyRef>empty())
            .findFirst()
            .or(() -> held(settings));
    Optional<String> keyFile = key.map(_ -> place + "/" + KeyRef.DATA_KEY);
    ObjectNode neutral = neutral(settings, keyFile);

    var contents = new TreeMap<String, String>();
    contents.put("llm.json", written(() -> JSON.writeValueAsString(neutral)) + "\n");
    contents.put("llm.yaml", written(() -> YAML.writeValueAsString(neutral)));
    contents.put("llm.properties", properties(neutral));
    contents.put(ENVIRONMENT, environment(entries, place));
    contents.put("type", "llm");
    contents.put("provider", neutral.get("provider").asText());
    contents.put("uri", neutral.get("baseUrl").asText());
    contents.put("model", neutral.get("model").asText());
    return new AgentFiles(place, contents, key);
  }

  /// The profile's variables, for what reads a `.env` file.
  public String environment() {
    return contents.getOrDefault(ENVIRONMENT, "");
  }

  /// A profile without a key entry does not take the key away from who reads files.
  private static Optional<KeyRef> held(Settings settings) {
    return settings.route() instanceof Route.Direct(_, Route.KeyHeld.Held(var ref))
        ? Optional.of(ref)
        : Optional.empty();
  }

  private static ObjectNode neutral(Settings settings, Optional<String> keyFile) {
    var fields = new TreeMap<String, JsonNode>();
    var nodes = JsonNodeFactory.instance;
    fields.put("provider", nodes.textNode(settings.provider().name()));
    fields.put("model", nodes.textNode(settings.model()));
    fields.put("baseUrl", nodes.textNode(baseUrl(settings)));
    keyFile.ifPresent(file -> fields.put("apiKeyFile", nodes.textNode(file)));
    settings
        .parameters()
        .values()
        .forEach((name, value) -> fields.put(name.field(), WireJson.sorted(value.json())));
    settings
        .parameters()
        .reasoningEffort()
        .ifPresent(level ->
            fields.put(
                Parameter.ReasoningEffort.field(),
                nodes.textNode(level.name().toLowerCase(Locale.ROOT))));
    settings
        .traits()
        .contextTokens()
        .ifPresent(tokens -> fields.put("contextTokens", nodes.numberNode(tokens)));
    ObjectNode object = nodes.objectNode();
    fields.forEach(object::set);
    return object;
  }

  private static String baseUrl(Settings settings) {
    return switch (settings.route()) {
      case Route.Direct(var endpoint, _) ->
          Addresses.of(settings.provider(), endpoint).neutral(settings.provider());
      case Route.Gateway(var gateway, _, _) ->
          Addresses.ofGateway(gateway).in(UrlStyle.WithV1, ApiSurface.ChatCompletions);
    };
  }

  /// Java's format: what is outside ASCII is escaped, because older readers take it for Latin-1.
  private static String properties(ObjectNode neutral) {
    var lines = new StringBuilder();
    neutral
        .properties()
        .forEach(field -> {
          if (!field.getKey().equals(Parameter.Extra.field())) {
            String value =
                field.getValue().isValueNode()
                    ? field.getValue().asText()
                    : WireJson.write(field.getValue());
            lines.append(field.getKey()).append('=').append(escapedProperty(value)).append('\n');
          }
        });
    return lines.toString();
  }

  private static String escapedProperty(String value) {
    var escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || (c == ' ' && i == 0)) {
        escaped.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static String environment(List<Entry> entries, String place) {
    var lines = new TreeMap<String, String>();
    for (Entry entry : entries) {
      switch (entry.value()) {
        case Entry.Literal(var text) -> lines.put(entry.name(), DotEnv.quoted(text));
        case Entry.Key _ ->
            lines.put(entry.name() + "_FILE", DotEnv.quoted(place + "/" + KeyRef.DATA_KEY));
      }
    }
    var text = new StringBuilder();
    lines.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return text.toString();
  }

  private interface Writing {
    String write() throws JsonProcessingException;
  }

  private static String written(Writing writing) {
    try {
      return writing.write();
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }
}
