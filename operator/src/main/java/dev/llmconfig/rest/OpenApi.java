package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.rest.shape.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The OpenAPI document of a table of routes.
final class OpenApi {

  private static final String SIGN_IN = "bearer";
  private static final String COOKIE = "cookie";

  private OpenApi() {}

  static ObjectNode of(RouteTable table, Installation installation) {
    var document = Wire.object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "llm-config-operator")
        .put("version", installation.version())
        .put("description", "Keys, models and agents, as the mirror of the cluster has them.");
    document.putArray("servers").addObject().put("url", installation.api());
    var schemas = new Schemas();
    var paths = document.putObject("paths");
    for (var route : table.routes()) {
      var path =
          paths.get(route.path()) instanceof ObjectNode known
              ? known
              : paths.putObject(route.path());
      path.set(route.method().toLowerCase(Locale.ROOT), operation(route, schemas));
    }
    var components = document.putObject("components");
    components.set("schemas", schemas.components());
    components.set("headers", OpenApiHeaders.components());
    var schemes = components.putObject("securitySchemes");
    schemes
        .putObject(SIGN_IN)
        .put("type", "http")
        .put("scheme", "bearer")
        .put(
            "description",
            "A token of the Kubernetes API server; without a cluster the one of LLMCONFIG_TOKEN.");
    schemes
        .putObject(COOKIE)
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", SessionCookie.of(installation).name())
        .put(
            "description",
            "The session of a browser, which POST /session gives; the name ends with the id of the"
                + " installation. Changes need the header %s besides."
                    .formatted(OpenApiHeaders.CSRF));
    return document;
  }

  private static ObjectNode operation(Route route, Schemas schemas) {
    var operation =
        Wire.object()
            .put("operationId", operationId(route))
            .put("summary", route.summary())
            .put("description", asks(route.needs().orElseThrow()));
    if (!route.needs().orElseThrow().open()) {
      var either = operation.putArray("security");
      either.addObject().putArray(SIGN_IN);
      either.addObject().putArray(COOKIE);
    }
    var parameters = operation.putArray("parameters");
    if (route.ofAnObject()) {
      parameters
          .addObject()
          .put("name", "id")
          .put("in", "path")
          .put("required", true)
          .put("description", "Namespace and name, with a dot between.")
          .putObject("schema")
          .put("type", "string");
    }
    for (var one : route.parameters()) {
      parameters
          .addObject()
          .put("name", one.name())
          .put("in", "query")
          .put("required", one.required())
          .put("description", one.description())
          .set("schema", one.schema());
    }
    if (route.matching() != Route.Matching.Never) {
      parameters
          .addObject()
          .put("name", "If-Match")
          .put("in", "header")
          .put("required", route.matching() == Route.Matching.Required)
          .put("description", "The ETag of the state that this is for, or *.")
          .putObject("schema")
          .put("type", "string");
    }
    OpenApiHeaders.asked(route, parameters);
    body(route.sent(), operation, schemas);
    var responses = operation.putObject("responses");
    for (var status : route.statuses()) {
      responses.set(
          Integer.toString(status),
          OpenApiHeaders.told(route, status, response(route, status, schemas)));
    }
    return operation;
  }

  private static void body(Sent sent, ObjectNode operation, Schemas schemas) {
    var content = Wire.object();
    switch (sent) {
      case Sent.Nothing() -> {
        return;
      }
      case Sent.Text(var types) -> {
        for (var type : types) {
          content.set(type, body(Examples.of(type), Wire.object().put("type", "string")));
        }
      }
      case Sent.Form(var shape) ->
          content.set("application/json", body(Examples.of(shape), schemas.of(sent)));
      case Sent.MergePatch(var shape) -> {
        var body = body(Examples.of(shape), schemas.of(sent));
        content.set("application/json", body);
        content.set("application/merge-patch+json", body);
      }
    }
    operation.putObject("requestBody").put("required", true).set("content", content);
  }

  private static ObjectNode body(Optional<JsonNode> example, ObjectNode schema) {
    var body = Wire.object();
    example.ifPresent(one -> body.set("example", one));
    body.set("schema", schema);
    return body;
  }

  private static ObjectNode response(Route route, int status, Schemas schemas) {
    if (status == 304) {
      return Wire.object().put("description", "Nothing has changed.");
    }
    if (status == 204) {
      return Wire.object().put("description", "Done; there is nothing to show.");
    }
    if (route.done().contains(status)) {
      var done = status == 202 ? "It is under way." : "Done.";
      var answer =
          switch (route.success()) {
            case Route.Events _ -> events(done);
            case Route.Manifests _ -> holding(done, Accepted.YAML, schemas.of(route.success()));
            case Route.One _, Route.ListOf _, Route.Either _, Route.Document _ ->
                holding(done, Accepted.JSON, schemas.of(route.success()));
          };
      if (route.declares() && status == 200) {
        ((ObjectNode) answer.path("content"))
            .putObject(Accepted.YAML)
            .set("schema", Schemas.manifests());
      }
      if (route.also() == Form.Lines && status == 200) {
        ((ObjectNode) answer.path("content"))
            .putObject(Accepted.LINES)
            .putObject("schema")
            .put("type", "string")
            .put("description", "An item on each line.");
      }
      if (route.streams()) {
        ((ObjectNode) answer.path("content"))
            .putObject(EventSink.TYPE)
            .putObject("schema")
            .put("type", "string");
      }
      return answer;
    }
    var problem =
        holding("A problem.", "application/problem+json", schemas.of(new Route.One(Problem.class)));
    if (status == 503 && route.path().equals("/health")) {
      ((ObjectNode) problem.path("content"))
          .putObject("application/json")
          .set("schema", schemas.of(route.success()));
    }
    return problem;
  }

  private static ObjectNode events(String description) {
    var answer = Wire.object().put("description", description);
    answer.putObject("content");
    return answer;
  }

  private static ObjectNode holding(String description, String type, ObjectNode schema) {
    var response = Wire.object().put("description", description);
    response.putObject("content").putObject(type).set("schema", schema);
    return response;
  }

  private static String asks(Needs needs) {
    return switch (needs) {
      case Needs.Nobody(), Needs.Nothing() -> "Open to everybody.";
      case Needs.SignedIn() -> "For everybody who is signed in.";
      case Needs.Listing(var resources) ->
          "Shows what is in the namespaces where the caller may list %s."
              .formatted(String.join(" or ", resources));
      case Needs.WithObject(var verb, var resource) ->
          "The caller must have %s on this one of %s.".formatted(verb, resource);
      case Needs.WithWorkload(var verb) ->
          "The caller must have %s on this workload.".formatted(verb);
      case Needs.InNamespaceOf(var verb, var resource) ->
          "The caller must have %s on %s in its namespace.".formatted(verb, resource);
      case Needs.InNamespaceSent(var verb, var resource) ->
          "The caller must have %s on %s in the namespace of the body.".formatted(verb, resource);
      case Needs.InCluster(var verb, var resource) ->
          "The caller must have %s on %s there, as the API server decides."
              .formatted(verb, resource);
      case Needs.InNamespacesAsked(var verb, var resources) ->
          "The caller must have %s on each of %s that the query asks for."
              .formatted(verb, String.join(" and ", resources));
      case Needs.AsWritten() ->
          "The caller must have the rights of the writes in the body, as the API server decides.";
      case Needs.UseOfSent() ->
          "The caller must have use on the one of modelconfigs that the body names, or on the one"
              + " of apikeyconfigs that offers the model.";
    };
  }

  private static String operationId(Route route) {
    return Stream.of(route.path().split("[/{}.-]+", -1))
        .filter(part -> !part.isEmpty())
        .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
        .reduce(route.method().toLowerCase(Locale.ROOT), String::concat);
  }
}
