package dev.llmconfig.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.AgentState;
import dev.llmconfig.mirror.AgentRow.Settings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the row of a workload says, from the workload and its ModelConfig.
class AgentProjectionTest {

  private static final String DONE =
      """
      revision: m-1
      applied: {model: gpt-5-mini}
      """;

  private static final String ROLLING =
      """
      revision: m-1
      candidate: m-2
      applied: {model: gpt-5-mini}
      conditions: [{type: Delivered, status: "False", reason: Rolling, message: "One rolls."}]
      """;

  @Test
  void whoHasWhatItAsksForIsUpToDate() {
    var row = row(agent("m-1"), config("gpt-5-mini", DONE));

    assertThat(row.standing().state()).isEqualTo(AgentState.UpToDate);
    assertThat(row.requested()).isEqualTo(new Settings("m-1", "gpt-5-mini"));
    assertThat(row.running()).isEqualTo(new Settings("m-1", "gpt-5-mini"));
    assertThat(row.mode()).isEqualTo("Env");
    assertThat(row.profile()).isEqualTo("openai");
    assertThat(row.standing().since()).contains("2026-11-20T12:00:00Z");
  }

  /// Its template is not written again, and names an older revision.
  @Test
  void settingsThatPodsDoNotSeeLeaveTheModelKnown() {
    var row = row(agent("m-0"), config("gpt-5-mini", DONE));

    assertThat(row.standing().state()).isEqualTo(AgentState.UpToDate);
    assertThat(row.running()).isEqualTo(new Settings("m-0", "gpt-5-mini"));
  }

  @Test
  void whoIsNamedHasTheReasonAndTheOthersWhatTheyCarry() {
    var config =
        config(
            "gemini-2.5-flash",
            ROLLING + "behind: [{kind: Deployment, name: chat, reason: Rolling}]\n");
    var rolling = row(agent("m-2"), config);

    assertThat(rolling.standing().state()).isEqualTo(AgentState.Rolling);
    assertThat(rolling.standing().reason()).isEqualTo("Rolling");
    assertThat(rolling.standing().message()).isEqualTo("One rolls.");
    assertThat(rolling.requested()).isEqualTo(new Settings("m-2", "gemini-2.5-flash"));
    assertThat(rolling.running()).isEqualTo(new Settings("m-2", "gemini-2.5-flash"));
  }

  @Test
  void ofMoreThanTenTheRevisionTells() {
    var ten =
        IntStream.range(0, 10)
            .mapToObj(at -> "- {kind: Deployment, name: a%d, reason: Waiting}\n".formatted(at))
            .collect(Collectors.joining("", "behind:\n", ""));
    var config = config("gemini-2.5-flash", ROLLING + ten);

    assertThat(row(agent("m-2"), config).standing().state()).isEqualTo(AgentState.Rolling);
    var waiting = row(agent("m-1"), config);
    assertThat(waiting.standing().state()).isEqualTo(AgentState.Waiting);
    assertThat(waiting.running()).isEqualTo(new Settings("m-1", "gpt-5-mini"));
  }

  @Test
  void whoAsksForNothingThatIsThereSaysSo() {
    var row = new AgentProjection(agent("m-1"), "gone", Optional.empty(), Optional.empty()).row();

    assertThat(row.standing().state()).isEqualTo(AgentState.Behind);
    assertThat(row.standing().message()).contains("no ModelConfig gone");
    assertThat(row.requested()).isEqualTo(Settings.NONE);
    assertThat(row.running()).isEqualTo(new Settings("m-1", ""));
  }

  @Test
  void whoFollowsAnotherOneNowRunsWhatTheFirstHadGiven() {
    var row =
        new AgentProjection(
                agent("m-1"),
                "next",
                Optional.of(config("gemini-2.5-flash", "candidate: m-7")),
                Optional.of(config("gpt-5-mini", DONE)))
            .row();

    assertThat(row.modelConfig()).isEqualTo("next");
    assertThat(row.requested()).isEqualTo(new Settings("m-7", "gemini-2.5-flash"));
    assertThat(row.running()).isEqualTo(new Settings("m-1", "gpt-5-mini"));
  }

