package dev.llmconfig.store;

import static dev.llmconfig.store.ConfigStoreContract.CANARY;
import static dev.llmconfig.store.ConfigStoreContract.NO_KEY;
import static dev.llmconfig.store.ConfigStoreContract.typed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the schemas refuse in a cluster is refused without one, too: the files that the schemas are
/// tested with, saved here.
class LocalRulesTest {

  private static final Path CORPUS = Path.of("../crds/src/test/resources/corpus");
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  @TempDir Path folder;

  @Test
  void whatTheSchemasRefuseIsRefused() throws IOException {
    var saved = new ArrayList<String>();
    var tried = 0;
    try (var world = new LocalWorld(folder)) {
      for (var file : files("invalid-")) {
        var tree = YAML.readTree(Files.readString(file));
        if (!tree.has("before")) {
          tried++;
          if (!(saved(world, file, tree.path("resource")) instanceof Outcome.Invalid)) {
            saved.add(file.getFileName().toString());
          }
        }
      }
      assertThat(saved).isEmpty();
      assertThat(tried).isGreaterThan(150);
    }
  }

  @Test
  void whatTheSchemasTakeIsTaken() throws IOException {
    var refused = new ArrayList<String>();
    var tried = 0;
    try (var world = new LocalWorld(folder)) {
      for (var file : files("valid-")) {
        var text = Files.readString(file);
        if (!text.contains("sealedKey") && !text.contains("caRef")) {
          tried++;
          var outcome = saved(world, file, YAML.readTree(text));
          if (!(outcome instanceof Outcome.Previewed)) {
            refused.add(file.getFileName() + " " + outcome);
          }
        }
      }
    }
    assertThat(refused).isEmpty();
    assertThat(tried).isGreaterThan(30);
  }

  /// Keys that are in Secrets there are sent here.
  private static Outcome saved(LocalWorld world, Path file, JsonNode resource) {
    var spec =
        resource.path("spec") instanceof ObjectNode given ? given.deepCopy() : Specs.of("{}");
    var name = Optional.of(resource.at("/metadata/name").asText());
    if (resource.path("kind").asText().equals("ModelConfig")) {
      return world
          .store()
          .createModel(world.editor(), new ModelDraft("default", name, spec), Manner.DRY_RUN);
    }
    var key = NO_KEY;
    if (spec.has("secretRef") && !file.getFileName().toString().startsWith("invalid-s")) {
      spec.remove("secretRef");
      key = typed(CANARY);
    }
    return world
        .store()
        .createKey(
            world.editor(),
            new KeyDraft("default", name, spec, Optional.empty(), false),
            key,
            Manner.DRY_RUN);
  }

  private static List<Path> files(String prefix) throws IOException {
    try (var files = Files.walk(CORPUS)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }
}
