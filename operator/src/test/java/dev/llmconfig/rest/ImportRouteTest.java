package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.access.Right;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Imports.Imported;
import dev.llmconfig.store.Imports.Kind;
import dev.llmconfig.store.Imports.Wanted;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody has written down, on its way in.
@SuppressWarnings("NullAway.Init") // set before each test
class ImportRouteTest {

  private static final String CANARY = "sk-proj-canary0123456789abcdefghijCANARY42";
  private static final String KEY =
      """
      ---
      apiVersion: llmconfig.dev/v1alpha1
      kind: ApiKeyConfig
      metadata: {name: team, namespace: agents}
      spec: {provider: OpenAI, expiresAt: 2027-03-31T00:00:00Z, secretRef: {name: team}}
      """;

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.ring(Optional.of(KeyRing.of(FernetKey.generate())));
    stage.review.knows("jane", "jane", Right.of("get", "apikeyconfigs"));
    stage.holds(
        new RestStage.Content(
            List.of(Sample.keyRow(new Ref("agents", "openai"), "k1", 3)),
            List.of(),
            List.of(),
            List.of()));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void documentsAreReadAsJsonWouldSayThem() {
    var heard =
        yaml(
            KEY
                + """
                ---
                # nothing
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: team, namespace: agents, uid: some}
                stringData: {api-key: %s}
                ---
                apiVersion: v1
                kind: List
                items:
                - apiVersion: llmconfig.dev/v1alpha1
                  kind: ModelConfig
                  metadata: {name: support, namespace: agents, resourceVersion: "7"}
                  spec: &spec {apiKeyRef: {name: team}, model: gpt-5, isDefault: yes}
                  status: {agents: 5/5}
                - apiVersion: llmconfig.dev/v1alpha1
                  kind: ModelConfig
                  metadata: {name: other, namespace: agents}
                  spec: *spec
                """
                    .formatted(CANARY));

    assertThat(heard.status()).isEqualTo(200);
    assertThat(ids(heard, "created"))
        .containsExactly(
            "ApiKeyConfig agents.team",
            "Secret agents.team",
            "ModelConfig agents.support",
            "ModelConfig agents.other");
    assertThat(heard.body()).doesNotContain(CANARY);
    assertThat(stage.imports.taken.getFirst().content().toString())
        .isEqualTo(
            "{\"provider\":\"OpenAI\",\"expiresAt\":\"2027-03-31T00:00:00Z\",\"secretRef\":{\"name\":\"team\"}}");
    assertThat(stage.imports.taken.get(3).content())
        .isEqualTo(stage.imports.taken.get(2).content());
    assertThat(stage.imports.taken.get(3).content().path("isDefault").isBoolean()).isTrue();
    assertThat(stage.imports.manners).containsExactly(Manner.APPLY);
    stage.imports.manners.clear();
    assertThat(
            stage
                .change(
                    "POST", "jane", "/import?dryRun=true", KEY, "Content-Type: application/yaml")
                .json()
                .path("dryRun")
                .asBoolean())
        .isTrue();
    assertThat(stage.imports.manners).containsExactly(Manner.DRY_RUN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: !!java.net.URL [x]            | 400
          a: !mine b                       | 400
          a: 1\\na: 2                      | 400
          a: [                             | 400
          a: &a [*a]                       | 400
          a: &a {b: {<<: *a}}              | 400
          a: *b                            | 400
          - a                              | 400
          1: a                             | 400
          a: .nan                          | 400
          a: 0x1f                          | 400
          kind: Deployment                 | 422
          '{"kind": "ApiKeyConfig"}'       | 422
          """)
  void whatCannotBeMeantIsRefusedByItsLine(String text, int status) {
    var heard = yaml(text.replace("\\n", "\n"));
    assertThat(heard.status()).isEqualTo(status);
    assertThat(heard.json().path("reason").asText())
        .isEqualTo(status == 400 ? "MalformedYaml" : "Invalid");
    assertThat(heard.body()).containsPattern("[Ll]ine [12]");
    assertThat(stage.imports.taken).isEmpty();
  }

  @Test
  void aBombIsNoMoreThanItsText() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int level = 1; level < 12; level++) {
      bomb.append(
          "a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ", ").repeat(9)));
    }
    var heard = yaml(bomb.toString());
    assertThat(heard.status()).isEqualTo(400);
    assertThat(heard.json().path("reason").asText()).isEqualTo("MalformedYaml");
    assertThat(yaml("a: ".repeat(1) + "[".repeat(5_000)).status()).isEqualTo(400);
    assertThat(yaml("---\na: b\n".repeat(501)).status()).isEqualTo(400);
  }

  /// A few hundred kilobytes that would be gigabytes in base64.
  @Test
  void aKeyThatStandsThereTooOftenIsRefusedBeforeItIsEncoded() {
    var secret =
        new StringBuilder(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: team, namespace: agents}
            stringData:
              a: &x %s
            """
                .formatted("x".repeat(500_000)));
    for (int at = 0; at < 6_000; at++) {
      secret.append("  a%d: *x\n".formatted(at));
    }
    var heard = yaml(KEY + "---\n" + secret);
    assertThat(heard.status()).isEqualTo(400);
    assertThat(heard.json().path("reason").asText()).isEqualTo("MalformedYaml");
    assertThat(heard.json().path("detail").asText()).isEqualTo("Line 11 expands to too much.");
    assertThat(stage.imports.taken).isEmpty();
  }

  @Test
  void strangersAreNotTakenIn() {
    var alone =
        yaml("{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: agents}, data: {}}");
    assertThat(alone.status()).isEqualTo(422);
    assertThat(alone.body()).contains("No ApiKeyConfig in this import names this Secret");
    assertThat(yaml(KEY + KEY).body()).contains("there twice");
    assertThat(yaml(KEY.replace("namespace: agents", "namespace: ..")).status()).isEqualTo(422);
    assertThat(stage.imports.taken).isEmpty();
    assertThat(
            stage
                .change("POST", "jane", "/import", "{}", "Content-Type: application/json")
                .status())
        .isEqualTo(415);
    assertThat(stage.change("POST", "", "/import", KEY, "Content-Type: application/yaml").status())
        .isEqualTo(401);
  }

  @Test
  void whatStoppedItIsToldWithItsPlaceAndWithWhatIsLeft() {
    stage.imports.says(
        new Imported.Stopped(
            "line 7",
            new Outcome.Invalid(
                List.of(
                    new Flaw(
                        "spec.encryptedKey",
                        Flaw.Reason.TokenBoundElsewhere,
                        "The token was made for another name."))),
            List.of()));
    var bound = yaml(KEY);
    assertThat(bound.status()).isEqualTo(422);
    assertThat(bound.json().path("reason").asText()).isEqualTo("TokenBoundElsewhere");
    assertThat(bound.json().path("detail").asText())
        .isEqualTo("At line 7: The token was made for another name. Nothing was changed.");
    assertThat(bound.json().at("/problems/0/field").asText()).isEqualTo("line 7: encryptedKey");

    stage.imports.says(
        new Imported.Stopped(
            "line 9",
            new Outcome.Denied(new Right("create", "llmconfig.dev", "modelconfigs", "agents", "x")),
            List.of(new Wanted("line 1", Kind.Secret, new Ref("agents", "team"), Wire.object()))));
    var left = yaml(KEY);
    assertThat(left.status()).isEqualTo(403);
    assertThat(left.json().path("detail").asText())
        .contains("could not be undone: Secret agents/team");
  }

  @Test
  void keysOfAFileAreEncryptedAndNoStoredOneIsReplaced() {
    var heard =
        stage.change(
            "POST",
            "jane",
            "/import?namespace=agents",
            """
            # ours
            export ANTHROPIC_API_KEY="%s"
            OPENAI_API_KEY=sk-proj-another-0123456789
            GROQ_API_KEY=
            PORT=8080
            """
                .formatted(CANARY),
            "Content-Type: text/plain; charset=utf-8");

    assertThat(heard.status()).isEqualTo(200);
    assertThat(ids(heard, "created")).containsExactly("ApiKeyConfig agents.anthropic");
    assertThat(ids(heard, "unchanged")).containsExactly("ApiKeyConfig agents.openai");
    var taken = stage.imports.taken.getFirst().content();
    assertThat(taken.path("provider").asText()).isEqualTo("Anthropic");
    assertThat(taken.path("encryptedKey").asText()).startsWith("gAAAAA");
    assertThat(heard.body() + stage.imports.taken + taken).doesNotContain(CANARY);
  }

  @Test
  void aFileThatCannotBeReadIsToldByItsLinesAlone() {
    var heard =
        stage.change(
            "POST",
            "jane",
            "/import?namespace=agents",
            "\nnot a line %s\nOPENAI_API_KEY=sk-***3f9c\n".formatted(CANARY),
            "Content-Type: text/plain");
    assertThat(heard.status()).isEqualTo(422);
    assertThat(heard.json().path("problems").findValuesAsText("field"))
        .containsExactly("line 2", "line 3");
    assertThat(heard.json().path("problems").findValuesAsText("reason"))
        .containsExactly("Invalid", "KeyLooksMasked");
    assertThat(heard.body()).doesNotContain(CANARY, "3f9c");
    assertThat(stage.change("POST", "jane", "/import", "A=b", "Content-Type: text/plain").status())
        .isEqualTo(400);
    assertThat(stage.imports.taken).isEmpty();
  }

  private RestStage.Heard yaml(String text) {
    return stage.change("POST", "jane", "/import", text, "Content-Type: application/yaml");
  }

  private static List<String> ids(RestStage.Heard heard, String field) {
    return heard
        .json()
        .path(field)
        .valueStream()
        .map((JsonNode one) -> one.path("kind").asText() + " " + one.path("id").asText())
        .toList();
  }
}
