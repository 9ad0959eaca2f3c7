package dev.llmconfig.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Images as other people's tools write them, around one static program.
record ImageFile(Path folder, Path program) {

  /// As `docker save` does.
  Path savedByDocker(String name) {
    var layer = layer();
    var config = config(digest(layer));
    write("config.json", config);
    write(
        "manifest.json",
        """
        [{"Config": "config.json", "RepoTags": ["%s"], "Layers": ["layer.tar"]}]
        """
            .formatted(name));
    return tar(folder.resolve("docker.tar"), folder, "manifest.json", "config.json", "layer.tar");
  }

  /// The folder that an OCI image tool leaves, with a name in the form that jib gives to it.
  Path ociLayout(String name) {
    var layer = layer();
    var config = write("config.json", config(digest(layer)));
    var manifest =
        write(
            "manifest.json",
            """
            {"schemaVersion": 2, "config": %s, "layers": [%s]}
            """
                .formatted(
                    descriptor("config.v1+json", config), descriptor("layer.v1.tar", layer)));
    write("layout/oci-layout", "{\"imageLayoutVersion\": \"1.0.0\"}");
    write(
        "layout/index.json",
        """
        {"schemaVersion": 2, "manifests": [%s]}
        """
            .formatted(
                descriptor("manifest.v1+json", manifest)
                    .replaceFirst(
                        "}$",
                        ", \"annotations\": {\"org.opencontainers.image.ref.name\": \""
                            + name
                            + "\"}}")));
    return folder.resolve("layout");
  }

  Path ociArchive(String name) {
    return tar(folder.resolve("oci.tar.gz"), ociLayout(name), "--gzip", ".");
  }

  private Path layer() {
    copy(program, folder.resolve("root/test-agent"));
    return tar(folder.resolve("layer.tar"), folder.resolve("root"), "--mode=0755", ".");
  }

  private static String config(String layer) {
    var architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    return """
    {"architecture": "%s", "os": "linux", "rootfs": {"type": "layers", "diff_ids": ["%s"]},
     "config": {"User": "65532", "Entrypoint": ["/test-agent"]}}
    """
        .formatted(architecture, layer);
  }

  /// Puts the file where its digest says, too.
  private String descriptor(String type, Path file) {
    try {
      var digest = digest(file);
      copy(file, folder.resolve("layout/blobs").resolve(digest.replace(':', '/')));
      return "{\"mediaType\": \"application/vnd.oci.image.%s\", \"digest\": \"%s\", \"size\": %d}"
          .formatted(type, digest, Files.size(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(Path file) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path write(String name, String text) {
    try {
      var file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path tar(Path file, Path folder, String... words) {
    var command = new ArrayList<>(List.of("tar", "--create", "--file", file.toString()));
    command.addAll(List.of("--directory", folder.toString()));
    command.addAll(List.of(words));
    Command.run(command).orFail();
    return file;
  }
}
