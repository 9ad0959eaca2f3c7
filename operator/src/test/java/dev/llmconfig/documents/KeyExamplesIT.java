package dev.llmconfig.documents;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The examples of keys, done as their pages say, with files and commands unchanged and the real
/// tools: SOPS, kubeseal and its controller, the controller of External Secrets. Of each key it is
/// known where it went. Played are the hosts of the providers, and the vault: External Secrets' own
/// provider for tests.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class KeyExamplesIT {

  static final Set<String> RUN =
      Set.of(
          "plain-secret",
          "sops",
          "external-secrets",
          "sealed-secret",
          "sealed-key",
          "encrypted-key",
          "keyless",
          "own-endpoint");

  private static final String OPENAI = "api.openai.com";
  private static final String FIRST = "sk-put-your-own-key-here";
  private static final String OF_A_FILE = "sk-proj-of-the-file-0123456789";
  private static final String NEW = "sk-proj-new-0123456789abcdef";

  private final String encryptionKey = RunningOperator.newKey();

  private ControlPlane plane;
  private Internet internet;
  private RunningOperator operator;

  @TempDir Path folder;

  /// One for each page: what a provider has said about a key, an operator does not ask again.
  @BeforeEach
  void start(ControlPlane plane) throws IOException {
    this.plane = plane;
    Crds.install(plane);
    internet = new Internet();
    operator =
        RunningOperator.start(
            plane,
            plane.admin().client().getConfiguration(),
            internet.asking(),
            internet,
            encryptionKey,
            "--watch-namespaces",
            String.join(",", RUN));
  }

  @AfterEach
  void stop() {
    operator.close();
    var namespaces = plane.admin().client().namespaces();
    RUN.forEach(name -> namespaces.withName(name).delete());
    // Or the next operator would ask about what is still on its way out.
    RUN.forEach(name -> namespaces.withName(name).waitUntilCondition(Objects::isNull, 60, SECONDS));
  }

  @Test
  void plainSecret() throws Exception {
    follow("plain-secret");

    assertThat(internet.sent()).isEqualTo(Map.of(OPENAI, Set.of(FIRST, NEW)));
  }

  @Test
  void sops() throws Exception {
    var example = follow("sops");

    assertThat(internet.sent()).isEqualTo(Map.of(OPENAI, Set.of(FIRST, NEW)));
    assertThat(example.folder().resolve("10.Secret.openai.yaml"))
        .content()
        .contains("api-key: ENC[AES256_GCM", "name: openai")
        .doesNotContain(FIRST, NEW);
  }

  @Test
  void externalSecrets() throws Exception {
    var example = Example.of("external-secrets", folder, encryptionKey);
    try (var _ = ExternalSecrets.start(plane, "external-secrets", example)) {
      follow(example);

      assertThat(internet.sent())
          .isEqualTo(Map.of(OPENAI, Set.of("sk-from-the-vault-0000", "sk-from-the-vault-1111")));
    }
  }

  @Test
  void sealedSecret() throws Exception {
    var example = follow("sealed-secret");

    assertThat(internet.sent()).isEqualTo(Map.of(OPENAI, Set.of(FIRST, NEW)));
    assertThat(example.folder().resolve("10.SealedSecret.openai.yaml"))
        .content()
        .doesNotContain(FIRST, NEW);
  }

  @Test
  void sealedKey() throws Exception {
    var example = follow("sealed-key");

    assertThat(internet.sent()).isEqualTo(Map.of(OPENAI, Set.of(OF_A_FILE, NEW)));
    assertThat(example.folder().resolve("10.ApiKeyConfig.openai.yaml"))
        .content()
        .contains("sealedKey:")
        .doesNotContain(OF_A_FILE, NEW);
  }

  @Test
  void encryptedKey() throws Exception {
    follow("encrypted-key");

    assertThat(internet.sent()).isEqualTo(Map.of(OPENAI, Set.of(OF_A_FILE, NEW)));
  }

  @Test
  void keyless() throws Exception {
    follow("keyless");

    assertThat(internet.sent()).isEqualTo(Map.of("ollama.keyless.svc:11434", Set.of()));
  }

  /// The owner's command is the message's own, and before it nothing goes there.
  @Test
  void ownEndpoint() throws Exception {
    var example = prepare("own-endpoint");
    var blocks = example.page().blocks("sh");
    var refused = example.run(blocks.subList(0, 2).stream());

    assertThat(internet.sent())
        .isEqualTo(Map.of("llm.example.com", Set.of("put-your-own-key-here")));
    var command = refused.lines().toList().getLast().replaceFirst(".*agree with: ", "");
    assertThat(blocks.get(2).lines().findFirst()).hasValue(command);

    example.run(blocks.subList(2, 3).stream());

    assertThat(internet.sent())
        .isEqualTo(
            Map.of(
                "llm.example.com",
                Set.of("put-your-own-key-here"),
                "llm.example.net",
                Set.of("put-your-own-key-here")));
  }

  private Example follow(String name) throws IOException, InterruptedException {
    return follow(prepare(name));
  }

  private Example prepare(String name) throws IOException {
    return Example.of(name, folder, encryptionKey);
  }

  /// Every file of the folder has become an object.
  private static Example follow(Example example) throws IOException, InterruptedException {
    example.write("openai.key", OF_A_FILE);
    example.write("new.key", NEW);
    var blocks = example.page().blocks("sh");
    assertThat(blocks).isNotEmpty();
    example.run(blocks.stream());
    example.run(
        Stream.concat(
            Stream.of("unset SOPS_AGE_KEY_FILE"),
            example.yaml().stream().map(file -> "kubectl get -f '" + file.getFileName() + "'")));
    return example;
  }
}
