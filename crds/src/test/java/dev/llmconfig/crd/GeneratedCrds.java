package dev.llmconfig.crd;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;

/// The CRDs as beans and post-processor make them.
final class GeneratedCrds {

  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(ApiKeyConfig.class, ModelConfig.class);

  private static final String HEADER =
      "# Generated from the Java types; -Dcrds.update=true on their tests writes it anew.\n";

  /// Not the generator's own writer, which either quotes everything or leaves a `True` that is a
  /// word without its quotes.
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  /// The tests run in the folder of the module, where the committed files are.
  static Path committed(Class<? extends CustomResource<?, ?>> kind) {
    return Path.of(CustomResource.getCRDName(kind) + ".yaml");
  }

  static String yaml(Class<? extends CustomResource<?, ?>> kind, long revision) {
    var written = new ByteArrayOutputStream();
    new CRDGenerator()
        .customResourceClasses(List.<Class<? extends HasMetadata>>of(kind))
        .forCRDVersions("v1")
        .withPostProcessor(new CrdPostProcessor(revision))
        .withOutput(new InMemory(written))
        .detailedGenerate();
    var tree = Serialization.unmarshal(written.toString(UTF_8), ObjectNode.class);
    wholeNumbers(tree);
    try {
      return HEADER + YAML.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static CustomResourceDefinition parse(String yaml) {
    return Serialization.unmarshal(yaml, CustomResourceDefinition.class);
  }

  /// The API server answers `1` for `1.0`, and a GitOps tool takes that for a difference.
  private static void wholeNumbers(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (var field : object.properties()) {
        if (field.getValue().isDouble() && field.getValue().doubleValue() % 1 == 0) {
          field.setValue(LongNode.valueOf(field.getValue().longValue()));
        }
      }
    }
    node.forEach(GeneratedCrds::wholeNumbers);
  }

  private record InMemory(ByteArrayOutputStream written)
      implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {

    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return written;
    }

    @Override
    public void close() {}
  }

  private GeneratedCrds() {}
}
