package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Line;
import dev.llmconfig.access.TokenRejected;
import dev.llmconfig.access.Unanswered;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// To the API server. Trees go over the wire as they are: a field that this version does not know
/// is neither lost nor claimed.
final class ClusterRequests implements Requests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String APPLY = "application/apply-patch+yaml"; // JSON is YAML
  private static final String MERGE = "application/merge-patch+json";
  private static final String PATCH = "application/json-patch+json";
  private static final String METADATA =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static final String PLAIN = "application/json";

  private final Line line;
  private final Patience patience = new Patience();

  /// Whether something was changed, or may have been, so that silence is no longer a no.
  private boolean changed;

  ClusterRequests(Line line) {
    this.line = line;
  }

  @Override
  public Patience patience() {
    return patience;
  }

  @Override
  public Live get(Kind kind, Ref ref) {
    return live(kind, sent("GET", "", kind.path(ref), "", new Doing(kind, "get", ref, false)));
  }

  @Override
  public List<Live> list(Kind kind, String namespace, String fieldSelector) {
    var query =
        fieldSelector.isEmpty()
            ? ""
            : "?fieldSelector=" + URLEncoder.encode(fieldSelector, StandardCharsets.UTF_8);
    var doing = new Doing(kind, "list", new Ref(namespace, ""), false);
    return sent("GET", "", kind.path(namespace) + query, "", doing)
        .path("items")
        .valueStream()
        .map(item ->
            live(
                kind,
                item.<ObjectNode>deepCopy()
                    .put("apiVersion", kind.apiVersion())
                    .put("kind", kind.name())))
        .toList();
  }

  @Override
  public List<Live> listMetadata(Kind kind, String namespace) {
    var doing = new Doing(kind, "list", new Ref(namespace, ""), false);
    var request = line.request(kind.path(namespace)).setHeader("Accept", METADATA);
    return heard(request.build(), doing)
        .path("items")
        .valueStream()
        .map(item -> live(kind, item.deepCopy()))
        .toList();
  }

  @Override
  public Live create(Kind kind, ObjectNode object, Run run) {
    var meta = object.path("metadata");
    var ref = new Ref(meta.path("namespace").asText(), meta.path("name").asText());
    return live(
        kind,
        sent(
            "POST",
            PLAIN,
            kind.path(ref.namespace()) + query(FieldManagers.PLAYGROUND, run),
            object.toString(),
            new Doing(kind, "create", ref, run == Run.Apply)));
  }

  @Override
  public Live apply(Live seen, ObjectNode intent, Run run, boolean force) {
    return live(
        seen.kind(),
        sent(
            "PATCH",
            APPLY,
            seen.kind().path(seen.ref())
                + query(FieldManagers.PLAYGROUND, run)
                + (force ? "&force=true" : ""),
            intent.toString(),
            new Doing(seen.kind(), "patch", seen.ref(), run == Run.Apply)));
  }

  @Override
  public Live patch(Live seen, ArrayNode operations, Run run) {
    return live(
        seen.kind(),
        sent(
            "PATCH",
            PATCH,
            seen.kind().path(seen.ref()) + query(FieldManagers.PLAYGROUND, run),
            operations.toString(),
            new Doing(seen.kind(), "patch", seen.ref(), run == Run.Apply)));
  }

  @Override
  public Live merge(Kind kind, Ref ref, ObjectNode change, String manager) {
    return live(
        kind,
        sent(
            "PATCH",
            MERGE,
            kind.path(ref) + query(manager, Run.Apply),
            change.toString(),
            new Doing(kind, "patch", ref, true)));
  }

  @Override
  public void delete(Live seen, Run run) {
    var options =
        Trees.object()
            .put("apiVersion", "v1")
            .put("kind", "DeleteOptions")
            .put("propagationPolicy", "Background");
    options
        .putObject("preconditions")
        .put("uid", seen.uid())
        .put("resourceVersion", seen.version());
    if (run == Run.DryRun) {
      options.putArray("dryRun").add("All");
    }
    sent(
        "DELETE",
        PLAIN,
        seen.kind().path(seen.ref()),
        options.toString(),
        new Doing(seen.kind(), "delete", seen.ref(), run == Run.Apply));
  }

  /// @param writes something may have happened though no answer comes
  private record Doing(Kind kind, String verb, Ref ref, boolean writes) {}

  private ApiRefusal noAnswer(String what) {
    return new ApiRefusal(changed ? new Why.NoAnswer(what) : new Why.Away(what));
  }

  private static Live live(Kind kind, ObjectNode tree) {
    return new Live(kind, tree);
  }

  private static String query(String manager, Run run) {
    return "?fieldManager=%s&fieldValidation=Strict%s"
        .formatted(manager, run == Run.DryRun ? "&dryRun=All" : "");
  }

  private ObjectNode sent(String method, String type, String path, String body, Doing doing) {
    var name = doing.ref().name();
    if (!name.isEmpty() && FieldRules.objectName(name, FieldRules.LONGEST_NAME).isPresent()) {
      throw new ApiRefusal(
          new Why.Missing()); // nothing has such a name, and it might lead elsewhere
    }
    var request = line.request(path);
    if (!body.isEmpty()) {
      request.method(method, type, body);
    }
    return heard(request.build(), doing);
  }

  private ObjectNode heard(HttpRequest request, Doing doing) {
    var response = answer(request, doing);
    if (response.code() == 401) {
      throw new TokenRejected();
    }
    if (!response.isSuccessful() && response.code() < 500) {
      throw new ApiRefusal(refusal(response, doing));
    }
    changed |= doing.writes();
    if (!response.isSuccessful()) {
      throw noAnswer("status " + response.code());
    }
    return parsed(response.body());
  }

  private HttpResponse<String> answer(HttpRequest request, Doing doing) {
    try {
      return line.send(request);
    } catch (Unanswered silence) {
      changed |= doing.writes() && silence.sent();
      throw noAnswer("no answer");
    }
  }

  private ObjectNode parsed(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException | ClassCastException unreadable) {
      throw noAnswer("an answer that cannot be read");
    }
  }

  private static Why refusal(HttpResponse<String> response, Doing doing) {
    var code = response.code();
    JsonNode status;
    try {
      status = JSON.readTree(response.body());
    } catch (JsonProcessingException | IllegalArgumentException unreadable) {
      status = Trees.object();
    }
    return switch (code) {
      case 400, 422 -> new Why.Invalid(Complaints.of(status));
      case 403 -> forbidden(status, doing);
      case 404 -> new Why.Missing();
      case 409 -> Complaints.conflict(status);
      default -> new Why.Away("status " + code);
    };
  }

  private static Why forbidden(JsonNode status, Doing doing) {
    return Complaints.namespaceIsGoing(status)
        ? new Why.Invalid(
            List.of(Flaw.invalid("namespace", "The namespace is being deleted; choose another.")))
        : new Why.Forbidden(doing.kind().right(doing.verb(), doing.ref()));
  }
}
