package dev.llmconfig.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The one service of a compose file, as an engine reads it with one file of variables.
record Compose(JsonNode all, JsonNode service) {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\$|\\$\\{(?<name>\\w+)(?<otherwise>:[?-][^}]*)?}");

  static Compose read(Path folder, String environment) throws IOException {
    var variables = new TreeMap<>(Map.of("OWNER", "65532:65532"));
    for (var line : Files.readAllLines(folder.resolve(environment + ".env"))) {
      var words = line.split("=", 2);
      variables.put(words[0], words[1]);
    }
    var all =
        new YAMLMapper()
            .readTree(given(Files.readString(folder.resolve("compose.yaml")), variables));
    return new Compose(all, all.path("services").path("llmconfig"));
  }

  private static String given(String text, Map<String, String> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(one -> {
          var name = one.group("name");
          if (name == null) {
            return "\\$";
          }
          var otherwise = one.group("otherwise");
          var value = variables.get(name);
          if (value == null && otherwise != null && otherwise.startsWith(":-")) {
            return otherwise.substring(2);
          }
          if (value == null) {
            throw new AssertionError("No value is given for " + name);
          }
          return value;
        });
  }

  /// Where each place of the container is beside the file.
  Map<String, String> mounts() {
    var mounts = new TreeMap<String, String>();
    for (var volume : service.path("volumes")) {
      mounts.put(volume.path("target").asText(), volume.path("source").asText());
    }
    for (var secret : service.path("secrets")) {
      mounts.put(
          "/run/secrets/" + secret.asText(),
          all.path("secrets").path(secret.asText()).path("file").asText());
    }
    return mounts;
  }

  /// What its process does, as a command of a shell in the folder of the file; of its addresses
  /// only the port is another one.
  String command() {
    return environment().entrySet().stream()
            .map(one -> "%s='%s' ".formatted(one.getKey(), beside(one.getValue())))
            .collect(Collectors.joining())
        + "llmconfig "
        + service
            .path("command")
            .valueStream()
            .map(word -> "'%s'".formatted(argument(word.asText())))
            .collect(Collectors.joining(" "));
  }

  Map<String, String> environment() {
    return service
        .path("environment")
        .propertyStream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().asText()));
  }

  private String argument(String word) {
    var words = word.split("=", 2);
    if (words.length == 1) {
      return word;
    }
    return words[0] + "=" + (words[0].equals("--listen") ? "0.0.0.0:0" : beside(words[1]));
  }

  /// A path has to be one that is mounted: nothing else of the container lasts, or can be written.
  private String beside(String value) {
    if (!value.startsWith("/")) {
      return value;
    }
    var source = mounts().get(value);
    if (source == null) {
      throw new AssertionError(value + " is not mounted");
    }
    return source;
  }
}
