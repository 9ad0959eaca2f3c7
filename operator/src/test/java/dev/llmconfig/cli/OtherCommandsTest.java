package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherCommandsTest {

  private static final String OTHER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @TempDir private Path folder;

  @Test
  void keygenPrintsAFernetKeyThatIsNewEachTime() {
    Run first = Run.of("", Map.of(), "keygen");

    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).endsWith("\n").isNotEqualTo(Run.of("", Map.of(), "keygen").out());
    assertThat(FernetKey.parse(ascii(first.out().strip()))).isPresent();
  }

  @Test
  void keygenWritesAFileThatOnlyItsOwnerReads() throws IOException {
    Path file = folder.resolve("key");

    Run run = Run.of("", Map.of(), "keygen", "--output", file.toString());

    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(FernetKey.parse(ascii(Files.readString(file).strip()))).isPresent();
  }

  @Test
  void decryptCheckSaysWhatATokenIsBoundToAndNeverWhatIsInIt() {
    String token = encrypted("sk-very-secret-1234567890");

    Run run = Run.of(token, "decrypt-check");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .matches(
            "The token opens with encryption key k-[0-9a-f]{8}, number 1 of 1\\.\n"
                + "It is bound to ApiKeyConfig openai in namespace agents, for"
                + " https://api.openai.com/v1\\.\n");
    assertThat(run.out()).doesNotContain("very-secret", token.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "\"%s\"", " '%s' \r\n"})
  void decryptCheckTakesATokenAsItIsCopiedFromYaml(String form) {
    assertThat(Run.of(form.formatted(encrypted("sk-1").strip()), "decrypt-check").exitCode())
        .isZero();
  }

  @Test
  void decryptCheckComparesThePlaceWhenItIsGiven() throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, encrypted("sk-1"));

    Run run =
        Run.of(
            "",
            "decrypt-check",
            "--namespace=agents",
            "--name=openai",
            "--token-file=" + file,
            "--endpoint=https://api.openai.com:443/v1/");

    assertThat(run.exitCode()).isZero();
    assertThat(Run.of(encrypted("sk-1"), "decrypt-check", "--name=openai").err())
        .contains("--namespace is needed.", "Say where the key may be sent");
  }

  @Test
  void decryptCheckTellsWhenAnOlderKeyIsStillNeeded() {
    Run run =
        Run.of(
            encrypted("sk-1"),
            Map.of("ENCRYPTION_KEY", OTHER_KEY + "," + Run.ENCRYPTION_KEY),
            "decrypt-check");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("number 2 of 2.");
    assertThat(run.err()).startsWith("Warning: make the token again");
  }

  @Test
  void decryptCheckTellsOfABareTokenAndOfOneForAStore() {
    String bare = Run.of("sk-1", "encrypt", "--unbound").out();

    assertThat(Run.of(bare, "decrypt-check").out())
        .contains(
            "It is bound to nothing; the operator takes it only with --allow-unbound-tokens.");
  }

  @Test
  void sealPrintsWhatKubesealPrints() throws IOException {
    Run run = Run.of("sk-1", "seal", "--cert", certificate(), "--namespace=a", "--name=b");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("AQ[A-Za-z0-9+/]+={0,2}\n");
    assertThat(
            Run.of(
                    "sk-1",
                    "seal",
                    "--cert",
                    certificate(),
                    "--scope=NamespaceWide",
                    "--namespace=a")
                .exitCode())
        .isZero();
    assertThat(Run.of("sk-1", "seal", "--cert", certificate(), "--scope=ClusterWide").exitCode())
        .isZero();
    assertThat(Run.of("sk-1", "seal", "--cert", certificate(), "--namespace=a").err())
        .isEqualTo("--name is needed.\n");
  }

  @Test
  void sealPrintsAWholeObject() throws IOException {
    Run run =
        Run.of(
            "sk-1",
            "seal",
            "--cert",
            certificate(),
            "--namespace=agents",
            "--name=openai",
            "--yaml",
            "--scope=NamespaceWide",
            "--provider=OpenAI",
            "--endpoint=https://eu.api.openai.com/v1");

    assertThat(run.out())
        .startsWith(
            """
            ---
            apiVersion: "llmconfig.dev/v1alpha1"
            kind: "ApiKeyConfig"
            metadata:
              name: "openai"
              namespace: "agents"
            spec:
              provider: "OpenAI"
              endpoint: "https://eu.api.openai.com/v1"
              sealedKey:
                encryptedData: "AQ\
            """)
        .endsWith("    scope: \"NamespaceWide\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version", "encrypt --version"})
  void theVersionIsOneLine(String command) {
    Run run = Run.of("", Map.of(), command.split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("llmconfig \\S+ \\(Java 25.*\\)\n");
  }

  private static String encrypted(String key) {
    return Run.of(key, "encrypt", "--namespace=agents", "--name=openai", "--provider=OpenAI").out();
  }

  private String certificate() throws IOException {
    Path file = folder.resolve("certificate.pem");
    Files.writeString(file, Vectors.read("kubeseal.json").get("certificate").asText());
    return file.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
