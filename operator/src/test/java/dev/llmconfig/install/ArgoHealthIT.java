package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What Argo CD says of our objects, by the Lua engine that it uses.
class ArgoHealthIT {

  private static final Path GITOPS = Chart.FILES.resolveSibling("gitops");
  private static final String AT_2 =
      "metadata: {generation: 2}\nstatus: {observedGeneration: 2, conditions: [%s]}";

  private static final Map<String, String> HEALTH =
      Map.of(
          "metadata: {generation: 1}",
          "Progressing Waiting for the operator.",
          "metadata: {generation: 1}\nstatus: {}",
          "Progressing Waiting for the operator.",
          "metadata: {generation: 3}\n"
              + "status: {observedGeneration: 2, conditions: [{type: Ready, status: 'True',"
              + " message: Was.}]}",
          "Progressing Waiting for the operator.",
          "metadata: {generation: 1}\nspec: {suspend: true}",
          "Suspended Suspended in the spec.",
          "spec: {suspend: true}\n"
              + AT_2.formatted(
                  "{type: Stalled, status: 'True', reason: InvalidKey, message: Wrong.}"),
          "Suspended Suspended in the spec.",
          "spec: {suspend: false}\n"
              + AT_2.formatted("{type: Ready, status: 'True', reason: Verified, message: Proven.}"),
          "Healthy Proven.",
          AT_2.formatted(
              "{type: Ready, status: 'False', reason: KeyNotReady, message: Waits.}, {type:"
                  + " Reconciling, status: 'True'}"),
          "Progressing Waits.",
          // A refused new key with a good old one.
          AT_2.formatted(
              "{type: Ready, status: 'True', reason: KeptLastGood, message: Kept.}, {type: Stalled,"
                  + " status: 'True', reason: InvalidKey, message: Wrong.}"),
          "Degraded InvalidKey: Wrong.",
          AT_2.formatted(
              "{type: Stalled, status: 'False', reason: Fine, message: Fine.}, {type: Ready,"
                  + " status: 'Unknown', message: Nobody knows.}"),
          "Progressing Nobody knows.",
          AT_2.formatted(""),
          "Progressing Waiting for the operator.");

  @TestFactory
  Stream<DynamicTest> healthIsAsDocumented() throws IOException {
    var script = Files.readString(GITOPS.resolve("health.lua"));
    return HEALTH.entrySet().stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.getKey(),
                () ->
                    assertThat(
                            lua(
                                "obj = "
                                    + table(Yaml.documents(one.getKey()).getFirst())
                                    + "\nlocal function health()\n"
                                    + script
                                    + "end\n"
                                    + "local hs = health()\n"
                                    + "print(hs.status .. ' ' .. hs.message)"))
                        .isEqualTo(one.getValue())));
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
