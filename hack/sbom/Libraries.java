import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The libraries of the jar, as Maven knows them, found again as files.
class Libraries {

  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]*)");

  private final Map<String, Component> byFile = new TreeMap<>();

  Libraries(JsonNode built) {
    for (var one : built) {
      byFile.put(file(one), Component.of(one));
    }
  }

  private static String file(JsonNode built) {
    var classifier = CLASSIFIER.matcher(built.path("purl").asText());
    return built.path("name").asText()
        + "-"
        + built.path("version").asText()
        + (classifier.find() ? "-" + classifier.group(1) : "")
        + ".jar";
  }

  /// Each with the hash of the file that is there; both know the same ones, or nothing is written.
  List<Component> in(Path... folders) throws IOException {
    var missing = new TreeMap<>(byFile);
    var found = new ArrayList<Component>();
    for (var folder : folders) {
      try (var files = Files.list(folder)) {
        for (var jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
          var name = jar.getFileName().toString();
          if (name.equals("llm-config-operator.jar")) {
            continue;
          }
          var key = name.equals("llm-config-crds.jar") ? ours(missing) : name;
          var known = missing.remove(key);
          if (known == null) {
            throw new IllegalStateException(name + " is in " + folder + ", and Maven knows no such library: run 'make build' again");
          }
          found.add(known.hashed(Hash.sha256(jar)));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("Maven knows " + missing.keySet() + ", and no such file is there: run 'make build' again");
    }
    return found;
  }

  /// The one that the image gives a name without a version.
  private static String ours(Map<String, Component> all) {
    return all.keySet().stream().filter(file -> file.startsWith("llm-config-crds-")).findFirst().orElse("llm-config-crds.jar");
  }
}
