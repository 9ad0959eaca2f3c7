package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.store.Flaw;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A spec that somebody has sent, read strictly, and then by the door that everything goes through.
/// The operator reads leniently, since one object must not end a watch; here a field that nobody
/// knows is a typing error.
final class SpecReading {

  /// Something that was read, or all that is wrong with it.
  sealed interface Read<T> {
    record Fine<T>(T value) implements Read<T> {}

    record Flawed<T>(List<Flaw> flaws) implements Read<T> {
      public Flawed {
        flaws = List.copyOf(flaws);
      }
    }
  }

  private SpecReading() {}

  static Read<ApiKey> apiKey(Ref ref, ObjectNode spec) {
    var flaws = new ArrayList<Flaw>();
    return bean(spec, ApiKeyConfigSpec.class, flaws)
        .map(read -> {
          var config = new ApiKeyConfig();
          config.setMetadata(
              new ObjectMetaBuilder().withNamespace(ref.namespace()).withName(ref.name()).build());
          config.setSpec(read);
          return judged(Parsing.apiKey(config));
        })
        .orElseGet(() -> new Read.Flawed<>(flaws));
  }

  static Read<ModelSettings> model(Ref ref, ObjectNode spec) {
    var flaws = new ArrayList<Flaw>();
    return bean(spec, ModelConfigSpec.class, flaws)
        .map(read -> {
          var config = new ModelConfig();
          config.setMetadata(
              new ObjectMetaBuilder().withNamespace(ref.namespace()).withName(ref.name()).build());
          config.setSpec(read);
          return judged(Parsing.model(config));
        })
        .orElseGet(() -> new Read.Flawed<>(flaws));
  }

  private static <T> Read<T> judged(Validated<T> validated) {
    return switch (validated) {
      case Validated.Valid<T>(var value) -> new Read.Fine<>(value);
      case Validated.Invalid<T>(var problems) ->
          new Read.Flawed<>(problems.stream().map(Flaw::of).toList());
    };
  }

  private static <T> Optional<T> bean(ObjectNode spec, Class<T> type, List<Flaw> flaws) {
    emptyEntries("spec", spec, flaws);
    if (!flaws.isEmpty()) {
      return Optional.empty();
    }
    try {
      var mapper = strict(flaws);
      var read = mapper.treeToValue(spec, type);
      return flaws.isEmpty() ? Optional.of(read) : Optional.empty();
    } catch (JsonProcessingException other) {
      if (flaws.isEmpty()) {
        var place = place(other);
        flaws.add(
            Flaw.invalid(
                place,
                "%s takes a value of another kind; `kubectl explain %s.%s` tells which."
                    .formatted(
                        place,
                        type.getSimpleName().replaceFirst("Spec$", "").toLowerCase(Locale.ROOT),
                        place.replaceAll("[.]([0-9]+|\\[])", ""))));
      }
      return Optional.empty();
    }
  }

  private static String place(JsonProcessingException wrong) {
    return wrong instanceof JsonMappingException mapping
        ? Gathering.shown(
            mapping.getPath().stream()
                .map(step ->
                    step.getFieldName() == null
                        ? Integer.toString(step.getIndex())
                        : step.getFieldName()))
        : "spec";
  }

  /// A list of nothing in particular is no list; what is free is left alone.
  private static void emptyEntries(String field, JsonNode node, List<Flaw> flaws) {
    node.properties()
        .forEach(one -> {
          if (!one.getKey().equals("extra")) {
            emptyEntries(field, one.getValue(), flaws);
          }
        });
    node.valueStream()
        .filter(_ -> node.isArray())
        .forEach(item -> {
          if (item.isNull()) {
            flaws.add(Flaw.invalid(field, "A list has an empty entry; remove it."));
          } else {
            emptyEntries(field, item, flaws);
          }
        });
  }

  private static JsonMapper strict(List<Flaw> flaws) {
    return JsonMapper.builder()
        .annotationIntrospector(new Strict())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .addHandler(new Gathering(flaws))
        .build();
  }

  /// The types say that a watch skips what it does not know.
  private static final class Strict extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated annotated) {
      return JsonIgnoreProperties.Value.empty();
    }
  }

  private static final class Gathering extends DeserializationProblemHandler {
    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,30}|[0-9]{1,4}");

    private final List<Flaw> flaws;

    Gathering(List<Flaw> flaws) {
      this.flaws = flaws;
    }

    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        @Nullable JsonDeserializer<?> deserializer,
        Object bean,
        String name)
        throws IOException {
      flaws.add(
          new Flaw(
              field(parser),
              Flaw.Reason.UnknownField,
              "There is no such field; the names are those of the reference, in the same case."));
      parser.skipChildren();
      return true;
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
        DeserializationContext context, Class<?> target, String value, String why) {
      return wrong(context.getParser(), target);
    }

    @Override
    public @Nullable Object handleWeirdNumberValue(
        DeserializationContext context, Class<?> target, Number value, String why) {
      return wrong(context.getParser(), target);
    }

    @Override
    public @Nullable Object handleUnexpectedToken(
        DeserializationContext context,
        JavaType target,
        JsonToken token,
        JsonParser parser,
        String why)
        throws IOException {
      var nothing = wrong(parser, target.getRawClass());
      parser.skipChildren();
      return nothing;
    }

    private @Nullable Object wrong(JsonParser parser, Class<?> target) {
      var field = field(parser);
      flaws.add(Flaw.invalid(field, "%s must be %s.".formatted(field, expected(target))));
      return null;
    }

    private static String expected(Class<?> target) {
      if (target.isEnum()) {
        return "one of "
            + Stream.of(target.getEnumConstants())
                .map(one -> ((Enum<?>) one).name())
                .collect(Collectors.joining(", "));
      }
      if (target == Integer.class || target == Long.class) {
        return "a whole number";
      }
      if (Number.class.isAssignableFrom(target)) {
        return "a number";
      }
      if (target == Boolean.class) {
        return "true or false";
      }
      if (target == String.class) {
        return "a text";
      }
      return Collection.class.isAssignableFrom(target) ? "a list" : "an object";
    }

    private static String field(JsonParser parser) {
      return shown(
          Pattern.compile("/")
              .splitAsStream(parser.getParsingContext().pathAsPointer().toString())
              .skip(1));
    }

    /// Only what can be a name of ours is repeated: anything may have been pasted there.
    static String shown(Stream<String> names) {
      return Stream.concat(
              Stream.of("spec"), names.map(name -> NAME.matcher(name).matches() ? name : "[]"))
          .collect(Collectors.joining("."));
    }
  }
}
