package dev.llmconfig.agent;

import dev.llmconfig.domain.Validated;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// The profiles in our own jar: one file each, and nothing else to be kept in step with them. A
/// file `<id>.yaml` is version 1; a change to a released profile is a file `<id>@2.yaml` beside it.
final class BuiltInProfiles {

  private static final String FOLDER = "profiles";
  private static final String ENDING = ".yaml";

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

  /// All in the folder of this one, which is on disk or in a jar. A jar is read without the file
  /// system for archives, which is no part of a small runtime image.
  static Map<String, String> beside(URI file) throws IOException {
    return "jar".equals(file.getScheme())
        ? inJar(file.getRawSchemeSpecificPart().split("!/", 2))
        : inFolder(Objects.requireNonNull(Path.of(file).getParent()));
  }

  private static Map<String, String> inFolder(Path folder) throws IOException {
    var texts = new TreeMap<String, String>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(ENDING)).toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private static Map<String, String> inJar(String[] jarAndEntry) throws IOException {
    String folder = jarAndEntry[1].substring(0, jarAndEntry[1].lastIndexOf('/') + 1);
    var texts = new TreeMap<String, String>();
    try (var jar = new JarFile(Path.of(URI.create(jarAndEntry[0])).toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith(folder) && name.endsWith(ENDING)) {
          try (InputStream content = jar.getInputStream(entry)) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            texts.put(name.substring(folder.length()), text);
          }
        }
      }
    }
    return texts;
  }
}
