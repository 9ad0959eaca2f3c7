package dev.llmconfig.reconcile;

import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Events on our objects, for `kubectl describe`. An event that cannot be written stops nothing.
final class EventWriter {

  private static final Logger log = LoggerFactory.getLogger(EventWriter.class);

  private final KubernetesClient client;
  private final WritePermission permission;
  private final String identity;

  EventWriter(KubernetesClient client, WritePermission permission, String identity) {
    this.client = client;
    this.permission = permission;
    this.identity = identity;
  }

  void write(HasMetadata about, PlannedEvent event, Instant now) {
    permission.check();
    var meta = about.getMetadata();
    try {
      client
          .v1()
          .events()
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withNamespace(meta.getNamespace())
                  .withGenerateName(meta.getName() + ".")
                  .endMetadata()
                  .withNewInvolvedObject()
                  .withApiVersion(about.getApiVersion())
                  .withKind(about.getKind())
                  .withNamespace(meta.getNamespace())
                  .withName(meta.getName())
                  .withUid(meta.getUid())
                  .endInvolvedObject()
                  .withType(event.kind().name())
                  .withReason(event.reason().name())
                  .withMessage(event.message())
                  .withFirstTimestamp(now.toString())
                  .withLastTimestamp(now.toString())
                  .withCount(1)
                  .withReportingComponent(FieldManagers.OPERATOR)
                  .withReportingInstance(identity)
                  .withNewSource()
                  .withComponent(FieldManagers.OPERATOR)
                  .endSource()
                  .build())
          .create();
      log.atLevel(event.kind() == PlannedEvent.Kind.Warning ? Level.WARN : Level.INFO)
          .addKeyValue("namespace", meta.getNamespace())
          .addKeyValue("name", meta.getName())
          .addKeyValue("kind", about.getKind())
          .addKeyValue("reason", event.reason())
          .log("An event was told");
    } catch (KubernetesClientException failed) {
      if (namespaceEnds(failed)) {
        return; // nobody is left to read it
      }
      log.atWarn()
          .addKeyValue("namespace", meta.getNamespace())
          .addKeyValue("name", meta.getName())
          .addKeyValue("event", event.reason())
          .addKeyValue("code", failed.getCode())
          .log("An event could not be written");
    }
  }

  private static boolean namespaceEnds(KubernetesClientException failed) {
    return Optional.ofNullable(failed.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getDetails()))
        .map(StatusDetails::getCauses)
        .stream()
        .flatMap(List::stream)
        .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
  }
}
