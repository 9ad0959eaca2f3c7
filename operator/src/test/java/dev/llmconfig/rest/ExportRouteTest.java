package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.access.Right;
import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SealingCertificate;
import dev.llmconfig.crypto.Vectors;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.mirror.ChatRows;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Encryption.Opened;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is declared, as it goes into a repository.
@SuppressWarnings("NullAway.Init") // set before each test
class ExportRouteTest {

  private static final String PLACE = "https://api.openai.com/v1";
  private static final String FOREIGN = "https://llm.example.com/v1";
  private static final String CANARY = "sk-proj-canary0123456789abcdefghijCANARY42";
  private static final Ref HELD = new Ref("agents", "held");
  private static final Ref AFAR = new Ref("agents", "afar");

  @TempDir Path directory;
  private final KeyRing ring = KeyRing.of(FernetKey.generate());
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.ring(Optional.of(ring));
    var keys = Right.of("get", "apikeyconfigs");
    var configs = Right.of("get", "modelconfigs");
    stage.review.knows("root", "root", keys, configs);
    stage.review.knows(
        "jane",
        "jane",
        keys.in("agents"),
        configs.in("agents"),
        new Right("get", "", "secrets", "agents", ""));
    stage.review.knows("reader", "reader", keys.in("agents"), configs.in("agents"));
    stage.review.knows("half", "half", configs.in("agents"));
    stage.review.knows("nobody", "nobody");
    stage.review.knows(
        "auditor", "auditor", Right.of("list", "apikeyconfigs"), Right.of("list", "modelconfigs"));
    stage.holds(
        new RestStage.Content(
            List.of(
                Sample.keyRow(new Ref("tools", "openai"), "k2", 4),
                ChatRows.key(HELD)
                    .current("r-1", PLACE, ChatRows.token(ring, HELD, PLACE, CANARY))
                    .row(),
                ChatRows.key(AFAR)
                    .at(Provider.OpenAI, FOREIGN)
                    .current("r-1", FOREIGN, ChatRows.token(ring, AFAR, FOREIGN, CANARY))
                    .row(),
                ChatRows.key(new Ref("agents", "bare")).row()),
            List.of(
                Sample.modelConfigRow(new Ref("tools", "search"), "m2", 6),
                Sample.modelConfigRow(new Ref("agents", "support"), "m1", 5)),
            List.of(),
            List.of()));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void everythingIsWrittenInOneOrderAndWithTheSameBytes() {
    var first = stage.get("root", "/export");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("Content-Type")).isEqualTo("application/yaml");
    assertThat(names(first))
        .containsExactly(
            "ApiKeyConfig agents/afar",
            "ApiKeyConfig agents/bare",
            "ApiKeyConfig agents/held",
            "ApiKeyConfig tools/openai",
            "ModelConfig agents/support",
            "ModelConfig tools/search");
    assertThat(stage.get("root", "/export").body()).isEqualTo(first.body());
    assertThat(stage.get("root", "/export", "If-None-Match: " + first.header("ETag")).status())
        .isEqualTo(304);
    assertThat(first.body())
        .contains("# The key is in the Secret that secretRef names, which is not part of this.")
        .doesNotContain("status:", "uid", "managedFields", "resourceVersion", CANARY, "gAAAAA");
    var one = stage.get("root", "/export?id=agents.support&kind=ModelConfig").body();
    assertThat(one)
        .isEqualTo(
            stage
                .get("root", "/config/model-configs/agents.support", "Accept: application/yaml")
                .body());
  }

  @Test
  void onlyWhatMayBeReadIsWritten() {
    assertThat(names(stage.get("jane", "/export")))
        .allMatch(name -> name.contains(" agents/"))
        .hasSize(4);
    assertThat(names(stage.get("half", "/export"))).containsExactly("ModelConfig agents/support");
    assertThat(names(stage.get("root", "/export?namespace=tools&kind=ModelConfig")))
        .containsExactly("ModelConfig tools/search");
    for (var path :
        List.of(
            "/export?namespace=tools",
            "/export?id=tools.openai",
            "/export?namespace=agents&namespace=tools")) {
      var refused = stage.get("jane", path);
      assertThat(refused.status()).as(path).isEqualTo(403);
      assertThat(refused.json().path("namespace").asText()).isEqualTo("tools");
      assertThat(refused.json().path("verb").asText()).isEqualTo("get");
    }
    assertThat(stage.get("half", "/export?namespace=agents").status()).isEqualTo(403);
    assertThat(stage.get("nobody", "/export").status()).isEqualTo(403);
    assertThat(stage.get("", "/export").status()).isEqualTo(401);
    assertThat(stage.get("root", "/export?id=agents.gone").status()).isEqualTo(404);
    assertThat(stage.get("root", "/export?kind=Secret").status()).isEqualTo(400);
    var moved = stage.get("root", "/export?targetNamespace=tools");
    assertThat(moved.status()).isEqualTo(409);
    assertThat(moved.json().path("reason").asText()).isEqualTo("NotInThisMode");
  }

  @Test
  void anEncryptedKeyOpensAtItsOwnPlaceAndNowhereElse() {
    var heard = stage.get("reader", "/export?keys=Encrypted&kind=ApiKeyConfig");

    assertThat(heard.header("Cache-Control")).isEqualTo("no-store");
    assertThat(heard.body()).doesNotContain(CANARY);
    var held = document(heard, "held").path("spec");
    assertThat(held.has("secretRef")).isFalse();
    var token = held.path("encryptedKey").asText();
    assertThat(text(HELD, PLACE, token)).isEqualTo(CANARY);
    assertThat(opened(AFAR, FOREIGN, token)).isInstanceOf(Opened.Elsewhere.class);
    assertThat(text(AFAR, FOREIGN, document(heard, "afar").at("/spec/encryptedKey").asText()))
        .isEqualTo(CANARY);
    assertThat(document(heard, "bare").path("spec").has("secretRef")).isTrue();
    assertThat(heard.body()).contains("not held for this endpoint");

    var spec = "{\"provider\": \"OpenAI\", \"encryptedKey\": \"a newer one\"}";
    stage.changes(
        new RowChange.KeyIs(
            withSpec(
                ChatRows.key(HELD)
                    .current("r-1", PLACE, ChatRows.token(ring, HELD, PLACE, CANARY))
                    .row(),
                spec)));
    assertThat(
            document(stage.get("reader", "/export?keys=Encrypted"), "held")
                .at("/spec/encryptedKey")
                .asText())
        .isEqualTo("a newer one");

    stage.ring(Optional.empty());
    var without = stage.get("reader", "/export?keys=Encrypted");
    assertThat(without.status()).isEqualTo(503);
    assertThat(without.json().path("reason").asText()).isEqualTo("KeyRingMissing");
  }

  @Test
  void aKeyIsSealedOnlyWithOurOwnCertificateAndForWhoeverMayReadIt() {
    var unset = stage.get("jane", "/export?keys=SealedKey");
    assertThat(unset.status()).isEqualTo(409);
    assertThat(unset.json().path("detail").asText()).contains("--sealing-certificate");
    stage.seals(certificate());

    var refused = stage.get("reader", "/export?keys=SealedKey");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("resource").asText()).isEqualTo("secrets");

    var sealed = stage.get("jane", "/export?keys=SealedKey");
    assertThat(sealed.status()).isEqualTo(200);
    var spec = document(sealed, "held").path("spec");
    assertThat(spec.at("/sealedKey/scope").asText()).isEqualTo("Strict");
    assertThat(spec.at("/sealedKey/encryptedData").asText()).startsWith("AQ");
    assertThat(spec.has("secretRef")).isFalse();
    assertThat(sealed.body()).contains("# A sealed key goes to the provider's own hosts only");

    var beside = stage.get("jane", "/export?keys=SealedSecret&id=agents.afar&kind=ApiKeyConfig");
    assertThat(names(beside))
        .containsExactly("SealedSecret agents/afar-sealed-key", "ApiKeyConfig agents/afar");
    var secret = document(beside, "afar-sealed-key").path("spec");
    assertThat(secret.at("/encryptedData/api-key").asText()).startsWith("AQ");
    assertThat(
            secret.at("/template/metadata/annotations/llmconfig.dev~1allowed-endpoints").asText())
        .isEqualTo(FOREIGN);
    assertThat(document(beside, "afar").at("/spec/secretRef/name").asText())
        .isEqualTo("afar-sealed-key");
    assertThat(sealed.body() + beside.body()).doesNotContain(CANARY);
    assertThat(stage.get("jane", "/export?keys=SealedKey&certificate=mine").status())
        .isEqualTo(400);
  }

  @Test
  void aKeyCanBeLeftOut() {
    var heard = stage.get("jane", "/export?keys=Omit&kind=ApiKeyConfig");
    assertThat(heard.body())
        .contains("# The key is left out")
        .doesNotContain("secretRef:", "encryptedKey:");
  }

  @Test
  void thereAreTenInAMinuteAndEachIsInTheTrail() {
    for (int at = 0; at < 10; at++) {
      assertThat(stage.get("reader", "/export").status()).isEqualTo(200);
    }
    assertThat(stage.get("reader", "/export").status()).isEqualTo(429);
    assertThat(stage.get("jane", "/export").status()).isEqualTo(200);
    stage.pass(Duration.ofMinutes(1));
    stage.beats();
    assertThat(stage.get("reader", "/export").status()).isEqualTo(200);
    await()
        .untilAsserted(() ->
            assertThat(
                    stage
                        .get("auditor", "/audit?action=Export&result=Done")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(12));
  }

  private static KeyRow withSpec(KeyRow row, String spec) {
    var declared = row.declared();
    return new KeyRow(
        row.ref(),
        row.version(),
        row.secretVersion(),
        row.factsVersion(),
        new KeyRow.Declared(
            declared.provider(),
            declared.displayName(),
            "encryptedKey",
            declared.suspended(),
            declared.expiresAt(),
            declared.headers(),
            spec),
        row.current(),
        row.previous(),
        row.accepted(),
        row.told());
  }

  private static List<String> names(RestStage.Heard heard) {
    return documents(heard).stream()
        .map(one ->
            "%s %s/%s"
                .formatted(
                    one.path("kind").asText(),
                    one.at("/metadata/namespace").asText(),
                    one.at("/metadata/name").asText()))
        .toList();
  }

  private static JsonNode document(RestStage.Heard heard, String name) {
    return documents(heard).stream()
        .filter(one -> one.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> documents(RestStage.Heard heard) {
    var mapper = YAMLMapper.builder().build();
    var all = new ArrayList<JsonNode>();
    try (var read = mapper.readerFor(JsonNode.class).<JsonNode>readValues(heard.body())) {
      read.forEachRemaining(all::add);
    } catch (IOException e) {
      throw new AssertionError(heard.body(), e);
    }
    return all;
  }

  private String text(Ref ref, String place, String token) {
    if (!(opened(ref, place, token) instanceof Opened.Key(var key))) {
      throw new AssertionError("the token does not open");
    }
    try (key) {
      return key.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private Opened opened(Ref ref, String place, String token) {
    if (!(Endpoint.parse(place) instanceof Validated.Valid<Endpoint>(var endpoint))) {
      throw new AssertionError(place);
    }
    return Encryption.with(() -> Optional.of(ring), () -> Instant.EPOCH)
        .open(new Binding(ref.namespace(), ref.name(), endpoint), Envelope.Purpose.Spec, token);
  }

  private static SealingCertificate.Read certificate() {
    var pem = Vectors.read("kubeseal.json").path("certificate").asText();
    return SealingCertificate.read(
        pem.getBytes(StandardCharsets.US_ASCII), Instant.parse("2026-11-20T12:00:00Z"));
  }
}
