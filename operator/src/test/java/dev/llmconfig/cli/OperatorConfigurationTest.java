package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.reconcile.KeyringPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorConfigurationTest {

  private static final Surroundings LAPTOP = new Surroundings(false, true, "default", "laptop-1");
  private static final Surroundings POD = new Surroundings(true, true, "llm-config", "pod-1");
  private static final String KEY = key();

  @TempDir Path data;

  @Test
  void outsideAPodItListensOnLoopbackAndSpeaksToPeople() {
    var configuration = valid(Map.of(), Map.of("ENCRYPTION_KEY", KEY), LAPTOP);

    assertThat(configuration.listen().getAddress().isLoopbackAddress()).isTrue();
    assertThat(configuration.listen().getPort()).isEqualTo(9090);
    assertThat(configuration.logFormat()).isEqualTo(Logging.Format.TEXT);
    assertThat(configuration.homeNamespace()).isEqualTo("default");
    assertThat(configuration.watchNamespaces()).isEmpty();
    assertThat(configuration.ring()).isPresent();
  }

  @Test
  void inAPodItNeedsNoKeyOfTheEnvironment() {
    var configuration = valid(Map.of(), Map.of(), POD);

    assertThat(configuration.ring()).isEmpty();
    assertThat(configuration.listen().getAddress().isAnyLocalAddress()).isTrue();
    assertThat(configuration.logFormat()).isEqualTo(Logging.Format.JSON);
    assertThat(configuration.homeNamespace()).isEqualTo("llm-config");
  }

  @Test
  void tokensForReviewsNeedAPlaceWhereTheyAreHandedOver() {
    var given =
        valid(
            Map.of("--review-account", "llm-review", "--run-dir", data.toString()), Map.of(), POD);
    assertThat(given.reviewAccount()).contains(new Ref("llm-config", "llm-review"));

    assertThat(problems(Map.of("--review-account", "llm-review"), Map.of(), POD))
        .singleElement()
        .asString()
        .contains("--run-dir");
  }

  @Test
  void everyFlagHasAVariableAndTheFlagWins() {
    var configuration =
        valid(
            Map.of("--watch-namespaces", "a, b"),
            Map.of(
                "ENCRYPTION_KEY", KEY,
                "LLMCONFIG_WATCH_NAMESPACES", "c",
                "LLMCONFIG_LISTEN", "[::1]:0",
                "LLMCONFIG_ALLOW_UNBOUND_TOKENS", "true",
                "LLMCONFIG_LOG_LEVEL", "debug",
                "LLMCONFIG_HOME_NAMESPACE", "home"),
            LAPTOP);

    assertThat(configuration.watchNamespaces()).containsExactlyInAnyOrder("a", "b");
    assertThat(configuration.listen().getPort()).isZero();
    assertThat(configuration.allowUnboundTokens()).isTrue();
    assertThat(configuration.logLevel()).isEqualTo(Logging.Verbosity.DEBUG);
    assertThat(configuration.homeNamespace()).isEqualTo("home");
  }

  @Test
  void aRingThatSomebodyBringsIsNeverMade() {
    var configuration =
        valid(
            Map.of(
                "--home-namespace", "home",
                "--keyring-secret", "ours",
                "--existing-keyring-secret", "keys.example.com"),
            Map.of("ENCRYPTION_KEY", KEY),
            LAPTOP);

    assertThat(configuration.keyring())
        .isEqualTo(
            new KeyringPlace(new Ref("home", "ours"), new Ref("home", "keys.example.com"), false));
  }

  @Test
  void reportsAllThatIsWrongAtOnce() {
    var problems =
        problems(
            Map.of(
                "--watch-namespaces", "Team_A",
                "--listen", "nine",
                "--log-format", "xml",
                "--allow-unbound-tokens", "maybe",
                "--home-namespace", "-x",
                "--existing-keyring-secret", "a..b",
                "--data-dir", "/proc/none"),
            Map.of());

    assertThat(problems)
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "--watch-namespaces",
            "--listen",
            "--log-format",
            "--allow-unbound-tokens",
            "--home-namespace",
            "--existing-keyring-secret",
            "--data-dir",
            "ENCRYPTION_KEY");
    assertThat(problems)
        .extracting(Problem::sentence)
        .allMatch(sentence -> sentence.endsWith("."))
        .anyMatch(sentence -> sentence.contains("llmconfig keygen"))
        .anyMatch(sentence -> sentence.contains("LLMCONFIG_LOG_FORMAT"));
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    var file = Files.writeString(data.resolve("file"), "");

    assertThat(problems(Map.of("--data-dir", file.toString()), Map.of("ENCRYPTION_KEY", KEY)))
        .extracting(Problem::field)
        .containsExactly("--data-dir");
  }

  @Test
  void whatIsWrongIsNotRepeated() {
    var problems =
        problems(
            Map.of("--listen", "canary", "--log-level", "canary", "--data-dir", "/proc/canary"),
            Map.of("ENCRYPTION_KEY_FILE", "canary"));

    assertThat(problems).hasSize(4).noneMatch(one -> one.sentence().contains("canary"));
  }

  @Test
  void readsTheKeyFromItsFile() throws IOException {
    var file = Files.writeString(data.resolve("key"), KEY + "," + key() + "\n");

    var configuration = valid(Map.of(), Map.of("ENCRYPTION_KEY_FILE", file.toString()), LAPTOP);

    assertThat(configuration.ring().orElseThrow().ids()).hasSize(2);
  }

  @Test
  void neverRepeatsAKeyThatIsWrong() {
    var problems = problems(Map.of(), Map.of("ENCRYPTION_KEY", "canary-not-a-fernet-key"));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().sentence()).doesNotContain("canary").contains("ENCRYPTION_KEY");
  }

  @Test
  void withoutAClusterItSaysHowToNameOne() {
    var nowhere = new Surroundings(false, false, "default", "laptop-1");

    assertThat(problems(Map.of(), Map.of("ENCRYPTION_KEY", KEY), nowhere))
        .singleElement()
        .satisfies(problem -> assertThat(problem.sentence()).contains("set KUBECONFIG"));
  }

  @Test
  void aMissingFileAndTwoSourcesAreSaid() {
    assertThat(problems(Map.of(), Map.of("ENCRYPTION_KEY_FILE", "/none/such")))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.sentence())
                .contains("ENCRYPTION_KEY_FILE")
                .doesNotContain("/none/such"));
    assertThat(problems(Map.of(), Map.of("ENCRYPTION_KEY_FILE", "x", "ENCRYPTION_KEY", KEY)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.sentence()).contains("keep one of them"));
  }

  private static String key() {
    return FernetKey.generate().text().use(text -> new String(text, StandardCharsets.US_ASCII));
  }

  private OperatorConfiguration valid(
      Map<String, String> flags, Map<String, String> environment, Surroundings surroundings) {
    var parsed = OperatorConfiguration.parse(withData(flags), environment, surroundings);
    assertThat(parsed).isInstanceOf(Validated.Valid.class);
    return ((Validated.Valid<OperatorConfiguration>) parsed).value();
  }

  private List<Problem> problems(Map<String, String> flags, Map<String, String> environment) {
    return problems(flags, environment, LAPTOP);
  }

  private List<Problem> problems(
      Map<String, String> flags, Map<String, String> environment, Surroundings surroundings) {
    var parsed = OperatorConfiguration.parse(withData(flags), environment, surroundings);
    assertThat(parsed).isInstanceOf(Validated.Invalid.class);
    return ((Validated.Invalid<OperatorConfiguration>) parsed).problems();
  }

  private Map<String, String> withData(Map<String, String> flags) {
    var all = new TreeMap<>(flags);
    all.putIfAbsent("--data-dir", data.toString());
    return all;
  }
}
