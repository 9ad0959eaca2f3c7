package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.crypto.TokenContent;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Validated;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole process on a real directory, asked over HTTP; only the provider is played.
class StandaloneTest {

  private static final String TOKEN = "a-token-for-scripts-0123456789";
  private static final String GOOD = "sk-good-0123456789abcdef";
  private static final String WRONG = "sk-wrong-0123456789abcdef";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final StringWriter said = new StringWriter();
  private final List<StandaloneProcess> started = new ArrayList<>();
  private final TreeMap<String, String> flags = new TreeMap<>();
  private final TreeMap<String, String> environment = new TreeMap<>();
  private HttpServer provider;

  @BeforeEach
  void provide() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext("/v1", StandaloneTest::answer);
    provider.start();
    flags.put("--data-dir", directory.resolve("data").toString());
    flags.put("--listen", "127.0.0.1:0");
    flags.put("--env-file", directory.resolve(".env").toString());
    flags.put("--config", directory.resolve("default.yaml").toString());
    environment.put("LLMCONFIG_TOKEN", TOKEN);
  }

  @AfterEach
  void end() {
    stop();
    provider.stop(0);
    http.close();
  }

  private void stop() {
    started.forEach(StandaloneProcess::close);
    started.clear();
  }

  @Test
  void servesTheWholeWayFromAKeyToAnAnswerAndKeepsItOverARestart() throws Exception {
    var port = start();
    assertThat(get(port, "/session").path("mode").asText()).isEqualTo("Standalone");
    var wrong = send(port, "POST", "/config/api-keys", key(WRONG));
    assertThat(wrong.statusCode()).isEqualTo(201);
    assertThat(json(send(port, "POST", "/config/api-keys/default.fake/test", "{}")).path("reason"))
        .hasToString("\"InvalidKey\"");
    assertThat(
            send(
                    port,
                    "PATCH",
                    "/config/api-keys/default.fake",
                    "{\"key\": \"%s\"}".formatted(GOOD))
                .statusCode())
        .isEqualTo(200);
    assertThat(json(send(port, "POST", "/config/api-keys/default.fake/test", "{}")).path("outcome"))
        .hasToString("\"Accepted\"");
    assertThat(get(port, "/config/api-keys/default.fake/models").path("total").asInt())
        .isEqualTo(1);
    var selected =
        json(
            send(
                port,
                "POST",
                "/config/models/default.fake:gpt-4.1/select",
                "{\"parameters\": {\"temperature\": 0.5}}"));
    assertThat(selected.path("isDefault").asBoolean()).isTrue();
    var id = selected.path("id").asText();
    await("the model to be in force")
        .until(
            () -> get(port, "/config/model-configs/" + id).path("state").asText().equals("Ready"));
    assertThat(get(port, "/config/api-keys/default.fake").has("lastUsedAt")).isFalse();
    assertThat(get(port, "/config/model-configs/" + id).path("conditions").valueStream())
        .as("nothing here is about agents, which there are not")
        .noneMatch(one -> one.path("reason").asText().equals("NotCarriedByProfile"))
        .noneMatch(one -> one.path("message").asText().contains("label"));
    assertThat(chat(port, id)).contains("\"text\":\"At 0.5\"");
    assertThat(get(port, "/config/api-keys/default.fake").path("lastUsedAt").asText()).isNotEmpty();
    send(port, "PUT", "/config/models/%s/parameters".formatted(id), "{\"temperature\": 0.9}");
    assertThat(chat(port, id)).as("the very next request").contains("\"text\":\"At 0.9\"");
    assertThat(get(port, "/audit").path("items").path(0).path("changes").toString())
        .isEqualTo("[{\"field\":\"spec.parameters.temperature\",\"from\":0.5,\"to\":0.9}]");
    var lines =
        ask(
            port,
            "GET",
            "/audit",
            "",
            Map.of("Authorization", "Bearer " + TOKEN, "Accept", "application/x-ndjson"));
    assertThat(lines.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    assertThat(lines.body().lines())
        .hasSizeGreaterThan(4)
        .allSatisfy(line -> assertThat(JSON.readTree(line).path("actor").asText()).isNotEmpty());

    stop();
    var again = start();
    assertThat(get(again, "/config/model-configs/" + id).path("isDefault").asBoolean()).isTrue();
    assertThat(get(again, "/config/api-keys/default.fake").path("state").asText())
        .isEqualTo("Ready");
    assertThat(get(again, "/config/api-keys").path("items").path(0).path("lastUsedAt").asText())
        .as("as it was before the restart")
        .isNotEmpty();
    assertThat(send(again, "DELETE", "/config/api-keys/default.fake", "").statusCode())
        .isEqualTo(409);
    assertThat(send(again, "DELETE", "/config/model-configs/" + id, "").statusCode())
        .isEqualTo(204);
    assertThat(send(again, "DELETE", "/config/api-keys/default.fake", "").statusCode())
        .isEqualTo(204);
    for (var file : files()) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .as("what lies in %s", file.getFileName())
          .doesNotContain(GOOD)
          .doesNotContain(WRONG);
    }
  }

  @Test
  void anEmptyStoreTalksToItsOwnEchoAndMakesNothingOfIt() throws Exception {
    var port = start();
    var offered = get(port, "/config/models").path("items");
    assertThat(offered.findValuesAsText("id"))
        .containsExactlyInAnyOrder(
            "default.echo:echo", "default.echo:echo-slow", "default.echo:echo-markdown");
    assertThat(offered.findValuesAsText("isDefault")).containsOnly("false");
    assertThat(chat(port, "default.echo:echo")).contains("\"text\":\"hi\"");
    assertThat(get(port, "/config/models/selected?namespace=default").path("reason").asText())
        .isEqualTo("NoDefaultModel");
    assertThat(
            send(port, "POST", "/config/models/default.echo:echo/select?dryRun=true", "{}")
                .statusCode())
        .isEqualTo(200);
    assertThat(names(port)).isEmpty();

    send(port, "POST", "/config/api-keys", key(GOOD));
    assertThat(get(port, "/config/models").toString()).doesNotContain("echo");
    assertThat(chat(port, "default.echo:echo")).contains("ApiKeyNotFound");
  }

  @Test
  void whoChoosesTheEchoOfAnEmptyStoreHasItAsTheirDefault() throws Exception {
    var port = start();
    var chosen = json(send(port, "POST", "/config/models/default.echo:echo/select", "{}"));
    assertThat(chosen.path("isDefault").asBoolean()).isTrue();
    assertThat(names(port)).containsExactly("echo");
    await("the model to be in force")
        .until(() ->
            get(port, "/config/model-configs/default.echo").path("state").asText().equals("Ready"));
    assertThat(chat(port, "default.echo")).contains("\"text\":\"hi\"");
  }

  @Test
  void takesOverWhatWasConfiguredOnceAndOnlyOnce() throws Exception {
    Files.writeString(
        directory.resolve(".env"),
        "# of old\nOPENAI_API_KEY='%s'\nGOOGLE_API_KEY=\n".formatted(GOOD));
    Files.writeString(directory.resolve("default.yaml"), "llm:\n  default_model: openai/gpt-4.1\n");
    environment.put("ANTHROPIC_API_KEY", "sk-ant-api03-of-the-environment");
    var port = start();
    assertThat(names(port)).containsExactly("anthropic-migrated", "openai-migrated");
    assertThat(get(port, "/config/api-keys/default.openai-migrated").path("displayName").asText())
        .isEqualTo("OpenAI (migrated)");
    var models = get(port, "/config/model-configs").path("items");
    assertThat(models.size()).isEqualTo(1);
    assertThat(models.path(0).path("isDefault").asBoolean()).isTrue();
    send(port, "DELETE", "/config/api-keys/default.anthropic-migrated", "");
    stop();
    var again = start();
    assertThat(names(again)).containsExactly("anthropic-env", "openai-migrated");
    assertThat(get(again, "/config/api-keys/default.anthropic-env").path("source").asText())
        .as("done once is never again")
        .isEqualTo("Environment");
  }

  @Test
  void aKeyBesideTheStoreIsShownAndUsedAndBecomesItsOwnOnlyByImport() throws Exception {
    start();
    stop();
    Files.writeString(directory.resolve(".env"), "MISTRAL_API_KEY=" + GOOD);
    var port = start();

    var id = "/config/api-keys/default.mistral-env";
    assertThat(get(port, id).path("source").asText()).isEqualTo("Environment");
    assertThat(said.toString())
        .contains("Using MISTRAL_API_KEY from %s; import it".formatted(directory.resolve(".env")));
    for (var write : List.of("PATCH", "DELETE")) {
      var refused = send(port, write, id, write.equals("PATCH") ? "{\"suspend\": true}" : "");
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(json(refused).path("reason").asText()).isEqualTo("KeyHeldElsewhere");
    }
    assertThat(send(port, "GET", "/export", "").body()).doesNotContain("mistral");
    assertThat(send(port, "GET", "/export?id=default.mistral-env", "").statusCode()).isEqualTo(409);
    assertThat(yaml(port, id)).contains("KeyHeldElsewhere").doesNotContain("gAAAAA");

    var imported = send(port, "POST", id + "/import", "{}");
    assertThat(imported.statusCode()).isEqualTo(200);
    assertThat(json(imported).path("source").asText()).isEqualTo("EncryptedKey");
    assertThat(send(port, "POST", id + "/import", "{}").statusCode())
        .as("it is in the store already")
        .isEqualTo(200);
    assertThat(json(send(port, "DELETE", id + "?dryRun=true", "")).path("warnings").toString())
        .contains("From then on MISTRAL_API_KEY from");
    stop();
    flags.put("--no-env", "true");
    assertThat(names(start())).containsExactly("mistral-env");
  }

  @Test
  void takesOverNothingWhenSomethingCannotBeUnderstood() throws Exception {
    Files.writeString(directory.resolve("default.yaml"), "llm:\n  default_model: openai/gpt-4.1\n");
    for (var line : List.of(GOOD, "ANTHROPIC_API_KEY=sk-ant-***", "ANTHROPIC_API_KEY=\"" + GOOD)) {
      Files.writeString(directory.resolve(".env"), "OPENAI_API_KEY=%s\n%s\n".formatted(GOOD, line));
      assertThatThrownBy(this::start)
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> {
                assertThat(refusal.exitCode()).isEqualTo(78);
                assertThat(refusal.sentences())
                    .contains("line 2")
                    .contains("Nothing was taken over")
                    .doesNotContain("sk-");
              });
    }
    Files.writeString(directory.resolve(".env"), "");
    assertThat(names(start())).isEmpty();
  }

  @Test
  void aWrongEncryptionKeyIsRefusedAndNotAByteIsChanged() throws Exception {
    environment.put("ENCRYPTION_KEY", fernet());
    send(start(), "POST", "/config/api-keys", key(GOOD));
    stop();
    var before = Files.readAllBytes(directory.resolve("data/config.db"));
    var right = environment.put("ENCRYPTION_KEY", fernet());
    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.exitCode()).isEqualTo(78);
              assertThat(refusal.sentences())
                  .startsWith("InvalidEncryptionKey: none of the 1 given keys opens")
                  .contains("(1 stored keys)");
            });
    environment.remove("ENCRYPTION_KEY");
    assertThatThrownBy(this::start)
        .as("never a new key over old data")
        .hasMessageStartingWith("InvalidEncryptionKey");
    assertThat(Files.readAllBytes(directory.resolve("data/config.db"))).isEqualTo(before);

    var next = fernet();
    environment.put("ENCRYPTION_KEY", next + "," + right);
    var rotating = start();
    await("the key to be known")
        .until(
            () -> !get(rotating, "/config/api-keys/default.fake").path("state").asText().isEmpty());
    assertThat(get(rotating, "/status").path("checks").toString())
        .contains(
            "{\"name\":\"Reencryption\",\"ok\":true,\"sentence\":\"Every stored key is encrypted with"
                + " the first encryption key; the others can be left out.\"}");
    stop();
    environment.put("ENCRYPTION_KEY", next);
    var port = start();
    assertThat(get(port, "/config/api-keys/default.fake").path("state").asText())
        .as("the old key is not needed any more")
        .isNotEqualTo("NeedsNewKey");
    stop();

    environment.put("ENCRYPTION_KEY", fernet());
    flags.put("--forget-unreadable-keys", "true");
    var forgetful = start();
    await("the key to be asked for again")
        .until(() ->
            get(forgetful, "/config/api-keys/default.fake")
                .path("state")
                .asText()
                .equals("NeedsNewKey"));
    assertThat(
            send(
                    forgetful,
                    "PATCH",
                    "/config/api-keys/default.fake",
                    "{\"key\": \"%s\"}".formatted(GOOD))
                .statusCode())
        .isEqualTo(200);
    await("the key that was entered again to be used")
        .until(() ->
            !get(forgetful, "/config/api-keys/default.fake")
                .path("state")
                .asText()
                .equals("NeedsNewKey"));
  }

  @Test
  void aKeyFileIsMadeWarnedOfAndForbidden() throws Exception {
    start();
    var file = directory.resolve("data/.encryption_key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(said.toString())
        .contains("back this file up")
        .doesNotContain(Files.readString(file));
    stop();
    flags.put("--no-key-file", "true");
    assertThatThrownBy(this::start).hasMessageContaining("--no-key-file");
  }

  @Test
  void agentsOfAFolderAreListedWithWhatAPlanWouldGiveThem() throws Exception {
    var folder = Files.createDirectories(directory.resolve("manifests"));
    Files.writeString(folder.resolve("chat.yaml"), agent("Deployment", "chat", "fake"));
    Files.writeString(folder.resolve("lost.yaml"), agent("StatefulSet", "lost", "nobody"));
    Files.writeString(
        folder.resolve("other.yaml"),
        agent("Deployment", "other", "fake").replaceFirst(", labels: [^\n]*", "}"));
    Files.writeString(folder.resolve("broken.yaml"), "kind: Deployment\nmetadata: {name: x\n");
    var before = contents(folder);
    flags.put("--manifests", folder.toString());
    var port = start();
    send(port, "POST", "/config/api-keys", key(GOOD));
    send(
        port,
        "POST",
        "/config/model-configs",
        "{\"namespace\": \"default\", \"name\": \"fake\", \"apiKeyRef\": {\"name\": \"fake\"}, \"model\": \"gpt-4.1\"}");

    await("the agents to be planned for the model")
        .until(
            () -> get(port, "/agents").path("items").path(0).path("mode").asText().equals("Env"));
    var agents = get(port, "/agents").path("items");
    assertThat(agents.findValuesAsText("id"))
        .containsExactly("default.Deployment.chat", "default.StatefulSet.lost");
    assertThat(agents.findValuesAsText("state")).containsOnly("Planned");
    assertThat(agents.path(0).path("configId").asText()).isEqualTo("default.fake");
    assertThat(agents.path(0).path("requested").path("model").asText()).isEqualTo("gpt-4.1");
    assertThat(agents.path(1).path("sentence").asText()).contains("no ModelConfig nobody");
    assertThat(
            get(port, "/agents/default.Deployment.chat")
                .path("containers")
                .findValuesAsText("name"))
        .contains("agent", "OPENAI_MODEL");

    var patch = send(port, "GET", "/agents/default.Deployment.chat/patch", "").body();
    assertThat(patch).contains("name: \"OPENAI_MODEL\"\n          value: \"gpt-4.1\"");
    var plan = Files.createDirectories(directory.resolve("plan"));
    for (var path : List.of("api-keys/default.fake", "model-configs/default.fake")) {
      Files.writeString(
          plan.resolve(path.replace('/', '.') + ".yaml"), yaml(port, "/config/" + path));
    }
    Files.copy(folder.resolve("chat.yaml"), plan.resolve("chat.yaml"));
    assertThat(Run.of("", "plan", "--manifests", plan.toString(), "-o", "yaml").out())
        .as("what a plan says of the same workload")
        .isEqualTo(patch);

    send(port, "PATCH", "/config/model-configs/default.fake", "{\"model\": \"gpt-4.1-mini\"}");
    assertThat(send(port, "GET", "/agents/default.Deployment.chat/patch", "").body())
        .as("the very next request")
        .contains("gpt-4.1-mini");
    assertThat(send(port, "POST", "/agents/default.Deployment.chat/restart", "{}").body())
        .contains("NotInThisMode");
    assertThat(contents(folder)).as("what lies there").isEqualTo(before);

    Files.delete(folder.resolve("lost.yaml"));
    Files.writeString(folder.resolve("more.yaml"), agent("CronJob", "more", "default"));
    await("the folder to be read again")
        .until(() ->
            get(port, "/agents").path("items").findValuesAsText("id").stream()
                .sorted()
                .toList()
                .equals(List.of("default.CronJob.more", "default.Deployment.chat")));
    assertThat(send(port, "GET", "/agents/default.StatefulSet.lost/patch", "").statusCode())
        .isEqualTo(404);
    assertThat(send(port, "GET", "/agents/default.CronJob.more/patch", "").body())
        .isEqualTo(
            "---\napiVersion: \"batch/v1\"\nkind: \"CronJob\"\nmetadata:\n  name: \"more\"\n  namespace: \"agents\"\n");
  }

  @Test
  void keysAreTakenIntoANamespaceOfAClusterThatHasTheEncryptionKey() throws Exception {
    var ring = fernet();
    environment.put("ENCRYPTION_KEY", ring);
    var port = start();
    send(port, "POST", "/config/api-keys", key(GOOD));
    send(
        port,
        "POST",
        "/config/model-configs",
        "{\"namespace\": \"default\", \"name\": \"fake\", \"apiKeyRef\": {\"name\": \"fake\"}, \"model\": \"gpt-4.1\"}");

    var exported = send(port, "GET", "/export?keys=Encrypted&targetNamespace=agents", "");

    assertThat(exported.statusCode()).isEqualTo(200);
    assertThat(exported.body())
        .startsWith("# The keys in this open in a cluster whose key ring holds the encryption key")
        .doesNotContain(GOOD);
    var documents =
        new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(exported.body()).readAll();
    assertThat(documents)
        .extracting(one -> one.path("kind").asText() + " " + one.at("/metadata/namespace").asText())
        .containsExactly("ApiKeyConfig agents", "ModelConfig agents");
    var spec = documents.getFirst().path("spec");
    assertThat(spec.path("endpoint").asText()).contains("127.0.0.1");
    assertThat(opened(ring, "agents", spec)).isEqualTo(GOOD);
    assertThat(opened(ring, "default", spec)).isEqualTo("BoundElsewhere[differs=[namespace]]");

    for (var refused :
        List.of(
            "targetNamespace=agents",
            "targetNamespace=agents&keys=AsStored",
            "targetNamespace=No_name&keys=Encrypted")) {
      assertThat(send(port, "GET", "/export?" + refused, "").statusCode())
          .as(refused)
          .isEqualTo(400);
    }
    assertThat(send(port, "GET", "/export?targetNamespace=agents&keys=Omit", "").body())
        .contains("namespace: \"agents\"")
        .doesNotContain("encryptedKey:", "# The keys in this open");
  }

  /// As the operator of a cluster judges it.
  private static String opened(String ring, String namespace, JsonNode spec) {
    if (!(RunningOperator.ring(ring).open(spec.path("encryptedKey").asText())
            instanceof Opening.Opened(var content, _))
        || !(Endpoint.parse(spec.path("endpoint").asText())
            instanceof Validated.Valid<Endpoint>(var endpoint))) {
      throw new AssertionError(spec);
    }
    var judged =
        new Binding(namespace, "fake", endpoint)
            .judge(Envelope.Purpose.Spec, TokenContent.read(content));
    return judged instanceof Binding.Judgement.Fits(var key)
        ? key.use(bytes -> new String(bytes, StandardCharsets.UTF_8))
        : judged.toString();
  }

  @Test
  void manifestsThatAreNowhereAreWrongConfiguration() {
    flags.put("--manifests", directory.resolve("nowhere").toString());
    assertThat(
            StandaloneConfiguration.parse(flags, environment)
                    instanceof Validated.Invalid<StandaloneConfiguration>(var problems)
                ? problems.getFirst().field()
                : "")
        .isEqualTo("--manifests");
  }

  private static String agent(String kind, String name, String config) {
    var cron = kind.equals("CronJob");
    var pod =
        """
        template:
          metadata: {labels: {app: chat}}
          spec:
            restartPolicy: %s
            containers: [{name: agent, image: "example.com/agent:1"}]
        """
            .formatted(cron ? "Never" : "Always");
    return """
    apiVersion: %s
    kind: %s
    metadata: {name: %s, namespace: %s, labels: {llmconfig.dev/model-config: %s}}
    spec:
    %s\
    """
        .formatted(
            cron ? "batch/v1" : "apps/v1",
            kind,
            name,
            cron ? "agents" : "default",
            config,
            cron
                ? "  schedule: '0 3 * * *'\n  jobTemplate:\n    spec:\n" + pod.indent(6)
                : pod.indent(2));
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, String>();
    try (var all = Files.list(folder)) {
      for (var file : all.toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }

  private String yaml(int port, String path) throws Exception {
    return ask(
            port,
            "GET",
            path,
            "",
            Map.of("Authorization", "Bearer " + TOKEN, "Accept", "application/yaml"))
        .body();
  }

  @Test
  void onlyWhoHasAWordOrTheTokenIsLetIn() throws Exception {
    var port = start();
    assertThat(ask(port, "GET", "/config/api-keys", "", Map.of()).statusCode()).isEqualTo(401);
    assertThat(
            ask(port, "GET", "/config/api-keys", "", Map.of("Authorization", "Bearer " + GOOD))
                .statusCode())
        .isEqualTo(401);
    var url = started.getLast().loginUrl();
    var word = url.substring(url.indexOf("#login=") + 7);
    var own =
        Map.of(
            "x-llmconfig-csrf", "1",
            "Origin", "http://127.0.0.1:" + port,
            "Content-Type", "application/json");
    var body = "{\"token\": \"%s\"}".formatted(word);
    var signed = ask(port, "POST", "/session", body, own);
    assertThat(signed.statusCode()).isEqualTo(204);
    assertThat(ask(port, "POST", "/session", body, own).statusCode())
        .as("good once")
        .isEqualTo(401);
    var cookie = signed.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    assertThat(ask(port, "GET", "/config/api-keys", "", Map.of("Cookie", cookie)).statusCode())
        .isEqualTo(200);
    stop();
    var again = start();
    assertThat(ask(again, "GET", "/config/api-keys", "", Map.of("Cookie", cookie)).statusCode())
        .as("a session outlives a restart")
        .isEqualTo(200);
    var out =
        Map.of("x-llmconfig-csrf", "1", "Origin", "http://127.0.0.1:" + again, "Cookie", cookie);
    assertThat(ask(again, "DELETE", "/session", "", out).statusCode()).isEqualTo(204);
    assertThat(ask(again, "GET", "/config/api-keys", "", Map.of("Cookie", cookie)).statusCode())
        .as("who kept the cookie of a session that was signed out")
        .isEqualTo(401);
    var left = get(again, "/audit?action=Logout").path("items");
    assertThat(left).hasSize(1);
    assertThat(left.path(0).path("actor").asText())
        .isEqualTo(get(again, "/session").path("user").asText())
        .isNotEmpty();
    assertThat(Files.readString(directory.resolve("data/login-url"))).contains("#login=");
  }

  @Test
  void whoeverServesANetworkWithoutEncryptionIsWarnedAndCanBeSignedInTo() throws Exception {
    flags.put("--public-url", "http://llm.example.com:8080");
    var alone = start();
    assertThat(login(alone, "llm.example.com:8080"))
        .startsWith("HTTP/1.1 403")
        .contains("InsecureLogin");
    assertThat(login(alone, "192.0.2.7:8080")).startsWith("HTTP/1.1 421");
    assertThat(said.toString()).doesNotContain("without encryption");
    stop();

    flags.put("--listen", "0.0.0.0:0");
    var open = start();
    assertThat(said.toString())
        .contains("It listens on 0.0.0.0:%d without encryption".formatted(open))
        .contains("signs in from another machine does so in the clear")
        .contains("--trusted-proxies");
    for (var host : List.of("llm.example.com:8080", "192.0.2.7:8080", "[2001:db8::7]:8080")) {
      assertThat(login(open, host))
          .as(host)
          .startsWith("HTTP/1.1 204")
          .contains("SameSite=Strict")
          .doesNotContain("Secure");
    }
    assertThat(login(open, "llm.example.com", "https"))
        .as("through a proxy that is not named")
        .startsWith("HTTP/1.1 204")
        .contains("SameSite=Strict; Secure");
    assertThat(login(open, "evil.example.com")).as("a name of nobody").startsWith("HTTP/1.1 421");
  }

  @Test
  void throughAProxyThatIsTrustedPeopleSignInOverHttps() throws Exception {
    flags.put("--public-url", "https://llm.example.com");
    assertThat(login(start(), "llm.example.com"))
        .startsWith("HTTP/1.1 403")
        .contains("--trusted-proxies");
    stop();

    flags.put("--trusted-proxies", "127.0.0.0/8");
    assertThat(login(start(), "llm.example.com"))
        .startsWith("HTTP/1.1 204")
        .contains("SameSite=Strict; Secure");
  }

  @Test
  void whoeverNamesHttpsAndItsProxyServesTheNetworkInNoOtherWay() throws Exception {
    flags.put("--listen", "0.0.0.0:0");
    flags.put("--public-url", "https://llm.example.com");
    flags.put("--trusted-proxies", "127.0.0.0/8");
    var port = start();
    assertThat(said.toString()).doesNotContain("without encryption");
    assertThat(login(port, "192.0.2.7:8080")).startsWith("HTTP/1.1 421");
    assertThat(login(port, "llm.example.com", "https"))
        .startsWith("HTTP/1.1 204")
        .contains("SameSite=Strict; Secure");
    stop();

    flags.put("--trusted-proxies", "192.0.2.1");
    assertThat(login(start(), "llm.example.com"))
        .as("past the proxy")
        .startsWith("HTTP/1.1 403")
        .contains("InsecureLogin");
  }

  @ParameterizedTest
  @CsvSource({"http://llm.example.com,127.0.0.0/8", "https://llm.example.com,", ",127.0.0.0/8"})
  void halfOfThatIsStillAServerWithoutEncryption(
      @Nullable String publicUrl, @Nullable String proxies) throws Exception {
    flags.put("--listen", "0.0.0.0:0");
    if (publicUrl != null) {
      flags.put("--public-url", publicUrl);
    }
    if (proxies != null) {
      flags.put("--trusted-proxies", proxies);
    }
    var port = start();
    assertThat(said.toString()).contains("without encryption");
    assertThat(login(port, "192.0.2.7:8080")).startsWith("HTTP/1.1 204");
  }

  private String login(int port, String host) throws IOException {
    return login(port, host, "http");
  }

  /// As a browser at that address does it; a client library names no host but its own.
  private String login(int port, String host, String scheme) throws IOException {
    var url = started.getLast().loginUrl();
    var body = "{\"token\": \"%s\"}".formatted(url.substring(url.indexOf("#login=") + 7));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              """
              POST /api/session HTTP/1.1
              Host: %1$s
              Origin: %4$s://%1$s
              x-llmconfig-csrf: 1
              Content-Type: application/json
              Content-Length: %2$d
              Connection: close

              %3$s\
              """
                  .formatted(host, body.length(), body, scheme)
                  .replace("\n", "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void whatIsNoFileWhereOneIsLookedForUnaskedIsNone() throws Exception {
    Files.createDirectory(directory.resolve(".env"));
    Files.writeString(directory.resolve("configs"), "of somebody else");
    var command = new ArrayList<>(OwnProcess.command());
    command.addAll(List.of("standalone", "--data-dir", "data", "--listen", "127.0.0.1:0"));
    var process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.lines().anyMatch(line -> line.contains("#login="))).isTrue();
    } finally {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    flags.put("--env-file", directory.resolve(".env").toString());
    assertThatThrownBy(this::start).as("one that is named").hasMessageContaining("cannot be read");
  }

  private static void answer(HttpExchange asked) throws IOException {
    try (asked) {
      var sent = new String(asked.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var good = String.valueOf(asked.getRequestHeaders().getFirst("Authorization")).endsWith(GOOD);
      var body =
          !good
              ? "{\"error\": {\"code\": \"invalid_api_key\"}}"
              : asked.getRequestMethod().equals("GET")
                  ? "{\"object\": \"list\", \"data\": [{\"id\": \"gpt-4.1\", \"object\": \"model\"}]}"
                  : "{\"choices\": [{\"index\": 0, \"finish_reason\": \"stop\", \"message\": {\"role\": \"assistant\", \"content\": \"At %s\"}}], \"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": 1}}"
                      .formatted(JSON.readTree(sent).path("temperature").asText());
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      asked.getResponseHeaders().set("Content-Type", "application/json");
      asked.sendResponseHeaders(good ? 200 : 401, bytes.length);
      asked.getResponseBody().write(bytes);
    }
  }

  private String key(String key) {
    return """
    {"name": "fake", "provider": "OpenAICompatible", "key": "%s",
     "endpoint": "http://127.0.0.1:%d/v1", "allowInsecureEndpoint": true}
    """
        .formatted(key, provider.getAddress().getPort());
  }

  private static String fernet() {
    try (var key = FernetKey.generate();
        var text = key.text()) {
      return text.use(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }
  }

  private int start() {
    var parsed = StandaloneConfiguration.parse(flags, environment);
    if (!(parsed instanceof Validated.Valid<StandaloneConfiguration>(var configuration))) {
      throw new AssertionError(parsed);
    }
    var process = StandaloneProcess.start(configuration, shell());
    started.add(process);
    return process.port();
  }

  private Shell shell() {
    var out = new PrintWriter(said, true);
    return new Shell(
        new ByteArrayInputStream(new byte[0]),
        out,
        out,
        environment,
        InstantSource.system(),
        Optional.empty());
  }

  private List<String> names(int port) throws Exception {
    return get(port, "/config/api-keys")
        .path("items")
        .valueStream()
        .map(item -> item.path("name").asText())
        .sorted()
        .toList();
  }

  private String chat(int port, String model) throws Exception {
    return send(
            port,
            "POST",
            "/chat",
            "{\"model\": \"%s\", \"stream\": false, \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}"
                .formatted(model))
        .body();
  }

  private JsonNode get(int port, String path) throws Exception {
    return json(send(port, "GET", path, ""));
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> send(int port, String method, String path, String body)
      throws Exception {
    return ask(
        port,
        method,
        path,
        body,
        Map.of(
            "Authorization",
            "Bearer " + TOKEN,
            "Content-Type",
            "application/json",
            "If-Match",
            "*"));
  }

  private HttpResponse<String> ask(
      int port, String method, String path, String body, Map<String, String> headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api%s".formatted(port, path)))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private List<Path> files() throws IOException {
    try (var all = Files.list(directory.resolve("data"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
