package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.Vectors;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What `--yaml` prints goes through `kubectl apply` as it is.
@ExtendWith(ControlPlaneExtension.class)
class PrintedObjectsIT {

  @TempDir private Path folder;

  @BeforeEach
  void install(ControlPlane plane) {
    Crds.install(plane);
  }

  @Test
  void anEncryptedKeyOfEveryProvider(ControlPlane plane) throws IOException {
    StringBuilder all = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (Provider provider : Provider.values()) {
      String name = provider.name().toLowerCase(Locale.ROOT);
      names.add(name);
      all.append(
          provider.defaultEndpoint().isPresent()
              ? encrypted(plane, name, "--provider=" + provider)
              : encrypted(
                  plane, name, "--provider=" + provider, "--endpoint=http://llm.internal:8000/v1"));
    }

    assertThat(applied(all.toString())).contains(created(names));
  }

  @Test
  void namesThatLookLikeSomethingElseOrAreAsLongAsTheyMayBe(ControlPlane plane) throws IOException {
    List<String> names = List.of("1e3", "no", "null", "0x1f", "a.b", "x".repeat(63));
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      all.append(encrypted(plane, name, "--provider=OpenAI"));
    }

    assertThat(applied(all.toString())).contains(created(names));
  }

  @Test
  void theLongestKey(ControlPlane plane) throws IOException {
    String object = object("k".repeat(4096), plane, "encrypt", "long", "--provider=OpenAI");

    assertThat(applied(object)).contains(created(List.of("long")));
  }

  @Test
  void aSealedKey(ControlPlane plane) throws IOException {
    Path certificate = folder.resolve("certificate.pem");
    Files.writeString(certificate, Vectors.read("kubeseal.json").get("certificate").asText());

    String object =
        object(
            "k".repeat(4096),
            plane,
            "seal",
            "sealed",
            "--provider=OpenAI",
            "--cert=" + certificate);

    assertThat(applied(object)).contains(created(List.of("sealed")));
  }

  private static String encrypted(ControlPlane plane, String name, String... options) {
    return object("sk-1", plane, "encrypt", name, options);
  }

  private static String object(
      String key, ControlPlane plane, String command, String name, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(command, "--yaml", "--namespace=" + plane.namespace(), "--name=" + name));
    words.addAll(List.of(options));
    Run run = Run.of(key, words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private String applied(String objects) throws IOException {
    Path file = folder.resolve("objects.yaml");
    Files.writeString(file, objects);
    try (Kubectl kubectl = Kubectl.admin()) {
      return kubectl.run("apply", "--validate=strict", "-f", file.toString());
    }
  }

  private static String[] created(List<String> names) {
    return names.stream()
        .map(name -> "apikeyconfig.llmconfig.dev/" + name + " created")
        .toArray(String[]::new);
  }
}
