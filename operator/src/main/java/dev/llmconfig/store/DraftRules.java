package dev.llmconfig.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.stream.Collectors;

/// Specs that nobody has saved, held against the rules of the operator.
final class DraftRules {

  /// A field that nobody knows is a typing error here, where a watch skips it.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .annotationIntrospector(new Strict())
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private static final class Strict extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated annotated) {
      return JsonIgnoreProperties.Value.empty();
    }
  }

  private DraftRules() {}

  /// All that is wrong with one; none where nothing is.
  static List<Flaw> flaws(Ref model, ObjectNode spec) {
    var config = new ModelConfig();
    config.setMetadata(
        new ObjectMetaBuilder().withNamespace(model.namespace()).withName(model.name()).build());
    try {
      config.setSpec(JSON.treeToValue(spec, ModelConfigSpec.class));
    } catch (UnrecognizedPropertyException unknown) {
      return List.of(
          new Flaw(
              path(unknown),
              Flaw.Reason.UnknownField,
              "There is no field %s.".formatted(path(unknown))));
    } catch (JsonMappingException unfit) {
      return List.of(
          Flaw.invalid(path(unfit), "%s has another type of value.".formatted(path(unfit))));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree can be read", impossible);
    }
    return switch (Parsing.model(config)) {
      case Validated.Valid<ModelSettings> _ -> List.of();
      case Validated.Invalid<ModelSettings>(var problems) ->
          problems.stream().map(Flaw::of).toList();
    };
  }

  private static String path(JsonMappingException problem) {
    return problem.getPath().stream()
        .map(step ->
            step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^[.]", "");
  }
}
