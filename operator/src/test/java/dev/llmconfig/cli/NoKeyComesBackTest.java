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
import dev.llmconfig.domain.Validated;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Forty keys, each entered at another place, the wrong ones included; and then they are looked for
/// in all that this process has said or kept. The provider repeats every key that it is shown.
class NoKeyComesBackTest {

  private static final String TOKEN = "a-token-for-scripts-0123456789";

  /// What is entered beside the keys and must be found, so that looking is known to work.
  private static final String WITNESS = "witness-of-the-search";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String YAML = "application/yaml";
  private static final String KEYS = "/config/api-keys";
  private static final String CONFIGS = "/config/model-configs";

  /// Where a key is entered. CANARY stands for it wherever it is.
  ///
  /// @param end status and reason, which say that it got as far as it was meant to
  private record Place(
      String end, String method, String path, Map<String, String> headers, String body) {

    Place with(String header, String value) {
      var more = new TreeMap<>(headers);
      more.put(header, value);
      return new Place(end, method, path, more, body);
    }

    @Override
    public String toString() {
      return "%s %s %s %s %s".formatted(end, method, path, headers, body);
    }
  }

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final StringWriter said = new StringWriter();
  private final StringBuilder answers = new StringBuilder();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> log = new OutputStreamAppender<>();
  private final Set<String> shownToProvider = ConcurrentHashMap.newKeySet();
  private final List<String> keys = keys();
  private HttpServer provider;
  private StandaloneProcess process;
  private boolean running;

