package dev.llmconfig.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/// The API server as its clients see it, one request at a time: whatever a tool of any kind may
/// send, also what a typed client cannot say.
final class WorkloadApi {

  private static final String JSON = "application/json";

  /// What the server answered.
  record Answer(int code, ObjectNode body) {

    boolean ok() {
      return code < 300;
    }

    Answer orFail() {
      if (!ok()) {
        throw new AssertionError(code + ": " + body.path("message").asText());
      }
      return this;
    }
  }

  private final HttpClient http;
  private final String address;
  private final String namespace;

  WorkloadApi(KubernetesClient client, String namespace) {
    this.http = client.getHttpClient();
    this.address = client.getMasterUrl().toString().replaceAll("/$", "");
    this.namespace = namespace;
  }

  Answer create(WorkloadKind kind, ObjectNode object, String manager) {
    return send("POST", path(kind) + "?fieldManager=" + manager, JSON, object);
  }

  Answer replace(WorkloadKind kind, String name, ObjectNode object, String manager) {
    return send("PUT", path(kind) + "/" + name + "?fieldManager=" + manager, JSON, object);
  }

  Answer get(WorkloadKind kind, String name) {
    return send("GET", path(kind) + "/" + name, JSON, null);
  }

  Answer apply(WorkloadKind kind, String name, ObjectNode manifest, String manager, boolean force) {
    return patch(kind, name, "apply-patch+yaml", manifest, manager, force ? "&force=true" : "");
  }

  /// What an applier without force would be told.
  Answer wouldApply(WorkloadKind kind, String name, ObjectNode manifest, String manager) {
    return patch(kind, name, "apply-patch+yaml", manifest, manager, "&dryRun=All");
  }

  Answer merge(WorkloadKind kind, String name, JsonNode patch, String manager) {
    return patch(kind, name, "strategic-merge-patch+json", patch, manager, "");
  }

  /// Plain JSON merge, as a client does that knows no list keys.
  Answer mergePlainly(WorkloadKind kind, String name, JsonNode patch, String manager) {
    return patch(kind, name, "merge-patch+json", patch, manager, "");
  }

  Answer edit(WorkloadKind kind, String name, JsonNode operations, String manager) {
    return patch(kind, name, "json-patch+json", operations, manager, "");
  }

  Answer mergeStatus(WorkloadKind kind, String name, JsonNode patch, String manager) {
    return patch(kind, name + "/status", "strategic-merge-patch+json", patch, manager, "");
  }

  static HasMetadata typed(WorkloadKind kind, ObjectNode object) {
    Class<? extends HasMetadata> type =
        switch (kind) {
          case Deployment -> Deployment.class;
          case StatefulSet -> StatefulSet.class;
          case DaemonSet -> DaemonSet.class;
          case CronJob -> CronJob.class;
        };
    return Serialization.unmarshal(object.toString(), type);
  }

  private Answer patch(
      WorkloadKind kind, String name, String type, JsonNode body, String manager, String query) {
    return send(
        "PATCH",
        path(kind) + "/" + name + "?fieldManager=" + manager + query,
        "application/" + type,
        body);
  }

  private Answer send(
      String method, String path, String type, @org.jspecify.annotations.Nullable JsonNode body) {
    var request = http.newHttpRequestBuilder().uri(address + path);
    request.method(method, type, body == null ? null : body.toString());
    try {
      var response = http.sendAsync(request.build(), byte[].class).get();
      return new Answer(response.code(), Json.parsed(new String(response.body(), UTF_8)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(method + " " + path, e);
    }
  }

  private String path(WorkloadKind kind) {
    return "/apis/%s/namespaces/%s/%ss"
        .formatted(kind.apiVersion(), namespace, kind.name().toLowerCase(Locale.ROOT));
  }
}
