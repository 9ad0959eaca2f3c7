import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What the image holds beside Java: the runtime, the C library and SQLite, each with every file of machine code of it.
class Natives {

  private final Path root;
  private final String architecture;
  private final Path inputs;

  Natives(Path root, String architecture, Path inputs) {
    this.root = root;
    this.architecture = architecture;
    this.inputs = inputs;
  }

  List<Component> components() throws IOException {
    var pins = pins();
    var files = machineCode();
    String jdk = pins.get("jdk")[1], libc = pins.get("libc6")[1], sqlite = pins.get("sqlite")[1];
    var components =
        List.of(
            Component.of("platform", "", "temurin-jdk", jdk)
                .licensed("GPL-2.0-only WITH Classpath-exception-2.0")
                .at("pkg:generic/temurin-jdk@" + jdk.replace("+", "%2B"))
                .hashed(Hash.sha256(root.resolve("jre/lib/modules")))
                .holding(taken(files, "jre/")),
            Component.of("library", "", "libc6", libc)
                .licensed("LGPL-2.1-or-later")
                .at("pkg:deb/debian/libc6@" + libc.replace("+", "%2B") + "?arch=" + architecture)
                .hashed(new Hash("SHA-256", pins.get("libc6")[2]))
                .holding(taken(files, "lib/", "lib64/")),
            Component.of("library", "", "sqlite", sqlite)
                .licensed("blessing")
                .at("pkg:generic/sqlite@" + sqlite)
                .hashed(new Hash("SHA-256", pins.get("sqlite")[2]))
                .holding(taken(files, "app/native/")));
    if (!files.isEmpty()) {
      throw new IllegalStateException("Nobody knows where " + files + " of the image come from: name them in Natives.java");
    }
    return components;
  }

  /// Name, version and SHA-256 of each input of this architecture.
  private TreeMap<String, String[]> pins() throws IOException {
    var pins = new TreeMap<String, String[]>();
    for (var line : Files.readAllLines(inputs)) {
      var words = line.split("\\s+");
      if (words.length == 3 && words[0].endsWith("-" + architecture)) {
        pins.put(words[0].replace("-" + architecture, ""), words);
      }
    }
    return pins;
  }

  private List<String> machineCode() throws IOException {
    var found = new ArrayList<String>();
    try (var files = Files.walk(root)) {
      for (var file : files.filter(one -> Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)).sorted().toList()) {
        try (var in = Files.newInputStream(file)) {
          if (new String(in.readNBytes(4), "ISO-8859-1").equals("\u007fELF")) {
            found.add(root.relativize(file).toString());
          }
        }
      }
    }
    return found;
  }

  private List<Component> taken(List<String> files, String... folders) throws IOException {
    var taken = new ArrayList<Component>();
    for (var file : List.copyOf(files)) {
      for (var folder : folders) {
        if (file.startsWith(folder)) {
          files.remove(file);
          var hash = Hash.sha256(root.resolve(file));
          taken.add(Component.of("file", "", file, hash.hex().substring(0, 12)).hashed(hash));
        }
      }
    }
    if (taken.isEmpty()) {
      throw new IllegalStateException("The image has no library in " + String.join(", ", folders));
    }
    return taken;
  }
}
