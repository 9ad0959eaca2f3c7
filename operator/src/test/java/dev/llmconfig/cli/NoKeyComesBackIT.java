package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Forty keys, each entered at another place by somebody with rights in one namespace; and then
/// they are looked for in all that operator and sidecar have said or kept, here and in the cluster.
/// The provider repeats every key that it is shown.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class NoKeyComesBackIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String RING = RunningOperator.newKey();

  /// What is entered beside the keys and must be found, so that looking is known to work.
  private static final String WITNESS = "witness-of-the-search";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String YAML = "application/yaml";
  private static final String KEYS = "/config/api-keys";
  private static final String CONFIGS = "/config/model-configs";

  /// Where a key is entered. CANARY stands for it wherever it is, SPACE for the namespace, PORT for
  /// that of the provider.
  ///
  /// @param end status and reason, which say that it got as far as it was meant to
  private record Place(
      String end, String method, String path, Map<String, String> headers, String body) {

    Place with(String header, String value) {
      var more = new TreeMap<>(headers);
      more.put(header, value);
      return new Place(end, method, path, more, body);
    }

    String told() {
      return "%s %s %s".formatted(method, path, body);
    }
  }

  @TempDir Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private final StringBuilder answers = new StringBuilder();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> log = new OutputStreamAppender<>();
  private final Set<String> shownToProvider = ConcurrentHashMap.newKeySet();
  private final List<String> keys = keys();
  private HttpServer provider;
  private String space = "";
  private String token = "";
  private int port;

  @BeforeEach
  void start() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext("/v1", this::repeat);
    provider.start();
    listen();
  }

  /// As much as a person can have logged, as it is written; the terminal of the tests is spared it.
  private void listen() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.start();
    log.setContext(context);
    log.setEncoder(encoder);
    log.setOutputStream(logged);
    log.start();
    for (var name : List.of("dev.llmconfig", "audit")) {
      var logger = context.getLogger(name);
      logger.setLevel(Level.DEBUG);
      logger.setAdditive(false);
      logger.addAppender(log);
    }
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(log);
  }

  @AfterEach
  void end() {
    provider.stop(0);
    http.close();
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    for (var name : List.of("dev.llmconfig", "audit")) {
      var logger = context.getLogger(name);
      logger.setLevel(null);
      logger.setAdditive(true);
      logger.detachAppender(log);
    }
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(log);
    log.stop();
  }

  @Test
  void whereverItWasEntered(ControlPlane plane) throws Exception {
    // Given somebody who may do everything in one namespace, and somebody who hears everything
    Crds.install(plane);
    space = plane.namespace();
    token =
        plane
            .actor(
                "jane",
                rule("llmconfig.dev", "apikeyconfigs", "modelconfigs"),
                rule("", "secrets"),
                rule("apps", "deployments"))
            .client()
            .getConfiguration()
            .getOauthToken();
    var places = places();
    assertThat(keys).doesNotHaveDuplicates().hasSameSizeAs(places).hasSizeGreaterThanOrEqualTo(40);
    try (var _ =
        RunningOperator.start(
            plane, RunningOperator.account(plane), RING, "--data-dir", data.toString())) {
      try (var sidecar = RunningSidecar.start(plane, data, RING)) {
        port = sidecar.port();
        await("the mirror to be there")
            .atMost(SOON)
            .untilAsserted(
                () -> assertThat(send(asked(KEYS + "?namespace=" + space))).isEqualTo("200"));
        var stream =
            http.send(asked("/events?namespace=" + space).build(), BodyHandlers.ofInputStream());
        var _ = Thread.startVirtualThread(() -> hear(stream.body()));

        // When
        var reached = new ArrayList<String>();
        for (var index = 0; index < keys.size(); index++) {
          var place = places.get(index);
          reached.add(enter(place, keys.get(index)) + " " + place.told());
        }
        assertThat(reached)
            .isEqualTo(places.stream().map(place -> place.end() + " " + place.told()).toList());
        await("the operator to have shown the keys to the provider")
            .atMost(SOON)
            .until(() -> shownToProvider.contains(keys.get(0)));

        // Then nothing of them is read
        for (var path :
            List.of(
                KEYS + "?namespace=SPACE",
                KEYS + "/SPACE.kept",
                KEYS + "/SPACE.kept/models",
                CONFIGS + "?namespace=SPACE",
                CONFIGS + "/SPACE.support",
                "/config/models?namespace=SPACE",
                "/secrets?namespace=SPACE",
                "/secrets/SPACE.imported",
                "/status",
                "/audit?limit=500&namespace=SPACE",
                "/export?keys=AsStored&namespace=SPACE",
                "/export?keys=Encrypted&namespace=SPACE")) {
          assertThat(send(asked(path.replace("SPACE", space)))).as(path).isEqualTo("200");
        }
        var last = sent("201", "POST", KEYS, body("last", "Echo"));
        assertThat(enter(last, "")).isEqualTo("201");
        await("the last change to be heard")
            .atMost(SOON)
            .until(() -> events.stream().anyMatch(line -> line.contains(space + ".last")));
        look("the answers", answers.toString(), WITNESS);
        look("the events", String.join("\n", events), WITNESS);
        assertThat(files())
            .containsKeys("config.db", "config.db-wal", "usage.db", "usage.db-wal")
            .allSatisfy(this::lookFor)
            .anySatisfy((_, bytes) -> assertThat(bytes).contains(WITNESS));
        look("the cluster", cluster(plane), WITNESS);
      }
    }
    look("the log", logged.toString(StandardCharsets.UTF_8), space + ".kept");
    assertThat(files()).containsKey("config.db").allSatisfy(this::lookFor);
  }

  private static PolicyRule rule(String group, String... resources) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resources)
        .withVerbs("get", "list", "watch", "create", "update", "patch", "delete", "use")
        .build();
  }

  /// All that is there but the Secrets in which a key is meant to be.
  private String cluster(ControlPlane plane) {
    var client = plane.admin().client();
    var all = new StringBuilder();
    all.append(
        Serialization.asYaml(client.resources(ApiKeyConfig.class).inNamespace(space).list()));
    all.append(Serialization.asYaml(client.resources(ModelConfig.class).inNamespace(space).list()));
    all.append(Serialization.asYaml(client.configMaps().inNamespace(space).list()));
    all.append(Serialization.asYaml(client.events().v1().events().inNamespace(space).list()));
    all.append(
        Serialization.asYaml(
            client
                .secrets()
                .inNamespace(space)
                .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
                .list()));
    return all.toString();
  }

  private Map<String, String> files() throws IOException {
    var found = new TreeMap<String, String>();
    try (var files = Files.walk(data)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        found.put(
            String.valueOf(file.getFileName()),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return found;
  }

  /// @param witness what was said beside the keys, so that looking is known to work
  private void look(String where, String text, String witness) {
    assertThat(text).as("whether anything is found in %s", where).contains(witness);
    lookFor(where, text);
  }

  /// For the middle of each: both ends may be shown.
  private void lookFor(String where, String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    for (var index = 0; index < keys.size(); index++) {
      var key = keys.get(index);
      assertThat(lower.contains(key.substring(12, 28)))
          .as("key %d, entered at %s, is in %s", index, places().get(index).told(), where)
          .isFalse();
      assertThat(text.contains(base64(key)))
          .as("key %d, entered at %s, is in %s as Base64", index, places().get(index).told(), where)
          .isFalse();
    }
  }

  private static String base64(String key) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(key.substring(0, 30).getBytes(StandardCharsets.US_ASCII));
  }

  /// In lower case, so that it is a name and a label, too.
  private List<String> keys() {
    var random = new Random();
    return IntStream.range(0, places().size())
        .mapToObj(index ->
            "sk-proj-%02d%016x%016x".formatted(index, random.nextLong(), random.nextLong()))
        .toList();
  }

  private static List<Place> places() {
    var parameters = "/config/models/SPACE.support/parameters";
    var imported = "/import?namespace=SPACE";
    return List.of(
        create("201", "kept", "\"key\": \"CANARY\", \"displayName\": \"%s\"".formatted(WITNESS)),
        create("201", "quoted", "\"key\": \" 'CANARY'\\n\""),
        create("201", "beside", "\"key\": \"CANARY\", \"store\": \"Secret\""),
        sent("200", "POST", KEYS + "?dryRun=true", key("tried", "\"key\": \"CANARY\"")),
        sent("200", "POST", KEYS + "?dryRun=true", key("told", "\"key\": \"CANARY\""))
            .with("Accept", YAML),
        sent("200", "PATCH", KEYS + "/SPACE.kept", "{\"key\": \"CANARY\"}"),
        sent("200", "PATCH", KEYS + "/SPACE.kept?dryRun=true", "{\"key\": \"CANARY\"}"),
        sent("200", "PATCH", KEYS + "/SPACE.beside", "{\"key\": \"CANARY\"}"),
        sent("200", "POST", KEYS + "/test", key("unsaved", "\"key\": \"CANARY\"")),
        sent(
            "422 InvalidKey",
            "POST",
            KEYS + "/test?strict=true",
            key("unsaved", "\"key\": \"CANARY\"")),
        create("422 KeyMalformed", "torn", "\"key\": \"CANARY and more\""),
        create("422 KeyLooksMasked", "masked", "\"key\": \"CANARY***\""),
        create("409 AlreadyExists", "kept", "\"key\": \"CANARY\""),
        create("422 Invalid", "late", "\"key\": \"CANARY\", \"expiresAt\": \"soon\""),
        sent("400 MalformedJson", "POST", KEYS, "{\"key\": \"CANARY\", \"key\": \"CANARY\"}"),
        create("400 UnknownField", "other", "\"CANARY\": 1"),
        create("422 Invalid", "other", "\"key\": {\"value\": \"CANARY\"}"),
        create("422 LooksLikeAKey", "CANARY", "\"displayName\": \"x\""),
        create("422 LooksLikeAKey", "other", "\"displayName\": \"my CANARY\""),
        create("422 LooksLikeAKey", "other", "\"caRef\": {\"name\": \"CANARY\", \"key\": \"ca\"}"),
        create(
            "422 LooksLikeAKey",
            "other",
            "\"headers\": [{\"name\": \"X-Team\", \"value\": \"CANARY\"}]"),
        create(
            "422 LooksLikeAKey",
            "other",
            "\"secretRef\": {\"name\": \"CANARY\", \"key\": \"api-key\"}"),
        create("422 Invalid", "other", "\"encryptedKey\": \"CANARY\""),
        sent("403 Forbidden", "POST", KEYS, "{\"namespace\": \"CANARY\", \"provider\": \"Echo\"}"),
        sent("200", "GET", "/namespaces?name=CANARY", ""),
        sent("201", "POST", CONFIGS, model("support", "gpt-4.1")).with("User-Agent", "CANARY"),
        sent("422 LooksLikeAKey", "POST", CONFIGS, model("other", "CANARY")),
        sent("422 LooksLikeAKey", "PUT", parameters, "{\"extra\": {\"CANARY\": \"CANARY\"}}"),
        sent(
            "404 ModelNotFound",
            "POST",
            "/chat",
            "{\"model\": \"SPACE.CANARY\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}"),
        sent("404 ApiKeyNotFound", "GET", KEYS + "/SPACE.CANARY", ""),
        sent("409 NotInThisMode", "POST", KEYS + "/SPACE.CANARY/import", "{}"),
        sent("404 NotFound", "GET", "/secrets/SPACE.CANARY", ""),
        sent("404 NotFound", "GET", "/agents/SPACE.Deployment.CANARY/patch", ""),
        sent(
            "422 LooksLikeAKey",
            "POST",
            CONFIGS + "/SPACE.support/rollout",
            "{\"action\": \"Approve\", \"revision\": \"CANARY\"}"),
        sent("200", "GET", KEYS + "?namespace=SPACE&q=CANARY", ""),
        sent("400 UnknownParameter", "GET", KEYS + "?CANARY=CANARY&cursor=CANARY", ""),
        sent("401 TokenRejected", "GET", KEYS, "").with("Authorization", "Bearer CANARY"),
        sent("412 ChangedMeanwhile", "PATCH", KEYS + "/SPACE.kept", "{\"suspend\": true}")
            .with("If-Match", "\"CANARY.1.1\""),
        sent("200", "POST", imported, "OPENAI_API_KEY='CANARY'\n")
            .with("Content-Type", "text/plain"),
        sent("422 Invalid", "POST", imported, "ANTHROPIC_API_KEY=\nCANARY\n")
            .with("Content-Type", "text/plain"),
        sent(
                "422 LooksLikeAKey",
                "POST",
                "/import",
                """
                apiVersion: llmconfig.dev/v1alpha1
                kind: ApiKeyConfig
                metadata: {name: other, namespace: SPACE}
                spec: {provider: OpenAI, key: CANARY}
                """)
            .with("Content-Type", YAML),
        sent(
                "200",
                "POST",
                "/import",
                """
                apiVersion: llmconfig.dev/v1alpha1
                kind: ApiKeyConfig
                metadata: {name: imported, namespace: SPACE}
                spec: {provider: OpenAI, secretRef: {name: imported, key: api-key}, suspend: true}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: imported, namespace: SPACE}
                stringData: {api-key: CANARY}
                """)
            .with("Content-Type", YAML),
        sent("400 MalformedYaml", "POST", "/import", "kind: [CANARY\n  CANARY: : CANARY\n")
            .with("Content-Type", YAML));
  }

  private static Place sent(String end, String method, String path, String body) {
    return new Place(
        end,
        method,
        path,
        Map.of(
            "Authorization", "Bearer TOKEN", "Content-Type", "application/json", "If-Match", "*"),
        body);
  }

  private static Place create(String end, String name, String fields) {
    return sent(end, "POST", KEYS, key(name, fields));
  }

  private static String key(String name, String fields) {
    return """
    {"namespace": "SPACE", "name": "%s", "provider": "OpenAICompatible",
     "endpoint": "http://127.0.0.1:PORT/v1", "allowInsecureEndpoint": true, %s}
    """
        .formatted(name, fields);
  }

  private static String body(String name, String provider) {
    return "{\"namespace\": \"SPACE\", \"name\": \"%s\", \"provider\": \"%s\"}"
        .formatted(name, provider);
  }

  private static String model(String name, String model) {
    return "{\"namespace\": \"SPACE\", \"name\": \"%s\", \"apiKeyRef\": {\"name\": \"kept\"}, \"model\": \"%s\"}"
        .formatted(name, model);
  }

  /// How it ended.
  private String enter(Place place, String key) throws Exception {
    var request =
        HttpRequest.newBuilder(address(filled(place.path(), key)))
            .method(
                place.method(),
                place.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(filled(place.body(), key)));
    place.headers().forEach((name, value) -> request.header(name, filled(value, key)));
    return send(request);
  }

  private String filled(String text, String key) {
    return text.replace("CANARY", key)
        .replace("SPACE", space)
        .replace("TOKEN", token)
        .replace("PORT", Integer.toString(provider.getAddress().getPort()));
  }

  /// Keeps all of the answer.
  private String send(HttpRequest.Builder request) throws Exception {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    answers
        .append(answer.statusCode())
        .append(' ')
        .append(answer.headers().map())
        .append(answer.body())
        .append('\n');
    return answer.statusCode() < 400
        ? Integer.toString(answer.statusCode())
        : answer.statusCode() + " " + JSON.readTree(answer.body()).path("reason").asText();
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:%d/api%s".formatted(port, path));
  }

  private HttpRequest.Builder asked(String path) {
    return HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer " + token);
  }

  private void hear(InputStream stream) {
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      lines.lines().forEach(events::add);
    } catch (IOException | UncheckedIOException _) {
      events.add("end"); // the server was stopped
    }
  }

  /// Refuses every key, and repeats it wherever an answer has room for it.
  private void repeat(HttpExchange asked) throws IOException {
    try (asked) {
      asked.getRequestBody().readAllBytes();
      var key =
          String.valueOf(asked.getRequestHeaders().getFirst("Authorization"))
              .replace("Bearer ", "");
      shownToProvider.add(key);
      var body =
          """
          {"error": {"message": "Incorrect API key provided: %1$s", "code": "invalid_api_key",
           "param": "%1$s", "type": "%1$s"}, "request_id": "%1$s"}
          """
              .formatted(key)
              .getBytes(StandardCharsets.UTF_8);
      asked.getResponseHeaders().set("Content-Type", "application/json");
      asked.getResponseHeaders().set("x-request-id", key);
      asked.sendResponseHeaders(401, body.length);
      asked.getResponseBody().write(body);
    }
  }
}
