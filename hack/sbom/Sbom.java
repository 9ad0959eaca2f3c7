import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Writes the bills of materials of a release, in CycloneDX: of the page, of the jar with the page in it, and of the
/// image with the jar's parts in it. The same inputs give the same bytes, so there is no serial number, and the time is
/// that of the commit. What is in the product and nobody can name ends it.
class Sbom {

  private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public static void main(String[] args) throws IOException {
    if (args.length != 6) {
      System.err.println("Usage: Sbom.java VERSION TIME ARCHITECTURE JAR IMAGE-ROOT OUTPUT, from the top of a checkout");
      System.exit(2);
    }
    String version = args[0], time = args[1], architecture = args[2];
    Path jar = Path.of(args[3]), root = Path.of(args[4]), output = Path.of(args[5]);
    var built = JSON.readTree(Path.of("operator/target/libraries.cdx.json").toFile());
    var product = Component.of("application", "dev.llmconfig", "llm-config-operator", version)
        .licensed("Apache-2.0")
        .at("pkg:maven/dev.llmconfig/llm-config-operator@" + version)
        .hashed(Hash.sha256(jar));

    var page = Page.packages(jar, Path.of("operator/src/main/webui/package-lock.json"));
    write(output, "playground", time, Component.of("application", "", "llm-config-playground", version), page, List.of());

    var libraries = new Libraries(built.path("components"));
    write(output, "jar", time, product, join(libraries.in(Path.of("operator/target/image/lib")), page), dependencies(built));

    var image = Component.of("container", "", "llm-config-operator", version)
        .at("pkg:oci/llm-config-operator?arch=" + architecture + "&tag=" + version);
    var parts = join(libraries.in(root.resolve("app/lib"), root.resolve("app")), page);
    parts.add(product.hashed(Hash.sha256(root.resolve("app/llm-config-operator.jar"))));
    parts.addAll(new Natives(root, architecture, Path.of("operator/src/main/image/inputs.lock")).components());
    write(output, "image-" + architecture, time, image, parts, dependencies(built));
  }

  private static List<Component> join(List<Component> some, List<Component> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static List<JsonNode> dependencies(JsonNode built) {
    return built.path("dependencies").valueStream().toList();
  }

  private static void write(
      Path folder, String name, String time, Component of, List<Component> parts, List<JsonNode> dependencies)
      throws IOException {
    var bom = JSON.createObjectNode();
    bom.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
    var metadata = bom.putObject("metadata").put("timestamp", time);
    metadata.set("component", of.json());
    var components = bom.putArray("components");
    parts.stream().sorted(Comparator.comparing(Component::reference)).map(Component::json).forEach(components::add);
    bom.putArray("dependencies").addAll(dependencies);
    Files.writeString(folder.resolve("llm-config-operator-" + name + ".cdx.json"), JSON.writeValueAsString(bom) + "\n");
  }
}
