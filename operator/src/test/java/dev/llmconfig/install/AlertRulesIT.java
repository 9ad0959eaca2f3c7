package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.llmconfig.testing.LatePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The alerts as the chart renders them, on series of which each must make its alert fire or must
/// not, by Prometheus' own engine.
class AlertRulesIT {

  private static final Path SERIES = Path.of("src/test/resources/install/alert-series.yaml");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;
  private JsonNode groups;
  private String promtool;

  @BeforeEach
  void render() throws IOException {
    promtool = LatePrograms.find("promtool");
    var values = Yaml.documents("metrics: {prometheusRule: {enabled: true}}").getFirst();
    groups =
        Chart.in(folder, "llm", "home").objects(values).stream()
            .filter(one -> one.path("kind").asText().equals("PrometheusRule"))
            .findFirst()
            .orElseThrow()
            .at("/spec/groups");
    var rules = JSON.createObjectNode().set("groups", groups);
    Files.writeString(folder.resolve("rules.yaml"), Yaml.write(rules));
  }

  @Test
  void prometheusTakesTheRules() {
    assertThat(run("check", "rules", "--lint=all", "--lint-fatal", folder + "/rules.yaml").orFail())
        .contains("SUCCESS: " + groups.at("/0/rules").size() + " rules found");
  }

  @Test
  void eachAlertFiresWhereItMustAndNowhereElse() throws IOException {
    var tests = JSON.createObjectNode().put("evaluation_interval", "1m");
    tests.putArray("rule_files").add("rules.yaml");
    var worlds = tests.putArray("tests");
    var series = Yaml.read(SERIES);
    for (var alert : series) {
      for (var fires : new String[] {"fires", "silent"}) {
        assertThat(alert.path(fires)).as(alert.path("alert").asText()).isNotEmpty();
        alert.path(fires).forEach(world -> add(worlds, alert, world, fires));
      }
    }
    Files.writeString(folder.resolve("test.yaml"), Yaml.write(tests));

    assertThat(run("test", "rules", folder + "/test.yaml").output()).contains("SUCCESS");
    assertThat(series)
        .extracting(one -> one.path("alert").asText())
        .containsExactlyElementsOf(
            groups.at("/0/rules").valueStream().map(one -> one.path("alert").asText()).toList());
  }

  /// Prometheus keeps a series `ALERTS` of what fires.
  private static void add(ArrayNode tests, JsonNode alert, JsonNode world, String fires) {
    var name = alert.path("alert").asText();
    var test = tests.addObject().put("name", name + " " + fires).put("interval", "1m");
    var series = test.putArray("input_series");
    for (var one : world) {
      var end = one.asText().indexOf("} ") + 1;
      series
          .addObject()
          .put("series", scraped(one.asText().substring(0, end)))
          .put("values", one.asText().substring(end + 1));
    }
    var samples =
        test.putArray("promql_expr_test")
            .addObject()
            .put(
                "expr",
                "count(ALERTS{alertname=\"%s\",alertstate=\"firing\"}) > bool 0".formatted(name))
            .put("eval_time", alert.path("at").asText())
            .putArray("exp_samples");
    if (fires.equals("fires")) {
      samples.addObject().put("labels", "{}").put("value", 1);
    }
  }

  /// The namespace of the pod, where the series has none of its own.
  private static String scraped(String series) {
    var own = series.contains("namespace=") ? "" : ",namespace=\"home\"";
    return series.replace("SELF", "job=\"llm-metrics\"" + own);
  }

  private Program run(String... words) {
    var all = new String[words.length + 1];
    all[0] = promtool;
    System.arraycopy(words, 0, all, 1, words.length);
    return Program.run("", all);
  }
}
