package dev.llmconfig.testing;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// An agent for the real node: a program that prints its settings, serves them, and misbehaves when
/// `NEVER_READY_WHEN` or `CRASH_WHEN` tell it to (cluster/README.md).
public record TestAgent(
    String name, String image, SortedMap<String, String> settings, int deadlineSeconds) {

  public static TestAgent named(String name) {
    return new TestAgent(name, "llmconfig.dev/test-agent:1", new TreeMap<>(), 60);
  }

  public TestAgent running(String image) {
    return new TestAgent(name, image, settings, deadlineSeconds);
  }

  public TestAgent with(String setting, String value) {
    var more = new TreeMap<>(settings);
    more.put(setting, value);
    return new TestAgent(name, image, more, deadlineSeconds);
  }

  public TestAgent within(int deadlineSeconds) {
    return new TestAgent(name, image, settings, deadlineSeconds);
  }

  /// With the security that a namespace may demand at most (`restricted`).
  public Deployment deployment() {
    var deployment =
        Serialization.unmarshal(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: "%1$s"}
            spec:
              progressDeadlineSeconds: %3$d
              selector: {matchLabels: {app: "%1$s"}}
              template:
                metadata: {labels: {app: "%1$s"}}
                spec:
                  terminationGracePeriodSeconds: 1
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: agent
                    image: "%2$s"
                    readinessProbe: {httpGet: {path: /readyz, port: 8080}, periodSeconds: 1}
                    securityContext:
                      allowPrivilegeEscalation: false
                      capabilities: {drop: [ALL]}
                      readOnlyRootFilesystem: true
            """
                .formatted(name, image, deadlineSeconds),
            Deployment.class);
    deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().setEnv(environment());
    return deployment;
  }

  /// Port 80 of the agent's name.
  public Service service() {
    return Serialization.unmarshal(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: "%1$s"}
        spec:
          selector: {app: "%1$s"}
          ports: [{port: 80, targetPort: 8080}]
        """
            .formatted(name),
        Service.class);
  }

  private List<EnvVar> environment() {
    return settings.entrySet().stream()
        .map(setting ->
            new EnvVarBuilder().withName(setting.getKey()).withValue(setting.getValue()).build())
        .toList();
  }
}
