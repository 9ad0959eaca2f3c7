package dev.llmconfig.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.llmconfig.api.CrdRevision;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the CRDs of the cluster are at least those that this version was made with: under older
/// ones the API server drops what it does not know from each of our writes, and says nothing.
///
/// It reads the API server's own description of the kinds, which is for everyone who is signed in.
/// A right to read CRDs would be one on the whole cluster, which an operator of a few namespaces
/// does not have.
public final class InstalledCrds implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(InstalledCrds.class);

  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(ApiKeyConfig.class, ModelConfig.class);
  private static final String INDEX = "/openapi/v3";
  private static final String GROUP = "apis/" + HasMetadata.getApiVersion(ApiKeyConfig.class);
  private static final String CURE = "kubectl apply -f crds/";

  private final KubernetesClient client;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("installed-crds").daemon().factory());
  private volatile State state = new State.Unknown();
  // Of this class's lock: the address changes with what it describes.
  private String described = "";

  /// What is known of them.
  public sealed interface State {

    /// The API server was not asked yet, or did not answer.
    record Unknown() implements State {}

    record Missing() implements State {}

    record Older(String kind, long found, long needed) implements State {}

    record Fit() implements State {}

    /// What is so, and what to do about it.
    default String sentence() {
      return switch (this) {
        case Unknown() -> "the API server has not described them yet";
        case Missing() -> "the CRDs are missing, install them: " + CURE;
        case Older(String kind, long found, long needed) ->
            "the CRD of %s has revision %d and this version needs %d, so nothing is written; apply those of this version: %s"
                .formatted(kind, found, needed, CURE);
        case Fit() -> "ok";
      };
    }
  }

  /// The client needs a time-out well below the interval.
  public InstalledCrds(KubernetesClient client) {
    this.client = client;
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // it ends with the process, and look() throws nothing
  public void start() {
    timer.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  public State state() {
    return state;
  }

  /// Asks now.
  synchronized State look() {
    try {
      become(asked());
    } catch (RuntimeException _) {
      // What was known last holds; whether the API server answers is another's to say. A timer that
      // meets an exception would never look again.
    }
    return state;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private State asked() {
    var address = json(INDEX).path("paths").path(GROUP).path("serverRelativeURL").asText();
    if (address.isEmpty()) {
      described = "";
      return new State.Missing();
    }
    if (address.equals(described)) {
      return state;
    }
    var schemas = json(address).at("/components/schemas");
    for (var kind : KINDS) {
      var name = HasMetadata.getKind(kind);
      var schema = schemaOf(name, schemas);
      if (schema.isMissingNode()) {
        return new State.Missing();
      }
      var found = CrdRevision.published(schema.path("description").asText());
      var needed = CrdRevision.own(kind);
      if (found < needed) {
        described = address;
        return new State.Older(name, found, needed);
      }
    }
    described = address;
    return new State.Fit();
  }

  private JsonNode json(String address) {
    var text = client.raw(address);
    return text == null ? MissingNode.getInstance() : Serialization.unmarshal(text, JsonNode.class);
  }

  private static JsonNode schemaOf(String kind, JsonNode schemas) {
    for (var schema : schemas) {
      if (schema.at("/x-kubernetes-group-version-kind/0/kind").asText().equals(kind)) {
        return schema;
      }
    }
    return MissingNode.getInstance();
  }

  private void become(State next) {
    if (next.equals(state)) {
      return;
    }
    state = next;
    switch (next) {
      case State.Missing _ ->
          log.atWarn().addKeyValue("cure", CURE).log("The CRDs are missing; install them");
      case State.Older(String kind, long found, long needed) ->
          log.atWarn()
              .addKeyValue("kind", kind)
              .addKeyValue("found", found)
              .addKeyValue("needed", needed)
              .addKeyValue("cure", CURE)
              .log("The CRDs are older than this version needs; apply those of this version");
      case State.Fit _ -> log.info("The CRDs are new enough");
      case State.Unknown _ -> {}
    }
  }
}
