package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Argo CD says of our objects, by the Lua engine that it uses.
class ArgoHealthIT {

  private static final Path GITOPS = Chart.FILES.resolveSibling("gitops");

  @TestFactory
  Stream<DynamicTest> healthIsAsDocumented() throws IOException {
    var script = Files.readString(GITOPS.resolve("health.lua"));
    return HealthCase.ALL.stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.object(),
                () -> assertThat(health(script, one.object())).isEqualTo(one.argo())));
  }

  /// A condition that somebody else wrote, or a version before this one.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: Stalled, status: "True"}                       | Degraded Stalled:
          {type: Stalled, status: "True", message: No.}         | Degraded Stalled: No.
          {type: Stalled, status: "True", reason: InvalidKey}   | Degraded InvalidKey:
          {type: Ready, status: "True"}                         | Healthy
          {type: Ready, status: "False", reason: Checking}      | Progressing
          {type: Ready}                                         | Progressing
          {}                                                    | Progressing Waiting for the operator.
          """)
  void aConditionMayLackWhatOursHave(String condition, String health) throws IOException {
    var object =
        "{metadata: {generation: 1}, spec: {}, status: {observedGeneration: 1, conditions: [%s]}}"
            .formatted(condition);

    assertThat(health(Files.readString(GITOPS.resolve("health.lua")), object)).isEqualTo(health);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                              | Progressing Waiting for Argo CD.
          {status: {}}                                    | Progressing Waiting for Argo CD.
          {status: {health: {status: Healthy}}}           | Healthy
          {status: {health: {status: Degraded, message: a}}} | Degraded a
          """)
  void aWaveWaitsForTheApplicationsBeforeIt(String application, String health) throws IOException {
    var script = Files.readString(GITOPS.resolve("application.lua"));

    assertThat(health(script, application)).isEqualTo(health);
    assertThat(
            Yaml.read(GITOPS.resolve("argocd-cm.yaml"))
                .path("data")
                .path("resource.customizations.health.argoproj.io_Application")
                .asText())
        .isEqualTo(script);
  }

  private String health(String script, String object) throws IOException {
    return lua(
        "obj = "
            + table(Yaml.documents(object).getFirst())
            + "\nlocal function health()\n"
            + script
            + "end\n"
            + "local hs = health()\n"
            + "print(hs.status .. ' ' .. hs.message)");
  }

  @Test
  void theActionAsksForACheck() throws IOException {
    var script = Files.readString(GITOPS.resolve("verify.lua"));

    assertThat(
            lua(
                "obj = {metadata = {}}\nlocal function act()\n"
                    + script
                    + "end\n"
                    + "print(act().metadata.annotations['llmconfig.dev/verify-requested-at'])"))
        .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
  }

  @Test
  void theConfigMapHoldsTheseScriptsForBothKinds() throws IOException {
    var data = Yaml.read(GITOPS.resolve("argocd-cm.yaml")).path("data");
    for (var kind : new String[] {"ApiKeyConfig", "ModelConfig"}) {
      assertThat(data.path("resource.customizations.health.llmconfig.dev_" + kind).asText())
          .isEqualTo(Files.readString(GITOPS.resolve("health.lua")));
      var actions =
          Yaml.documents(
                  data.path("resource.customizations.actions.llmconfig.dev_" + kind).asText())
              .getFirst();
      assertThat(actions.at("/definitions/0/action.lua").asText())
          .isEqualTo(Files.readString(GITOPS.resolve("verify.lua")));
      assertThat(
              lua(
                  "local function d()\n"
                      + actions.path("discovery.lua").asText()
                      + "end\nfor name in pairs(d()) do print(name) end"))
          .isEqualTo(actions.at("/definitions/0/name").asText());
    }
  }

  private String lua(String script) throws IOException {
    var file = Files.createTempFile("health", ".lua");
    try {
      return Program.run("", "glua", Files.writeString(file, script).toString()).orFail().strip();
    } finally {
      Files.delete(file);
    }
  }

  private static String table(JsonNode node) {
    if (node.isObject()) {
      return node.propertyStream()
          .map(one -> "[\"" + one.getKey() + "\"]=" + table(one.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false)
            .map(ArgoHealthIT::table)
            .collect(Collectors.joining(", ", "{", "}"))
        : node.toString();
  }
}
