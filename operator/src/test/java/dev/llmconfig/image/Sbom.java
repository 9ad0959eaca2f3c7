package dev.llmconfig.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A bill of materials of a release, and what it can be held against.
record Sbom(JsonNode json) {

  static Sbom read(Path file) throws IOException {
    return new Sbom(JsonMapper.builder().build().readTree(file.toFile()));
  }

  Stream<JsonNode> components() {
    return json.path("components").valueStream();
  }

  Stream<JsonNode> components(String kind) {
    return components().filter(one -> one.path("purl").asText().startsWith("pkg:" + kind + "/"));
  }

  /// Path and hash of each file that is named as a part of something.
  Map<String, String> files() {
    var files = new TreeMap<String, String>();
    components()
        .flatMap(one -> one.path("components").valueStream())
        .forEach(file -> files.put(file.path("name").asText(), hash(file)));
    return files;
  }

  static String hash(JsonNode component) {
    return component.at("/hashes/0/content").asText();
  }

  /// Path and SHA-256 of each such file below a folder.
  static Map<String, String> hashes(Path root, Predicate<Path> wanted) throws IOException {
    var hashes = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.filter(wanted).toList()) {
        hashes.put(root.relativize(file).toString(), sha256(file));
      }
    }
    return hashes;
  }

  static boolean machineCode(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      return HexFormat.of().formatHex(in.readNBytes(4)).equals("7f454c46");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
