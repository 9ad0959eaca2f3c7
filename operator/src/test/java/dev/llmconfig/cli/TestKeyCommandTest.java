package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.Canary;
import dev.llmconfig.provider.Keys;
import dev.llmconfig.provider.fake.BrokenServer;
import dev.llmconfig.provider.fake.FakeCall;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Fixture;
import dev.llmconfig.provider.fake.Fixtures;
import dev.llmconfig.provider.fake.TlsFiles;
import dev.llmconfig.provider.transport.FakeProxy;
import dev.llmconfig.provider.transport.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TestKeyCommandTest {

  private static final String KEY = "sk-proj-Q7wE2rT9yU4iO1pA6sD3fG8h";
  private static final Random RANDOM = new Random(11);

  private static FakeProvider fake;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    fake = FakeProvider.start(0, Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() {
    fake.close();
  }

  @BeforeEach
  void forget() {
    fake.forget();
  }

  @Test
  void aGoodKeyIsAccepted() {
    Run run = test(KEY, "--provider", "OpenAI", "--endpoint", fake.url("/v1"));

    assertThat(run)
        .isEqualTo(
            new Run(
                0,
                """
                KeyAccepted: OpenAI accepted the key.
                Next step: Nothing.
                Request id: req_good
                HTTP status: 200
                Models: 7
                """,
                ""));
  }

  @Test
  void aWrongKeyIsRefusedWithWhatToDo() {
    String key = Keys.playing(Provider.OpenAI, "OA02", RANDOM);

    Run run = test(key, "--provider", "OpenAI", "--endpoint", fake.url("/v1"));

    assertThat(run)
        .isEqualTo(
            new Run(
                1,
                """
                InvalidKey: OpenAI says the key is wrong.
                Next step: Put the right key into the Secret; check that it belongs to this provider and endpoint.
                Request id: req_fixture
                HTTP status: 401 (invalid_api_key)
                Said by OpenAI: Incorrect API key provided: [key]
                """,
                ""));
  }

  @Test
  void aProvidersBadMinuteIsNeither() {
    Run run =
        test(
            KEY,
            "--provider",
            "Anthropic",
            "--endpoint",
            fake.url(""),
            "--probe",
            "Completion",
            "--model",
            "fx-AN06");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .startsWith("RateLimited: Anthropic is limiting requests; the last result still counts.\n")
        .contains("\nAsk again in: 7 s\n");
  }

  @Test
  void jsonHasOneFieldForEachThing() throws JsonProcessingException {
    String key = Keys.playing(Provider.OpenAI, "OA02", RANDOM);

    Run run = test(key, "--provider", "OpenAI", "--endpoint", fake.url("/v1"), "-o", "json");

    JsonNode json = new ObjectMapper().readTree(run.out());
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "outcome",
            "reason",
            "sentence",
            "nextStep",
            "keyProof",
            "provider",
            "endpoint",
            "probe",
            "requestId",
            "httpStatus",
            "code",
            "models",
            "notes",
            "said",
            "checkedAt",
            "durationMs");
    assertThat(json.path("outcome").asText()).isEqualTo("Refused");
    assertThat(json.path("sentence").asText()).isEqualTo("OpenAI says the key is wrong.");
    assertThat(json.path("requestId").asText()).isEqualTo("req_fixture");
    assertThat(json.at("/models/reason").asText()).isEqualTo("InvalidKey");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5-mini,0,KeyAccepted,ModelAvailable",
    "gpt-5-minni,1,ModelNotFound,ModelNotFound"
  })
  void aModelIsLookedForBesides(String model, int exitCode, String reason, String ofModel) {
    Run run = test(KEY, "--provider", "OpenAI", "--endpoint", fake.url("/v1"), "--model", model);

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).startsWith(reason + ": ").contains("\nModel " + model + ": " + ofModel);
    assertThat(fake.seen(FakeCall.List)).hasSize(1);
    assertThat(run.out().contains("Did you mean: gpt-5-mini")).isEqualTo(exitCode == 1);
  }

  @Test
  void aCompletionIsMadeOnlyWhenAskedFor() {
    test(KEY, "--provider", "OpenAI", "--endpoint", fake.url("/v1"), "--model", "gpt-5-mini");
    assertThat(fake.seen(FakeCall.Completion)).isEmpty();

    Run run =
        test(
            KEY,
            "--provider",
            "OpenAI",
            "--endpoint",
            fake.url("/v1"),
            "--model",
            "gpt-5-mini",
            "--probe",
            "Completion");
    assertThat(run.exitCode()).isZero();
    assertThat(fake.seen(FakeCall.Completion)).hasSize(1);
  }

  @Test
  void withoutAModelThereIsNoCompletion() {
    Run run =
        test(KEY, "--provider", "OpenAI", "--endpoint", fake.url("/v1"), "--probe", "Completion");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Note: Without --model only the free probe was made");
  }

  @Test
  void echoAsksNobodyNotEvenForAKey() {
    Run run = Run.of("", Map.of(), "test-key", "--provider", "Echo", "--model", "echo");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("NoKeyNeeded: echo.invalid answers without a key.\n")
        .contains("Model echo: ModelAvailable");
  }

  @Test
  void aKeylessProviderIsAskedWithoutAKey() {
    Run run = test("", "--provider", "VLLM", "--endpoint", fake.url("/open"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("NoKeyNeeded: 127.0.0.1:" + fake.port());
  }

  @ParameterizedTest
  @CsvSource({
    "'',There is no key",
    "'sk-a b',The key has whitespace inside",
    "'ké',The key has a character outside ASCII"
  })
  void whatIsNoKeyIsNotSent(String key, String note) {
    Run run = test(key, "--provider", "OpenAI", "--endpoint", fake.url("/v1"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("KeyMalformed: The Secret does not hold a usable key.\n")
        .contains("Note: " + note);
    assertThat(fake.seen()).isEmpty();
  }

  @Test
  void whatSurroundsAKeyIsRemovedAndSaid() {
    Run run = test(" \"" + KEY + "\"\n", "--provider", "OpenAI", "--endpoint", fake.url("/v1"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Note: Whitespace, quotes or a byte order mark");
  }

  @Test
  void aKeyOfAnotherProviderIsPointedOut() {
    Run run =
        test("sk-ant-api03-0123456789abcdef", "--provider", "Groq", "--endpoint", fake.url("/v1"));

    assertThat(run.out()).contains("Note: This looks like a key of Anthropic, not of Groq.");
  }

  @Test
  void thisMachineIsOnlyAskedWithConsent() {
    Run run =
        Run.of(KEY, Map.of(), "test-key", "--provider", "OpenAI", "--endpoint", fake.url("/v1"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("EndpointNotAllowed: The endpoint 127.0.0.1:" + fake.port())
        .contains("--allow-insecure-endpoint");
    assertThat(fake.seen()).isEmpty();
  }

  @Test
  void aCompanysAuthorityComesFromAFile() throws IOException {
    Path authority = Files.write(folder.resolve("ca.crt"), TlsFiles.authority());
    try (FakeProvider tls = FakeProvider.startTls(0, TlsFiles.Good)) {
      String url = "https://localhost:" + tls.port() + "/v1";

      Run trusting =
          test(KEY, "--provider", "OpenAI", "--endpoint", url, "--ca-file", authority.toString());
      Run doubting = test(KEY, "--provider", "OpenAI", "--endpoint", url);

      assertThat(trusting.exitCode()).isZero();
      assertThat(doubting.exitCode()).isEqualTo(1);
      assertThat(doubting.out()).startsWith("TLSFailed: A secure connection to localhost:");
    }
  }

  @Test
  void theProxyOfTheEnvironmentIsUsed() {
    try (FakeProxy proxy = new FakeProxy(0)) {
      String endpoint = "http://provider.invalid:" + fake.port() + "/v1";
      String[] arguments = {
        "test-key", "--provider", "OpenAI", "--endpoint", endpoint, "--allow-insecure-endpoint"
      };

      Run direct = Run.of(KEY, Map.of(), arguments);
      Run proxied = Run.of(KEY, Map.of("http_proxy", proxy.url()), arguments);
      Run excepted =
          Run.of(KEY, Map.of("HTTP_PROXY", proxy.url(), "NO_PROXY", ".invalid"), arguments);

      assertThat(direct.out()).startsWith("EndpointUnreachable");
      assertThat(proxied.out()).startsWith("KeyAccepted");
      assertThat(excepted.out()).startsWith("EndpointUnreachable");
      assertThat(proxy.asked()).hasSize(1);
    }
  }

  @Test
  void aPortThatSaysNothingIsGivenUpInTime() {
    try (BrokenServer silent = BrokenServer.silent(0)) {
      Run run =
          hasty(
              KEY,
              Duration.ofMillis(300),
              List.of("--provider", "OpenAI", "--endpoint", silent.url("/v1"), "-o", "json"));

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.out()).contains("\"reason\" : \"Timeout\"");
    }
  }

  /// Covers traps K2: whatever a provider answers, nothing of the key is printed.
  @TestFactory
  Stream<DynamicTest> noAnswerBringsTheKeyOnTheScreen() {
    return Stream.of(Provider.values())
        .flatMap(provider ->
            Fixtures.of(provider).orElse(List.of()).stream()
                .filter(fixture -> fixture.expect().reason() != VerdictReason.Timeout)
                .map(fixture ->
                    DynamicTest.dynamicTest(
                        provider + " " + fixture.id(), () -> canary(provider, fixture))));
  }

  private static void canary(Provider provider, Fixture fixture) {
    String key = Keys.playing(provider, fixture.id(), RANDOM);
    String path = provider == Provider.OpenAI ? "/v1" : "";
    String host = provider == Provider.Bedrock ? "bedrock-mantle.us-east-1.api.aws" : "127.0.0.1";
    List<String> arguments =
        List.of(
            "--provider",
            provider.name(),
            "--endpoint",
            "http://" + host + ":" + fake.port() + path,
            "--model",
            "m",
            "--probe",
            "Completion");
    for (String format : List.of("text", "json")) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of("-o", format));

      Run run = hasty(key, Duration.ofSeconds(20), all);

      assertThat(run.exitCode()).isBetween(0, 2);
      assertThat(run.out()).isNotEmpty();
      Canary.assertNothingOf(key.substring(3), run.out() + run.err());
    }
  }

  private static Run test(String key, String... arguments) {
    List<String> all = new ArrayList<>(List.of("test-key", "--allow-insecure-endpoint"));
    all.addAll(List.of(arguments));
    return Run.of(key, Map.of(), all.toArray(String[]::new));
  }

  /// The same command with limits of its own, and every name this machine.
  private static Run hasty(String key, Duration limit, List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Shell shell =
        new Shell(
            new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Map.of(),
            InstantSource.fixed(Run.NOW),
            Optional.empty());
    TestKeyCommand command =
        new TestKeyCommand(
            shell,
            _ -> List.of(InetAddress.getLoopbackAddress()),
            new Limits(limit, limit, limit, limit));
    List<String> all = new ArrayList<>(arguments);
    all.add("--allow-insecure-endpoint");
    int exitCode = PlainErrors.on(new CommandLine(command)).execute(all.toArray(String[]::new));
    return new Run(exitCode, out.toString(), err.toString());
  }
}
