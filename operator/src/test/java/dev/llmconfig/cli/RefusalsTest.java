package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Secrets;
import dev.llmconfig.crypto.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every way to be refused, with the exact sentence. The document has the same table.
class RefusalsTest {

  private record Refused(
      int exitCode,
      String when,
      String command,
      String stdin,
      Map<String, String> environment,
      String sentence) {}

  private static final String OBJECT = " --namespace agents --name openai";
  private static final String ENCRYPT = "encrypt" + OBJECT + " --provider OpenAI";
  private static final String CHECK = "decrypt-check";
  private static final String SEAL = "seal" + OBJECT + " --cert {folder}/certificate";

  @TempDir private static Path folder;

  @BeforeAll
  static void files() throws IOException {
    JsonNode vectors = Vectors.read("kubeseal.json");
    for (String name : List.of("certificate", "expired", "tooSmall")) {
      Files.writeString(folder.resolve(name), vectors.get(name).asText());
    }
    Files.writeString(folder.resolve("there"), "");
  }

  private static List<Refused> all() {
    return Stream.of(
            commandLine(), place(), keys(), encryptionKeys(), tokens(), sealing(), testing())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Refused> commandLine() {
    return List.of(
        usage(
            "an argument that the command does not know",
            ENCRYPT + " sk-1",
            "`llmconfig encrypt` was given an argument that it does not know; keys and tokens are"
                + " read from files or standard input, never from an argument. `llmconfig encrypt"
                + " --help` lists what it takes."),
        usage(
            "a misspelled option",
            ENCRYPT + " --yamls",
            "`llmconfig encrypt` was given an argument that it does not know (is --yaml meant?);"
                + " keys and tokens are read from files or standard input, never from an argument."
                + " `llmconfig encrypt --help` lists what it takes."),
        usage(
            "a misspelled command",
            "encrpyt",
            "`llmconfig` was given an argument that it does not know (is encrypt meant?); keys and"
                + " tokens are read from files or standard input, never from an argument."
                + " `llmconfig --help` lists what it takes."),
        usage(
            "a key in the place of the command",
            "sk-secret",
            "`llmconfig` was given an argument that it does not know; keys and tokens are read from"
                + " files or standard input, never from an argument. `llmconfig --help` lists what"
                + " it takes."),
        usage(
            "an option without its value",
            "encrypt --namespace",
            "`llmconfig encrypt` lacks --namespace. `llmconfig encrypt --help` lists what it"
                + " takes."),
        usage(
            "an option twice",
            "encrypt --name a --name b",
            "`llmconfig encrypt` was given --name more than once. `llmconfig encrypt --help` lists"
                + " what it takes."),
        usage(
            "no command",
            "",
            "`llmconfig` needs a command. `llmconfig --help` lists what it takes."));
  }

  private static List<Refused> place() {
    return List.of(
        usage("no namespace", "encrypt --name a --provider OpenAI", "--namespace is needed."),
        usage("no name", "encrypt --namespace a --provider OpenAI", "--name is needed."),
        usage(
            "neither provider nor endpoint",
            "encrypt" + OBJECT,
            "Say where the key may be sent: give --provider, --endpoint, or both."),
        usage(
            "a provider without a default endpoint",
            "encrypt" + OBJECT + " --provider AzureOpenAI",
            "--endpoint is needed, because AzureOpenAI has no default endpoint."),
        usage(
            "`--yaml` without a provider",
            "encrypt" + OBJECT + " --endpoint https://llm.example.com --yaml",
            "--provider is needed with --yaml, because every ApiKeyConfig has one."),
        usage(
            "an unknown provider",
            "encrypt" + OBJECT + " --provider openai",
            "--provider must be one of %s (upper and lower case matter: OpenAI)."
                .formatted(String.join(", ", Provider.names(_ -> true)))),
        usage(
            "a namespace that cannot be",
            "encrypt --namespace Team_A --name a --provider OpenAI",
            "--namespace must be a Kubernetes name: lower-case letters, digits and '-', at most 63"
                + " characters."),
        usage(
            "a name that cannot be",
            "encrypt --namespace a --name -a --provider OpenAI",
            "--name must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 63"
                + " characters."),
        usage(
            "an endpoint that is none",
            "encrypt" + OBJECT + " --endpoint api.example.com/v1",
            "--endpoint must be an absolute http or https URL, like https://api.example.com/v1."));
  }

  private static List<Refused> keys() {
    return List.of(
        negative(
            "an empty key",
            ENCRYPT,
            " \n",
            "There is no key to work on: pipe it to standard input, or name its file with"
                + " --key-file."),
        negative(
            "whitespace inside the key",
            ENCRYPT,
            "sk-1\nsk-2",
            "The key has whitespace inside; give the bare key, on one line."),
        negative(
            "a control character inside the key",
            ENCRYPT,
            "sk\u00001",
            "The key has a control character inside; give the bare key, on one line."),
        negative(
            "a character outside ASCII in the key",
            ENCRYPT,
            "sk-schlüssel",
            "The key has a character outside ASCII; give the bare key, on one line."),
        negative(
            "a key that is too long",
            ENCRYPT,
            "x".repeat(4097),
            "The key is longer than 4096 bytes; give the bare key, on one line."),
        negative(
            "a token that the API would not take",
            "encrypt" + OBJECT + " --endpoint https://llm.example.com/" + "x".repeat(2000),
            "x".repeat(4096),
            "The token would be longer than the 8192 characters that an ApiKeyConfig takes; put the"
                + " key into a Secret and use secretRef."),
        usage(
            "an unreadable `--key-file`",
            ENCRYPT + " --key-file {folder}/none",
            "The file of --key-file cannot be read; correct the path."),
        negative(
            "`keygen` over a file that is there",
            "keygen --output {folder}/there",
            "",
            "The file of --output is there already; name another one."),
        usage(
            "`keygen` into a folder that is not there",
            "keygen --output {folder}/none/key",
            "The file of --output cannot be written; correct the path."));
  }

  private static List<Refused> encryptionKeys() {
    return List.of(
        withKeys(
            "no encryption key",
            Map.of(),
            "No encryption key is given; make one with `llmconfig keygen`, and set ENCRYPTION_KEY or"
                + " ENCRYPTION_KEY_FILE to it."),
        withKeys(
            "both variables",
            Map.of("ENCRYPTION_KEY", Run.ENCRYPTION_KEY, "ENCRYPTION_KEY_FILE", "/x"),
            "ENCRYPTION_KEY and ENCRYPTION_KEY_FILE are both set; keep one of them."),
        withKeys(
            "an encryption key that is none",
            Map.of("ENCRYPTION_KEY", "hunter2"),
            "ENCRYPTION_KEY: the key is not a Fernet key, which is 44 characters of base64url for 32"
                + " bytes: it has 7 characters; `llmconfig keygen` makes a key."));
  }

  private static List<Refused> tokens() {
    return List.of(
        negative(
            "no token",
            CHECK,
            "\n",
            "There is no token to check: pipe it to standard input, or name its file with"
                + " --token-file."),
        negative(
            "a token that does not open",
            CHECK,
            "gAAAAABk",
            "The token does not open: it was made with an encryption key that is not given here, or"
                + " it is damaged."),
        negative(
            "a token for another object",
            CHECK + OBJECT + " --provider OpenAI",
            token(
                "{\"llmconfig\":1,\"for\":\"spec\",\"namespace\":\"other\",\"name\":\"openai\","
                    + "\"endpoint\":\"https://evil.example.com\",\"key\":\"sk-1\"}"),
            "The token opens, but it is bound to another namespace and endpoint; make it again for"
                + " this object."),
        negative(
            "a bare token, when a place is asked for",
            CHECK + OBJECT + " --provider OpenAI",
            token("sk-1"),
            "The token opens, but it is bound to nothing."),
        negative(
            "a token of a store, when a place is asked for",
            CHECK + OBJECT + " --provider OpenAI",
            token(
                Secrets.text(
                    new Envelope(
                            Envelope.Purpose.Store,
                            "agents",
                            "openai",
                            "https://api.openai.com/v1",
                            Secrets.secret("sk-1"))
                        .toJson())),
            "The token opens, but it was made for a store of the operator, which takes it in no"
                + " spec."),
        negative(
            "an envelope of a later version",
            CHECK,
            token("{\"llmconfig\":2}"),
            "The token opens, but its content is an envelope of a version that this program does not"
                + " know."),
        negative(
            "a token with an unusable key in it",
            CHECK,
            token("sk-1\nsk-2"),
            "The token opens, but the key in it has whitespace inside; make it again."),
        negative(
            "a token with nothing in it",
            CHECK,
            token(""),
            "The token opens, but the key in it is empty; make it again."),
        usage(
            "an unreadable `--token-file`",
            CHECK + " --token-file {folder}/none",
            "The file of --token-file cannot be read; correct the path."));
  }

  private static List<Refused> sealing() {
    return List.of(
        usage(
            "no certificate",
            "seal" + OBJECT,
            "--cert is needed; `kubeseal --fetch-cert` prints the certificate."),
        usage(
            "an unreadable certificate",
            "seal" + OBJECT + " --cert {folder}/none",
            "The file of --cert cannot be read; correct the path."),
        negative(
            "a file that is no certificate",
            "seal" + OBJECT + " --cert {folder}/there",
            "sk-1",
            "The certificate is not an X.509 certificate in PEM; `kubeseal --fetch-cert` prints the"
                + " right one."),
        negative(
            "a certificate that ended",
            "seal" + OBJECT + " --cert {folder}/expired",
            "sk-1",
            "The certificate ended on 2021-01-01T00:00:00Z; fetch the current one."),
        negative(
            "a certificate of something else",
            "seal" + OBJECT + " --cert {folder}/tooSmall",
            "sk-1",
            "The certificate has no RSA key of 2048 bits or more, so it is none of"
                + " sealed-secrets."),
        usage(
            "an unknown scope",
            SEAL + " --scope namespace-wide",
            "--scope must be one of Strict, NamespaceWide, ClusterWide (upper and lower case matter:"
                + " NamespaceWide)."));
  }

  private static List<Refused> testing() {
    return List.of(
        usage("no provider to test", "test-key", "--provider is needed."),
        usage(
            "an unknown probe",
            "test-key --provider OpenAI --probe completion",
            "--probe must be one of ListModels, Completion (upper and lower case matter:"
                + " Completion)."),
        usage(
            "an API version of Azure for another provider",
            "test-key --provider OpenAI --azure-api-version 2024-10-21",
            "--azure-api-version is for --provider AzureOpenAI only."),
        usage(
            "an unreadable `--ca-file`",
            "test-key --provider OpenAI --ca-file {folder}/none",
            "The file of --ca-file cannot be read; correct the path."),
        usage(
            "a `--ca-file` without a certificate",
            "test-key --provider OpenAI --ca-file {folder}/there",
            "The file of --ca-file holds no certificate in PEM; name another one."));
  }

  @TestFactory
  Stream<DynamicTest> endWithTheirCodeAndOneSentenceOnStandardError() {
    return all().stream()
        .map(refused ->
            DynamicTest.dynamicTest(
                refused.when,
                () -> {
                  String command = refused.command.replace("{folder}", folder.toString());
                  String[] arguments = command.isEmpty() ? new String[0] : command.split(" ");
                  Run run = Run.of(refused.stdin, refused.environment, arguments);

                  assertThat(run).isEqualTo(new Run(refused.exitCode, "", refused.sentence + "\n"));
                }));
  }

  @Test
  void areAllInTheDocument() {
    Reference.expect(
        "refusals",
        all().stream()
            .map(refused ->
                "| %d | %s | %s |\n".formatted(refused.exitCode, refused.when, refused.sentence))
            .collect(
                Collectors.joining(
                    "", "\n| exit code | when | what it says |\n|---|---|---|\n", "\n")));
  }

  @Test
  void areToldAllAtOnce() {
    Run run = Run.of("sk-1", "encrypt", "--namespace", "A_B", "--endpoint", "ftp://x", "--yaml");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("--name is needed"))
        .anyMatch(line -> line.startsWith("--provider is needed"))
        .anyMatch(line -> line.startsWith("--namespace must be"))
        .anyMatch(line -> line.startsWith("--endpoint must be"));
  }

  private static Refused usage(String when, String command, String sentence) {
    return new Refused(2, when, command, "sk-1", Run.WITH_KEY, sentence);
  }

  private static Refused negative(String when, String command, String stdin, String sentence) {
    return new Refused(1, when, command, stdin, Run.WITH_KEY, sentence);
  }

  private static Refused withKeys(String when, Map<String, String> keys, String sentence) {
    return new Refused(2, when, ENCRYPT, "sk-1", keys, sentence);
  }

  private static String token(String plaintext) {
    return switch (KeyRing.parse(Secrets.secret(Run.ENCRYPTION_KEY))) {
      case KeyRing.Parsed.Valid(KeyRing ring) -> ring.encrypt(Secrets.secret(plaintext), Run.NOW);
      case KeyRing.Parsed.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }
}
