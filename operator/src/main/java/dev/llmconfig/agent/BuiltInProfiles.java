package dev.llmconfig.agent;

import dev.llmconfig.domain.Validated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The profiles in our own jar: one file each, and nothing else to be kept in step with them. A
/// file `<id>.yaml` is version 1; a change to a released profile is a file `<id>@2.yaml` beside it.
final class BuiltInProfiles {

  static final String FOLDER = "profiles";

  private BuiltInProfiles() {}

  static List<Profile> load() {
    var profiles = new ArrayList<Profile>();
    files()
        .forEach((file, text) -> {
          // They are part of the program: a broken one is a bug, and a test reads them all.
          switch (ProfileReader.read(file, text, Profile.Origin.BuiltIn, _ -> Optional.empty())) {
            case Validated.Valid<Profile>(var profile) -> profiles.add(profile);
            case Validated.Invalid<Profile>(var problems) ->
                throw new IllegalStateException("built-in profile: " + problems.getFirst());
          }
        });
    return List.copyOf(profiles);
  }

  /// The text of each, by the name of its file.
  static Map<String, String> files() {
    URL one = Objects.requireNonNull(BuiltInProfiles.class.getResource(FOLDER + "/openai.yaml"));
    try {
      return beside(one.toURI());
    } catch (IOException broken) {
      throw new UncheckedIOException("our own profiles cannot be read", broken);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("the address of a resource is no URI", impossible);
    }
  }

  /// All in the folder of this one, which is on disk or in a jar.
  static Map<String, String> beside(URI file) throws IOException {
    if (!"jar".equals(file.getScheme())) {
      return texts(Objects.requireNonNull(Path.of(file).getParent()));
    }
    String[] jarAndEntry = file.getRawSchemeSpecificPart().split("!/", 2);
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(URI.create(jarAndEntry[0])))) {
      return texts(Objects.requireNonNull(jar.getPath(jarAndEntry[1]).getParent()));
    }
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      var texts = new TreeMap<String, String>();
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".yaml")) {
          texts.put(name, Files.readString(file, StandardCharsets.UTF_8));
        }
      }
      return texts;
    }
  }
}
