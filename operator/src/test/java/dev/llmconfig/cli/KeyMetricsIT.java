package dev.llmconfig.cli;

import static dev.llmconfig.cli.KeyFolk.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.Models;
import dev.llmconfig.testing.Actor;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import dev.llmconfig.testing.Kubectl;
import dev.llmconfig.verify.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What Prometheus sees of keys and ModelConfigs, on the replica that leads and on the one that
/// does not.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class KeyMetricsIT {

  private static final String KEY = RunningOperator.newKey();
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+?)(\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

  /// With an agent, and a model of which the catalogue knows the end.
  private static final String RETIRING =
      """
      apiVersion: llmconfig.dev/v1alpha1
      kind: ModelConfig
      metadata: {name: retiring}
      spec: {apiKeyRef: {name: good}, model: computer-use-preview}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: agent, labels: {llmconfig.dev/model-config: retiring}}
      spec:
        replicas: 0
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec: {containers: [{name: agent, image: "example.com/agent:1"}]}
      """;

  @TempDir Path folder;

  private ControlPlane plane;
  private Actor account;
  private KeyFolk folk;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    account = RunningOperator.account(plane);
    folk = new KeyFolk(plane, plane.closedLater(Kubectl.admin()), folder, plane.namespace());
  }

  @Test
  void everyReplicaTellsOfEveryKeyAndOfNoneThatIsGone() throws Exception {
    var leader = plane.closedLater(start());
    await("a leader").atMost(SOON).until(() -> leader.get("/readyz").body().contains(": ok\n"));
    var follower = plane.closedLater(start());
    folk.secret("good", "sk-good-0123456789abcdef");
    folk.secret("waiting", "sk-waiting-0123456789abcdef");
    folk.apply(verified("good", ", expiresAt: \"2099-03-31T00:00:00Z\""));
    folk.apply(verified("late", ""));

    for (var replica : List.of(leader, follower)) {
      await("the series of both keys")
          .atMost(SOON)
          .untilAsserted(() -> {
            var scrape = scrape(replica);
            assertThat(value(scrape, "llmconfig_key_ready", "good")).hasValue(1.0);
            assertThat(value(scrape, "llmconfig_key_ready", "late")).hasValue(0.0);
            assertThat(value(scrape, "llmconfig_key_verified_timestamp_seconds", "good"))
                .hasValueSatisfying(time ->
                    assertThat(Instant.ofEpochSecond(time.longValue()))
                        .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5)));
            assertThat(value(scrape, "llmconfig_key_verified_timestamp_seconds", "late")).isEmpty();
            assertThat(value(scrape, "llmconfig_key_expiry_timestamp_seconds", "good"))
                .hasValue((double) Instant.parse("2099-03-31T00:00:00Z").getEpochSecond());
            assertThat(scrape)
                .contains("llmconfig_reencryption_pending 0.0", "llmconfig_conflicts_total ");
          });
    }
    assertThat(scrape(leader))
        .contains(
            "llmconfig_probes_total{provider=\"OpenAI\",reason=\"KeyAccepted\"} 1.0",
            "llmconfig_probe_seconds_count{provider=\"OpenAI\"} 1");

    folk.apply(RETIRING);
    for (var replica : List.of(leader, follower)) {
      await("the series of the ModelConfig")
          .atMost(SOON)
          .until(() ->
              scrape(replica)
                  .contains(
                      "llmconfig_model_retires_timestamp_seconds{model=\"computer-use-preview\",model_config=\"retiring\""));
    }

    folk.delete("modelconfig", "retiring");
    folk.delete("apikeyconfig", "good", "late");

    for (var replica : List.of(leader, follower)) {
      await("their series to go")
          .atMost(SOON)
          .until(() ->
              !scrape(replica).contains("llmconfig_key_") && !scrape(replica).contains("retiring"));
    }
  }

  /// `docs/reference/metrics.md` is what a scrape says of itself.
  @Test
  void everySeriesIsOnThePage() throws Exception {
    try (var operator = start()) {
      folk.secret("good", "sk-good-0123456789abcdef");
      folk.apply(verified("good", ", expiresAt: \"2099-03-31T00:00:00Z\""));
      folk.awaitReady("good", "Verified");
      await("the time of the check")
          .atMost(SOON)
          .until(() -> scrape(operator).contains("llmconfig_key_verified_timestamp_seconds{"));
      folk.apply(RETIRING);
      await("the series of a ModelConfig")
          .atMost(SOON)
          .until(() ->
              scrape(operator).contains("llmconfig_agents{")
                  && scrape(operator).contains("llmconfig_model_retires_timestamp_seconds{"));

      Reference.expect(Reference.page("metrics.md"), "metrics", page(scrape(operator)));
    }
  }

  private record Family(String type, TreeSet<String> labels) {}

  /// One row for each family, in the words of its HELP and TYPE lines.
  private static String page(String scrape) {
    var help = new TreeMap<String, String>();
    var families = new TreeMap<String, Family>();
    for (var line : scrape.lines().filter(one -> one.contains("llmconfig_")).toList()) {
      var words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        help.put(words[2], words[3]);
      } else if (line.startsWith("# TYPE ")) {
        families.put(words[2], new Family(words[3], new TreeSet<>()));
      } else {
        addLabels(line, families);
      }
    }
    assertThat(help.keySet()).isEqualTo(families.keySet());
    return families.entrySet().stream()
        .map(family ->
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    family.getKey(),
                    family.getValue().type,
                    family.getValue().labels.stream()
                        .map("`%s`"::formatted)
                        .collect(Collectors.joining(", ")),
                    help.get(family.getKey())))
        .collect(
            Collectors.joining(
                "", "\n| metric | type | labels | what it says |\n|---|---|---|---|\n", "\n"));
  }

  private static void addLabels(String line, Map<String, Family> families) {
    var sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    var family =
        families.entrySet().stream()
            .filter(one -> sample.group(1).startsWith(one.getKey()))
            .max(Comparator.comparing(one -> one.getKey().length()))
            .orElseThrow();
    LABEL
        .matcher(Objects.requireNonNullElse(sample.group(3), ""))
        .results()
        .map(label -> label.group(1))
        .filter(label -> !label.equals("le"))
        .forEach(family.getValue().labels::add);
  }

  private static String verified(String name, String more) {
    return """
    apiVersion: llmconfig.dev/v1alpha1
    kind: ApiKeyConfig
    metadata: {name: %1$s}
    spec: {provider: OpenAI, secretRef: {name: %1$s, key: api-key}%2$s}
    """
        .formatted(name, more);
  }

  private static Optional<Double> value(String scrape, String metric, String name) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(metric + "{") && line.contains("name=\"" + name + "\""))
        .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst();
  }

  private static String scrape(RunningOperator operator) throws IOException, InterruptedException {
    return operator.get("/metrics").body();
  }

  /// Its provider takes every key.
  private RunningOperator start() throws IOException {
    return RunningOperator.start(
        plane,
        account.client().getConfiguration(),
        (_, _) ->
            new Outcome(
                Finding.of(VerdictReason.KeyAccepted, Probe.ListModels),
                Optional.of(new Models.Empty(EmptyListReason.ListEmpty)),
                List.of()),
        () -> {},
        KEY);
  }
}
