package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.crypto.Fernet;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.crypto.Secrets;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptCommandTest {

  private static final String[] OPENAI = {
    "encrypt", "--namespace", "agents", "--name", "openai-team-a", "--provider", "OpenAI"
  };

  @TempDir private Path folder;

  @Test
  void printsATokenBoundToTheObjectAndTheProvidersEndpoint() {
    Run run = Run.of("sk-1", OPENAI);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).matches("gAAAAA[A-Za-z0-9_-]+=*\n");
    assertThat(opened(run.out()))
        .isEqualTo(
            """
            {"llmconfig":1,"for":"spec","namespace":"agents","name":"openai-team-a",\
            "endpoint":"https://api.openai.com/v1","key":"sk-1"}\
            """);
  }

  @Test
  void bindsToTheGivenEndpointInItsComparedForm() {
    Run alone =
        Run.of(
            "sk-1",
            "encrypt",
            "--namespace=a",
            "--name=b.c",
            "--endpoint=HTTPS://LLM.example.com:443/v1/");
    Run both =
        Run.of(
            "sk-1",
            "encrypt",
            "--namespace=a",
            "--name=b.c",
            "--provider=OpenAI",
            "--endpoint=https://llm.example.com/v1");

    assertThat(opened(alone.out()))
        .isEqualTo(opened(both.out()))
        .contains("\"endpoint\":\"https://llm.example.com/v1\"", "\"name\":\"b.c\"");
  }

  @Test
  void theFirstOfSeveralKeysEncrypts() throws IOException {
    Path ring = folder.resolve("ring");
    Files.writeString(ring, Run.ENCRYPTION_KEY + ",AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");

    Run run = Run.of("sk-1", Map.of("ENCRYPTION_KEY_FILE", ring.toString()), OPENAI);

    assertThat(opened(run.out())).contains("sk-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-1\n", "\ufeff\"sk-1\"\r\n", "  sk-1"})
  void trimsWhatSurroundsTheKeyAndSaysSo(String stdin) {
    Run run = Run.of(stdin, OPENAI);

    assertThat(opened(run.out())).contains("\"key\":\"sk-1\"");
    assertThat(run.err())
        .isEqualTo(
            "Warning: whitespace, quotes or a byte order mark around the key were removed.\n");
  }

  @Test
  void readsTheKeyFromAFile() throws IOException {
    Path file = folder.resolve("key");
    Files.writeString(file, "sk-from-file");

    Run run = Run.of("sk-from-stdin", with(OPENAI, "--key-file", file.toString()));

    assertThat(opened(run.out())).contains("\"key\":\"sk-from-file\"");
  }

  @Test
  void asksAPersonWithoutEchoAndForgetsWhatWasTyped() {
    char[] typed = "sk-typed".toCharArray();
    StringWriter out = new StringWriter();
    Shell shell =
        new Shell(
            new ByteArrayInputStream("sk-piped".getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(new StringWriter(), true),
            Run.WITH_KEY,
            InstantSource.fixed(Run.NOW),
            Optional.of(question -> typed));

    int exitCode = Main.commandLine(shell).execute(OPENAI);

    assertThat(exitCode).isZero();
    assertThat(opened(out.toString())).contains("\"key\":\"sk-typed\"");
    assertThat(typed).containsOnly('\0');
  }

  @Test
  void unboundIsJustTheKeyWithAWarning() {
    Run run = Run.of("sk-1", "encrypt", "--unbound");

    assertThat(opened(run.out())).isEqualTo("sk-1");
    assertThat(run.err())
        .isEqualTo(
            "Warning: the token is bound to nothing; the operator takes it only with"
                + " --allow-unbound-tokens.\n");
    assertThat(opened(Run.of("sk-1", with(OPENAI, "--unbound")).out())).isEqualTo("sk-1");
  }

  @Test
  void printsAWholeObject() {
    Run run = Run.of("sk-1", with(OPENAI, "--yaml"));

    String token = token(run.out());
    assertThat(run.out())
        .isEqualTo(
            """
            ---
            apiVersion: "llmconfig.dev/v1alpha1"
            kind: "ApiKeyConfig"
            metadata:
              name: "openai-team-a"
              namespace: "agents"
            spec:
              provider: "OpenAI"
              encryptedKey: "%s"
            """
                .formatted(token));
    assertThat(opened(token)).contains("\"name\":\"openai-team-a\"", "\"key\":\"sk-1\"");
  }

  @Test
  void aPlainHttpEndpointIsAllowedInTheObjectAloud() {
    Run run =
        Run.of(
            "sk-1",
            "encrypt",
            "--namespace=a",
            "--name=b",
            "--provider=Ollama",
            "--endpoint=http://ollama:11434/",
            "--yaml");

    ApiKeyConfig object = object(run.out());
    assertThat(object.getSpec().getEndpoint()).isEqualTo("http://ollama:11434");
    assertThat(object.getSpec().getAllowInsecureEndpoint()).isTrue();
    assertThat(run.err()).startsWith("Warning: the endpoint is plain http");
  }

  @ParameterizedTest
  @EnumSource
  void everyProviderGivesAnObjectThatTheApiTypesRead(Provider provider) {
    Run run =
        Run.of(
            "sk-1",
            "encrypt",
            "--namespace=agents",
            "--name=no",
            "--yaml",
            "--provider=" + provider,
            "--endpoint=https://llm.example.com/v1");

    ApiKeyConfig object = object(run.out());
    assertThat(object.getMetadata().getName()).isEqualTo("no");
    assertThat(object.getSpec().getProvider()).isEqualTo(provider);
    assertThat(opened(Objects.requireNonNull(object.getSpec().getEncryptedKey()))).contains("sk-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e3", "no", "null", "0x1f", "123", "1.5", "true", "2026-11-20"})
  void aNameThatLooksLikeSomethingElseStaysAText(String name) throws IOException {
    Run run =
        Run.of(
            "sk-1",
            "encrypt",
            "--namespace=agents",
            "--name=" + name,
            "--yaml",
            "--provider=OpenAI");

    assertThat(new YAMLMapper().readTree(run.out()).at("/metadata/name").isTextual()).isTrue();
    assertThat(object(run.out()).getMetadata().getName()).isEqualTo(name);
  }

  @Test
  void theLongestKeyAndAnOrdinaryEndpointFitIntoTheObject() {
    Run run = Run.of("x".repeat(4096), OPENAI);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().strip().length()).isLessThanOrEqualTo(8192);
  }

  private static ApiKeyConfig object(String yaml) {
    return Serialization.unmarshal(yaml, ApiKeyConfig.class);
  }

  private static String token(String yaml) {
    return Objects.requireNonNull(object(yaml).getSpec().getEncryptedKey());
  }

  private static String opened(String token) {
    FernetKey key =
        FernetKey.parse(Run.ENCRYPTION_KEY.getBytes(StandardCharsets.US_ASCII)).orElseThrow();
    SecretBytes plaintext = Fernet.decrypt(key, token.strip()).orElseThrow();
    return Secrets.text(plaintext);
  }

  private static String[] with(String[] arguments, String... more) {
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }
}
