package dev.llmconfig.guest;

import java.util.List;

/// The kinds that run agents.
public enum WorkloadKind {
  Deployment("apps/v1", "spec", "template"),
  StatefulSet("apps/v1", "spec", "template"),
  DaemonSet("apps/v1", "spec", "template"),
  CronJob("batch/v1", "spec", "jobTemplate", "spec", "template");

  private final String apiVersion;
  private final List<String> template;

  WorkloadKind(String apiVersion, String... template) {
    this.apiVersion = apiVersion;
    this.template = List.of(template);
  }

  public String apiVersion() {
    return apiVersion;
  }

  /// Where the pod template is, from the root of the object.
  List<String> template() {
    return template;
  }

  FieldPath templatePath() {
    return FieldPath.of(template.toArray(String[]::new));
  }
}
