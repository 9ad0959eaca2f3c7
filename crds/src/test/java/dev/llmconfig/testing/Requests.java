package dev.llmconfig.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Requests to the API server, narrowed down step by step: `by(operator).writes().on("secrets")`.
public record Requests(List<Request> all) implements Iterable<Requests.Request> {
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  /// `subresource` and `name` are empty where a request has none.
  public record Request(
      String user,
      String userAgent,
      String verb,
      String resource,
      String subresource,
      String namespace,
      String name,
      int status) {

    static Request of(JsonNode event) {
      var object = event.path("objectRef");
      return new Request(
          event.path("user").path("username").asText(),
          event.path("userAgent").asText(),
          event.path("verb").asText(),
          object.path("resource").asText(),
          object.path("subresource").asText(),
          object.path("namespace").asText(),
          object.path("name").asText(),
          event.path("responseStatus").path("code").asInt());
    }
  }

  public Requests {
    all = List.copyOf(all);
  }

  public Requests by(Actor actor) {
    return only(
        request -> request.user().equals(actor.user()) && !request.name().startsWith("fence-"));
  }

  public Requests byUserAgent(String prefix) {
    return only(request -> request.userAgent().startsWith(prefix));
  }

  public Requests verb(String verb) {
    return only(request -> request.verb().equals(verb));
  }

  public Requests writes() {
    return only(request -> WRITES.contains(request.verb()));
  }

  /// Who leads is written all the time.
  public Requests butLeases() {
    return only(request -> !request.resource().equals("leases"));
  }

  /// The plural of a resource, with its subresource after a slash: `secrets`, `pods/status`.
  public Requests on(String resource) {
    return only(request ->
        resource.equals(
            request.subresource().isEmpty()
                ? request.resource()
                : request.resource() + "/" + request.subresource()));
  }

  /// What changed something. A write that met a newer version, or an object that had gone
  /// meanwhile, is the lock at work.
  public Requests accepted() {
    return only(request -> request.status() < 300);
  }

  public Requests refused() {
    return only(request -> request.status() == 403);
  }

  public Requests only(Predicate<Request> condition) {
    return new Requests(all.stream().filter(condition).toList());
  }

  public int count() {
    return all.size();
  }

  @Override
  public Iterator<Request> iterator() {
    return all.iterator();
  }
}
