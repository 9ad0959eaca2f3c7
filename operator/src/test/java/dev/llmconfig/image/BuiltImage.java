package dev.llmconfig.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image as `bin/image` has written it, unpacked as a container engine does.
public record BuiltImage(Path tar, Path layout, Path root) {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static @Nullable Path made;

  /// Of the jar that this build has made, once for all tests of a run.
  public static synchronized Path tarOfThisBuild() throws IOException, InterruptedException {
    if (made == null) {
      var folder = Files.createTempDirectory("image");
      var file = folder.resolve("image.tar");
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      run(ROOT.resolve("bin/image").toString(), "--no-build", "--output", file + "");
      made = file;
    }
    return made;
  }

  static BuiltImage unpacked(Path tar, Path folder) throws IOException, InterruptedException {
    var layout = Files.createDirectories(folder.resolve("layout"));
    var root = Files.createDirectories(folder.resolve("root"));
    run("tar", "--extract", "--file", tar + "", "--directory", layout + "");
    var image = new BuiltImage(tar, layout, root);
    for (var layer : image.manifest().get("layers")) {
      run("tar", "--extract", "--gzip", "--file", image.blob(layer) + "", "--directory", root + "");
    }
    return image;
  }

  JsonNode manifest() throws IOException {
    return read(blob(read(layout.resolve("index.json")).get("manifests").get(0)));
  }

  JsonNode configuration() throws IOException {
    return read(blob(manifest().get("config")));
  }

  private Path blob(JsonNode descriptor) {
    return layout.resolve("blobs").resolve(descriptor.get("digest").asText().replace(':', '/'));
  }

  /// The files of all layers, each with the mode that `ls` prints and its owner.
  List<String> files() throws IOException, InterruptedException {
    var files = new ArrayList<String>();
    for (var layer : manifest().get("layers")) {
      run("tar", "--list", "--verbose", "--numeric-owner", "--gzip", "--file", blob(layer) + "")
          .lines()
          .forEach(files::add);
    }
    return files;
  }

  /// Starts it as a pod of ours does: nothing of it can be written but `/tmp` and `/data`.
  ProcessBuilder confined(int user, Path folder, String... arguments)
      throws IOException, InterruptedException {
    for (var mount : List.of("proc", "data")) {
      Files.createDirectories(root.resolve(mount));
    }
    if (!Files.exists(root.resolve("etc/resolv.conf"))) {
      Files.createFile(root.resolve("etc/resolv.conf"));
    }
    var script = ROOT.resolve("operator/src/test/resources/image/confined.sh");
    var words = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
    words.addAll(List.of(script + "", root + "", user + ""));
    for (var name : List.of("tmp", "data")) {
      var writable = Files.createDirectories(folder.resolve(name));
      run("chown", user + ":" + user, writable + "");
      words.add(writable.toString());
    }
    words.addAll(List.of(arguments));
    return new ProcessBuilder(words);
  }

  private static JsonNode read(Path file) throws IOException {
    return JSON.readTree(Files.readString(file));
  }

  private static String run(String... words) throws IOException, InterruptedException {
    var process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", words[0], said).isZero();
    return said;
  }
}
