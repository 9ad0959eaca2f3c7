package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

  private static final Path PRESENT = Path.of("src/test/resources/impact/model-changed/present");
  private static final String MODEL =
      """
      apiVersion: llmconfig.dev/v1alpha1
      kind: ModelConfig
      metadata: {name: support}
      spec: {apiKeyRef: {name: openai}, model: gpt-4.1}
      """;

  @TempDir private Path folder;

  @Test
  void aChangeComesFromStandardInputAndItsNamespaceFromTheOption() {
    var run = Run.of(MODEL, "plan", "--manifests", PRESENT.toString(), "-n", "agents", "-f", "-");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("Deployment chat restarts");
  }

  @Test
  void anotherNamespaceIsAnotherWorld() {
    var run = Run.of(MODEL, "plan", "--manifests", PRESENT.toString(), "-f", "-");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("There is no ApiKeyConfig openai in this namespace");
  }

  @Test
  void yamlIsAPatchForEachAgentWithoutNamesThatOnlyTheClusterKnows() {
    var run =
        Run.of(
            MODEL,
            "plan",
            "--manifests",
            PRESENT.toString(),
            "-n",
            "agents",
            "-f",
            "-",
            "-o",
            "yaml");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .startsWith(
            "---\napiVersion: \"apps/v1\"\nkind: \"Deployment\"\nmetadata:\n  name: \"chat\"")
        .contains("llmconfig.dev/revision: \"(a new one)\"")
        .contains("- name: \"OPENAI_MODEL\"\n          value: \"gpt-4.1\"")
        .doesNotContain("managedFields", "resourceVersion", "uid");
  }

  @Test
  void listsAreTakenApart() {
    var list =
        """
        {"apiVersion": "v1", "kind": "List", "items": [
          {"apiVersion": "llmconfig.dev/v1alpha1", "kind": "ModelConfig",
           "metadata": {"name": "support", "namespace": "agents"},
           "spec": {"apiKeyRef": {"name": "openai"}, "model": "gpt-4.1"}}]}
        """;
    assertThat(Run.of(list, "plan", "--manifests", PRESENT.toString(), "-f", "-").exitCode())
        .isEqualTo(2);
  }

  @Test
  void twoIsAnAnswerSoWrongUsageIsOne() {
    assertThat(Run.of("", "plan").exitCode()).isEqualTo(1);
    assertThat(Run.of("", "plan", "--no-such-option").exitCode()).isEqualTo(1);
    assertThat(Run.of("", "plan", "--manifests", "x", "--context", "y", "-o", "z").err())
        .contains("leave one out")
        .contains("--output must be one of text, json, yaml");
  }

  @Test
  void anEmptyChangeChangesNothing() {
    var service = "apiVersion: v1\nkind: Service\nmetadata: {name: chat}\n";
    var run = Run.of(service, "plan", "--manifests", PRESENT.toString(), "-f", "-");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("No workload would change.\n");
  }

  @Test
  void whatIsNoWorkloadIsToldByItsName() {
    var broken = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: chat}\nspec: {}\n";
    var run = Run.of(broken, "plan", "--manifests", PRESENT.toString(), "-f", "-");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("standard input holds Deployment chat, which cannot be read");
  }

  @Test
  void whatCannotBeReadIsToldAtOnceAndNotRepeated() throws IOException {
    var secret = "kind: Secret\nstringData: {api-key: sk-canary\n";
    Files.writeString(folder.resolve("a.yaml"), secret);
    Files.writeString(folder.resolve("b.yml"), "just a text\n");
    var run = Run.of("", "plan", "--manifests", folder.toString(), "-f", folder + "/none.yaml");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("a.yaml is no YAML (line")
        .contains("b.yml holds something without apiVersion and kind")
        .doesNotContain("canary", "just a text");
  }
}
