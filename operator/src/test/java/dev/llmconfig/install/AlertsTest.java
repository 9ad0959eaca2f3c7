package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Alerts, their runbooks and the series behind them belong together.
class AlertsTest {

  private static final Path DOCS = Path.of("../docs");
  private static final Pattern SERIES = Pattern.compile("llmconfig_[a-z_]+");
  private static final List<String> PARTS =
      List.of("Meaning", "First command", "Likely causes", "Cure", "Wake someone");

  private final List<JsonNode> alerts =
      StreamSupport.stream(Yaml.read(Chart.FILES.resolve("files/alerts.yaml")).spliterator(), false)
          .toList();

  @Test
  void eachAlertHasItsRunbookAndEachRunbookItsAlert() throws IOException {
    var page = Files.readString(DOCS.resolve("operations.md"));
    var headings =
        Pattern.compile("(?m)^## (LLMConfig\\w+)$")
            .matcher(page)
            .results()
            .map(heading -> heading.group(1))
            .toList();

    assertThat(alerts.stream().map(alert -> alert.path("alert").asText())).isEqualTo(headings);
    for (var heading : headings) {
      var runbook = page.substring(page.indexOf("## " + heading + "\n")).split("\n## ", 2)[0];
      assertThat(PARTS).as(heading).allSatisfy(part -> assertThat(runbook).contains("**" + part));
    }
  }

  @Test
  void eachAlertSaysWhatItIsAndWhereToReadOn() {
    assertThat(alerts)
        .allSatisfy(alert -> {
          var name = alert.path("alert").asText();
          assertThat(alert.at("/annotations/summary").asText()).as(name).endsWith(".");
          assertThat(alert.at("/annotations/description").asText()).as(name).endsWith(".");
          assertThat(alert.at("/annotations/runbook_url").asText())
              .isEqualTo("RUNBOOKS#" + name.toLowerCase(Locale.ROOT));
          assertThat(alert.at("/labels/severity").asText())
              .as(name)
              .isIn("critical", "warning", "info");
          assertThat(alert.path("for").asText()).as(name).matches("[0-9]+[mh]");
        });
  }

  /// The page of metrics is what a scrape says of itself.
  @Test
  void everySeriesOfAnAlertOrADashboardExists() throws IOException {
    var known = series(Files.readString(DOCS.resolve("reference/metrics.md")));
    var used = new TreeSet<String>();
    alerts.forEach(alert -> used.addAll(series(alert.path("expr").asText())));
    try (var dashboards = Files.list(Chart.FILES.resolve("files/dashboards"))) {
      for (var dashboard : dashboards.toList()) {
        var panels = Yaml.read(dashboard).path("panels");
        assertThat(panels).as(dashboard.toString()).isNotEmpty();
        for (var panel : panels) {
          for (var target : panel.path("targets")) {
            used.addAll(series(target.path("expr").asText()));
          }
        }
      }
    }
    assertThat(used)
        .hasSizeGreaterThan(15)
        .allSatisfy(one -> assertThat(known).contains(one.replaceAll("_(bucket|sum|count)$", "")));
  }

  private static Set<String> series(String text) {
    return SERIES
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
