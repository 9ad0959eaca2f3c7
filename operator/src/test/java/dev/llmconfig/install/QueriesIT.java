package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.llmconfig.testing.LatePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every query of a dashboard, and of the page of metrics, finds something in what the processes
/// tell: a label that no series has would leave a panel empty for ever. The page's table is what a
/// scrape says of itself; the world is one in which everything is wrong, because some of them only
/// answer then.
class QueriesIT {

  private static final Path PAGE = Path.of("../docs/reference/metrics.md");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(llmconfig_\\w+)` \\| (\\w+) \\| (.*?) \\|");
  private static final Pattern EXPRESSION = Pattern.compile("(?m)^\\| [^|`]+\\? \\| `(.+)` \\|$");

  private static final Map<String, String> LABELS =
      Map.of("state", "Behind", "reason", "Timeout", "result", "RolledBack");

  /// After days, so that what was proven at the beginning was proven long ago.
  private static final String AT = "5d";

  /// What the sidecar tells besides.
  private static final List<String> SIDECAR =
      List.of(
          "llmconfig_rest_requests_total{route=\"/api/status\",code=\"200\"}",
          "llmconfig_rest_seconds_sum{route=\"/api/status\"}",
          "llmconfig_rest_seconds_count{route=\"/api/status\"}",
          "llmconfig_access_refused_total{reason=\"Unauthorized\"}",
          "llmconfig_streams{}");

  @TempDir private Path folder;

  @Test
  void eachFindsSomething() throws IOException {
    var page = Files.readString(PAGE);
    var test = JSON.createObjectNode().put("interval", "1m");
    var series = test.putArray("input_series");
    ROW.matcher(page)
        .results()
        .forEach(row -> told(series, row.group(1), row.group(2), row.group(3)));
    SIDECAR.forEach(one -> add(series, one, "0+1x7200"));
    var queries = Stream.concat(dashboards().stream(), page(page).stream()).toList();
    var wanted = test.putArray("promql_expr_test");
    for (var query : queries) {
      wanted
          .addObject()
          .put("expr", "count(%s) > bool 0".formatted(query))
          .put("eval_time", AT)
          .putArray("exp_samples")
          .addObject()
          .put("labels", "{}")
          .put("value", 1);
    }
    var tests = JSON.createObjectNode().put("evaluation_interval", "1m");
    tests.putArray("tests").add(test);
    Files.writeString(folder.resolve("queries.yaml"), Yaml.write(tests));

    assertThat(queries).hasSizeGreaterThan(25);
    assertThat(series).hasSizeGreaterThan(20);
    assertThat(
            Program.run(
                    "", LatePrograms.find("promtool"), "test", "rules", folder + "/queries.yaml")
                .output())
        .contains("SUCCESS");
  }

  private static void told(ArrayNode series, String name, String type, String labels) {
    var all =
        new ArrayList<>(
            Pattern.compile("\\w+")
                .matcher(labels)
                .results()
                .map(label -> label.group())
                .map(label -> "%s=\"%s\"".formatted(label, LABELS.getOrDefault(label, "some")))
                .toList());
    switch (type) {
      case "counter" -> add(series, told(name, all), "0+1x7200");
      case "gauge" -> add(series, told(name, all), value(name) + "x7200");
      case "histogram" -> {
        add(series, told(name + "_sum", all), "0+1x7200");
        add(series, told(name + "_count", all), "0+1x7200");
        all.add("le=\"+Inf\"");
        add(series, told(name + "_bucket", all), "0+1x7200");
        all.set(all.size() - 1, "le=\"0.5\"");
        add(series, told(name + "_bucket", all), "0+1x7200");
      }
      default -> throw new AssertionError("no such type: " + type);
    }
  }

  /// What has a time ended or was proven on the sixth day, or the first; of the rest only how many
  /// agents are behind is more than nothing.
  private static String value(String name) {
    return switch (name) {
      case "llmconfig_agents" -> "1";
      case "llmconfig_key_expiry_timestamp_seconds", "llmconfig_model_retires_timestamp_seconds" ->
          "518400";
      default -> "0";
    };
  }

  /// As Prometheus adds them to what a pod of the chart tells.
  private static String told(String name, List<String> labels) {
    return name + "{" + String.join(",", labels) + "}";
  }

  private static void add(ArrayNode series, String one, String values) {
    var scraped = one.replace("{", "{pod=\"llm-0\",endpoint=\"http\",").replace(",}", "}");
    series.addObject().put("series", scraped).put("values", values);
  }

  private static List<String> dashboards() throws IOException {
    try (var files = Files.list(Chart.FILES.resolve("files/dashboards"))) {
      return files
          .flatMap(file -> Yaml.read(file).path("panels").valueStream())
          .flatMap(panel -> panel.path("targets").valueStream())
          .map(target -> target.path("expr").asText())
          .toList();
    }
  }

  private static List<String> page(String page) {
    return EXPRESSION.matcher(page).results().map(row -> row.group(1).replace("\\|", "|")).toList();
  }
}
