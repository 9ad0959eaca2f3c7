import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/// The packages of npm whose code is in the page, as its build has listed them in the jar.
class Page {

  static List<Component> packages(Path jar, Path lockFile) throws IOException {
    var json = JsonMapper.builder().build();
    var locked = json.readTree(lockFile.toFile()).path("packages");
    var packages = new ArrayList<Component>();
    try (var zip = new ZipFile(jar.toFile())) {
      var list = zip.getEntry("webui/licenses.json");
      if (list == null) {
        throw new IllegalStateException(jar + " holds no page: build it without -Dwebui.skip");
      }
      for (var one : json.readTree(zip.getInputStream(list))) {
        String name = one.path("name").asText(), version = one.path("version").asText();
        var lock = locked.path("node_modules/" + name);
        if (!lock.path("version").asText().equals(version)) {
          throw new IllegalStateException("The page holds " + name + " " + version + ", which its lock file does not name: build it again");
        }
        packages.add(
            Component.of("library", "", name, version)
                .licensed(one.path("identifier").asText())
                .at("pkg:npm/" + name.replace("@", "%40") + "@" + version)
                .hashed(Hash.locked(lock.path("integrity").asText())));
      }
    }
    return packages;
  }
}