  @Test
  void podsThatSomebodyMustDeleteGetItOnTheNextRestart() {
    var workload =
        Serialization.unmarshal(
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: chat, namespace: agents}
            spec:
              updateStrategy: {type: OnDelete}
              template: {metadata: {annotations: {llmconfig.dev/revision: m-1}}}
            status: {replicas: 2, updatedReplicas: 1}
            """,
            StatefulSet.class);

    assertThat(row(workload, config("gpt-5-mini", DONE)).standing().state())
        .isEqualTo(AgentState.OnNextRestart);
    workload.getStatus().setUpdatedReplicas(2);
    assertThat(row(workload, config("gpt-5-mini", DONE)).standing().state())
        .isEqualTo(AgentState.UpToDate);
  }

  @Test
  void whatPodsRunIsNotKept() {
    var cache = new AgentCache<HasMetadata>();
    cache.put("agents/chat", agent("m-1"));

    assertThat(Serialization.asYaml(cache.get("agents/chat")))
        .contains("m-1", "llm-config-operator")
        .doesNotContain("a-plain-key", "f:env", "last-applied");
  }

  /// What is kept for previews is told to nobody, and would be no key if it were.
  @Test
  void aSketchHasNamesAndNoValuesOfOthers() {
    var workload =
        Serialization.unmarshal(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat, namespace: agents, labels: {llmconfig.dev/model-config: support}}
            spec:
              replicas: 3
              template:
                metadata: {annotations: {vault: a-plain-secret, llmconfig.dev/revision: m-1}}
                spec:
                  containers:
                  - name: agent
                    image: example.com/a-plain-secret
                    command: [a-plain-secret]
                    env:
                    - {name: OPENAI_API_KEY, value: a-plain-secret}
                    - {name: OPENAI_MODEL, value: gpt-4.1}
                    - {name: OPENAI_BASE_URL, value: "https://me:a-plain-secret@example.com/v1"}
                    - {name: OTHER, value: "a-plain-secret-$(OPENAI_MODEL)"}
                    volumeMounts: [{name: data, mountPath: /data}]
                  volumes:
                  - {name: data, csi: {driver: x, volumeAttributes: {password: a-plain-secret}}}
            status: {replicas: 3}
            """,
            Deployment.class);
    var config = config("gpt-5-mini", DONE);

    var detail = row(workload, config).detail();

    assertThat(detail.sketch())
        .contains("OPENAI_API_KEY", "gpt-4.1", "$(OPENAI_MODEL)", "/data", "m-1")
        .doesNotContain("a-plain-secret", "replicas");
    assertThat(detail.containers()).isEqualTo("[{\"name\":\"agent\",\"env\":[],\"mounts\":[]}]");
    workload.getStatus().setReplicas(4);
    workload.getSpec().setReplicas(4);
    assertThat(row(workload, config).detail()).isEqualTo(detail);

    // the cache keeps as much as the row is made of
    var cache = new AgentCache<HasMetadata>();
    cache.put("agents/chat", workload);
    assertThat(row(cache.get("agents/chat"), config).detail()).isEqualTo(detail);
    assertThat(Serialization.asYaml(cache.get("agents/chat")))
        .doesNotContain("a-plain-secret@", "password");
  }

  private static AgentRow row(HasMetadata workload, ModelConfig config) {
    return new AgentProjection(workload, "support", Optional.of(config), Optional.of(config)).row();
  }

  private static HasMetadata agent(String revision) {
    return Serialization.unmarshal(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: chat
          namespace: agents
          annotations: {kubectl.kubernetes.io/last-applied-configuration: a-plain-key}
          managedFields:
          - {manager: kubectl, time: "2026-11-20T11:00:00Z", fieldsV1: {"f:env": {}}}
          - {manager: llm-config-operator, time: "2026-11-20T12:00:00Z"}
        spec:
          template:
            metadata: {annotations: {llmconfig.dev/revision: %s}}
            spec: {containers: [{name: agent, env: [{name: OWN, value: a-plain-key}]}]}
        """
            .formatted(revision),
        Deployment.class);
  }

  private static ModelConfig config(String model, String status) {
    return Serialization.unmarshal(
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ModelConfig
        metadata: {name: support, namespace: agents}
        spec: {apiKeyRef: {name: openai}, model: %s}
        status:
        """
                .formatted(model)
            + status.indent(2),
        ModelConfig.class);
  }
}