  @BeforeEach
  void start() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext("/v1", this::repeat);
    provider.start();
    listen();
    var parsed =
        StandaloneConfiguration.parse(
            Map.of(
                "--data-dir", directory.resolve("data").toString(),
                "--listen", "127.0.0.1:0",
                "--env-file", directory.resolve(".env").toString(),
                "--config", directory.resolve("default.yaml").toString()),
            Map.of("LLMCONFIG_TOKEN", TOKEN));
    if (!(parsed instanceof Validated.Valid<StandaloneConfiguration>(var configuration))) {
      throw new AssertionError(parsed);
    }
    var out = new PrintWriter(said, true);
    process =
        StandaloneProcess.start(
            configuration,
            new Shell(
                new ByteArrayInputStream(new byte[0]),
                out,
                out,
                Map.of(),
                InstantSource.system(),
                Optional.empty()));
    running = true;
  }

  private void stop() {
    if (running) {
      running = false;
      process.close();
    }
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
    stop();
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
  void whereverItWasEntered() throws Exception {
    // Given somebody who hears everything
    var stream = http.send(asked("/events").build(), BodyHandlers.ofInputStream());
    var hearing = Thread.startVirtualThread(() -> hear(stream.body()));
    assertThat(keys).doesNotHaveDuplicates().hasSize(40);
    var places = places();
    assertThat(places).hasSameSizeAs(keys);

    // When
    var reached = new ArrayList<String>();
    for (var index = 0; index < keys.size(); index++) {
      reached.add(enter(places.get(index), keys.get(index)).toString());
    }
    assertThat(reached).isEqualTo(places.stream().map(Place::toString).toList());

    // Then nothing of them is read
    for (var path :
        List.of(
            KEYS,
            KEYS + "/default.kept",
            KEYS + "/default.kept/models",
            CONFIGS,
            CONFIGS + "/default.support",
            "/config/models",
            "/status",
            "/namespaces",
            "/audit?limit=500",
            "/export?keys=AsStored",
            "/export?keys=Encrypted")) {
      assertThat(send(asked(path))).as(path).isEqualTo("200");
    }
    var last = sent("201", "POST", KEYS, "{\"name\": \"last\", \"provider\": \"Echo\"}");
    assertThat(enter(last, "")).isEqualTo(last);
    await("the last change to be heard")
        .until(() -> events.stream().anyMatch(line -> line.contains("default.last")));

    // Then nor is it written
    look("the answers", answers.toString(), WITNESS);
    look("the events", String.join("\n", events), WITNESS);
    lookFor("the terminal", said.toString());
    var files = files();
    assertThat(files)
        .containsKeys("config.db", "config.db-wal", "usage.db", "usage.db-wal")
        .allSatisfy(this::lookFor)
        .anySatisfy((_, bytes) -> assertThat(bytes).contains(WITNESS));
    stop();
    hearing.join();
    look("the log", logged.toString(StandardCharsets.UTF_8), "default.kept");
    assertThat(files()).containsKey("config.db").allSatisfy(this::lookFor);
    assertThat(shownToProvider)
        .as("which keys came to the provider, and so were understood")
        .contains(keys.get(0), keys.get(4), keys.get(6), keys.get(7));
  }

  /// All that lie there, as they are.
  private Map<String, String> files() throws IOException {
    var found = new TreeMap<String, String>();
    try (var files = Files.walk(directory)) {
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
      var middle = key.substring(12, 28);
      assertThat(lower.contains(middle))
          .as("key %d, entered at %s, is in %s", index, places().get(index).path(), where)
          .isFalse();
      assertThat(text.contains(base64(key)))
          .as("key %d, entered at %s, is in %s as Base64", index, places().get(index).path(), where)
          .isFalse();
    }
  }

  private static String base64(String key) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(key.substring(0, 30).getBytes(StandardCharsets.US_ASCII));
  }

  /// In lower case, so that it is a name and a label, too.
  private static List<String> keys() {
    var random = new Random();
    return IntStream.range(0, 40)
        .mapToObj(index ->
            "sk-proj-%02d%016x%016x".formatted(index, random.nextLong(), random.nextLong()))
        .toList();
  }

  private static List<Place> places() {
    var model = "{\"name\": \"%s\", \"apiKeyRef\": {\"name\": \"%s\"}, \"model\": \"%s\"}";
    var parameters = "/config/models/default.support/parameters";
    return List.of(
        create("201", "kept", "\"key\": \"CANARY\", \"displayName\": \"%s\"".formatted(WITNESS)),
        create("201", "quoted", "\"key\": \" 'CANARY'\\n\""),
        sent("200", "POST", KEYS + "?dryRun=true", key("tried", "\"key\": \"CANARY\"")),
        sent("200", "POST", KEYS + "?dryRun=true", key("told", "\"key\": \"CANARY\""))
            .with("Accept", YAML),
        sent("200", "PATCH", KEYS + "/default.kept", "{\"key\": \"CANARY\"}"),
        sent("200", "PATCH", KEYS + "/default.kept?dryRun=true", "{\"key\": \"CANARY\"}"),
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
        sent("400 MalformedJson", "POST", KEYS, "{\"key\": \"CANARY"),
        create("400 UnknownField", "other", "\"CANARY\": 1"),
        create("422 Invalid", "other", "\"key\": {\"value\": \"CANARY\"}"),
        create("422 LooksLikeAKey", "CANARY", "\"displayName\": \"x\""),
        create("422 LooksLikeAKey", "other", "\"displayName\": \"my CANARY\""),
        create("409 NotInThisMode", "other", "\"caRef\": {\"name\": \"CANARY\", \"key\": \"ca\"}"),
        create(
            "422 LooksLikeAKey",
            "other",
            "\"headers\": [{\"name\": \"X-Team\", \"value\": \"CANARY\"}]"),
        create("422 Invalid", "other", "\"encryptedKey\": \"CANARY\""),
        sent(
            "422 NamespaceNotWatched",
            "POST",
            KEYS,
            "{\"namespace\": \"CANARY\", \"provider\": \"Echo\"}"),
        sent("422 Invalid", "POST", KEYS, "{\"provider\": \"CANARY\"}"),
        sent(
            "422 LooksLikeAKey",
            "POST",
            KEYS,
            "{\"provider\": \"OpenAI\", \"endpoint\": \"https://CANARY@api.openai.com/v1?k=CANARY\"}"),
        sent("201", "POST", CONFIGS, model.formatted("support", "kept", "gpt-4.1"))
            .with("User-Agent", "CANARY"),
        sent("422 LooksLikeAKey", "POST", CONFIGS, model.formatted("other", "kept", "CANARY")),
        sent("422 LooksLikeAKey", "PUT", parameters, "{\"extra\": {\"CANARY\": \"CANARY\"}}"),
        sent(
            "404 ModelNotFound",
            "POST",
            "/chat",
            "{\"model\": \"default.CANARY\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}"),
        sent("404 ApiKeyNotFound", "GET", KEYS + "/default.CANARY", ""),
        sent("404 ModelNotFound", "DELETE", CONFIGS + "/default.CANARY", ""),
        sent("200", "GET", KEYS + "?q=CANARY", ""),
        sent("400 UnknownParameter", "GET", KEYS + "?CANARY=CANARY&cursor=CANARY", ""),
        sent("401 TokenRejected", "GET", KEYS, "").with("Authorization", "Bearer CANARY"),
        sent("401 TokenRejected", "POST", "/session", "{\"token\": \"CANARY\"}"),
        sent("412 ChangedMeanwhile", "PATCH", KEYS + "/default.kept", "{\"suspend\": true}")
            .with("If-Match", "\"CANARY.1.1\""),
        sent("200", "POST", "/import?namespace=default", "OPENAI_API_KEY='CANARY'\n")
            .with("Content-Type", "text/plain"),
        sent("422 Invalid", "POST", "/import?namespace=default", "ANTHROPIC_API_KEY=\nCANARY\n")
            .with("Content-Type", "text/plain"),
        sent(
                "422 LooksLikeAKey",
                "POST",
                "/import",
                """
                apiVersion: llmconfig.dev/v1alpha1
                kind: ApiKeyConfig
                metadata: {name: other, namespace: default}
                spec: {provider: OpenAI, key: CANARY}
                """)
            .with("Content-Type", YAML),
        sent(
                "409 NotInThisMode",
                "POST",
                "/import",
                """
                apiVersion: llmconfig.dev/v1alpha1
                kind: ApiKeyConfig
                metadata: {name: other, namespace: default}
                spec: {provider: OpenAI, secretRef: {name: other, key: api-key}}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: other, namespace: default}
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
            "Authorization",
            "Bearer " + TOKEN,
            "Content-Type",
            "application/json",
            "If-Match",
            "*"),
        body);
  }

  private static Place create(String end, String name, String fields) {
    return sent(end, "POST", KEYS, key(name, fields));
  }

  /// PORT stands for that of the provider.
  private static String key(String name, String fields) {
    return """
    {"name": "%s", "provider": "OpenAICompatible", "endpoint": "http://127.0.0.1:PORT/v1",
     "allowInsecureEndpoint": true, %s}
    """
        .formatted(name, fields);
  }

  /// As it was expected, but with the status that it had.
  private Place enter(Place place, String key) throws Exception {
    var port = Integer.toString(provider.getAddress().getPort());
    var request =
        HttpRequest.newBuilder(address(place.path().replace("CANARY", key)))
            .method(
                place.method(),
                place.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(
                        place.body().replace("CANARY", key).replace("PORT", port)));
    place.headers().forEach((name, value) -> request.header(name, value.replace("CANARY", key)));
    return new Place(send(request), place.method(), place.path(), place.headers(), place.body());
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
    return URI.create("http://127.0.0.1:%d/api%s".formatted(process.port(), path));
  }

  private HttpRequest.Builder asked(String path) {
    return HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer " + TOKEN);
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
