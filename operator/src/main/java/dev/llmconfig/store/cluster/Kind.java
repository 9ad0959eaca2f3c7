package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Right;
import dev.llmconfig.api.ApiGroup;
import dev.llmconfig.domain.Ref;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What is written and read here, and under which address.
enum Kind {
  ApiKeyConfig(ApiGroup.NAME, ApiGroup.V1ALPHA1, "apikeyconfigs"),
  ModelConfig(ApiGroup.NAME, ApiGroup.V1ALPHA1, "modelconfigs"),
  Secret("", "v1", "secrets"),
  ConfigMap("", "v1", "configmaps"),
  Deployment("apps", "v1", "deployments"),
  StatefulSet("apps", "v1", "statefulsets"),
  DaemonSet("apps", "v1", "daemonsets"),
  CronJob("batch", "v1", "cronjobs");

  private final String group;
  private final String version;
  private final String plural;

  Kind(String group, String version, String plural) {
    this.group = group;
    this.version = version;
    this.plural = plural;
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// As Argo CD names it.
  String tracked(Ref ref) {
    return "%s/%s:%s".formatted(group, name(), ref);
  }

  Right right(String verb, Ref ref) {
    return new Right(verb, group, plural, ref.namespace(), ref.name());
  }

  String path(String namespace) {
    return "%s/namespaces/%s/%s"
        .formatted(group.isEmpty() ? "api/v1" : "apis/" + apiVersion(), encoded(namespace), plural);
  }

  String path(Ref ref) {
    return path(ref.namespace()) + "/" + encoded(ref.name());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
