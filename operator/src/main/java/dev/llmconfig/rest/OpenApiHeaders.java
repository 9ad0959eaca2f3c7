package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.rest.shape.Agent;
import dev.llmconfig.rest.shape.Config;
import dev.llmconfig.rest.shape.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The protocol in the OpenAPI document: which headers a request may have, and which an answer has
/// besides those that all of HTTP has.
final class OpenApiHeaders {

  static final String CSRF = "x-llmconfig-csrf";

  private static final String REQUEST_ID = "x-llmconfig-request-id";
  private static final String RETRY_AFTER = "Retry-After";
  private static final String WWW_AUTHENTICATE = "WWW-Authenticate";
  private static final String SET_COOKIE = "Set-Cookie";
  private static final String LOCATION = "Location";
  private static final String BUFFERING = "X-Accel-Buffering";
  private static final String REF = "#/components/headers/";

  private static final Map<String, String> TOLD =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(REQUEST_ID, "By which the logs know this request."),
              Map.entry(Answer.ETAG, "The state that is shown, for If-None-Match and If-Match."),
              Map.entry(LOCATION, "Where the new object is."),
              Map.entry(RETRY_AFTER, "After how many seconds another try is worth it."),
              Map.entry(WWW_AUTHENTICATE, "With what one is let in."),
              Map.entry(SET_COOKIE, "The session of this browser, in up to three parts."),
              Map.entry(BUFFERING, "no, so that a proxy passes on each event as it comes."),
              Map.entry(MirrorAnswers.AGE, "How many seconds ago the mirror was up to date."),
              Map.entry(MirrorAnswers.STALE, "true where that is more than 30 seconds ago."),
              Map.entry(
                  MirrorWait.BEHIND,
                  "behind where the mirror did not show the state in time that the answer is"
                      + " about."),
              Map.entry(
                  Outcomes.VALIDATED,
                  "server where the API server has looked at what is to be committed, local where"
                      + " this process has.")));

  private OpenApiHeaders() {}

  /// What the names of [#told] lead to.
  static ObjectNode components() {
    var all = Wire.object();
    TOLD.forEach((name, what) ->
        all.putObject(name).put("description", what).putObject("schema").put("type", "string"));
    return all;
  }

  /// Headers that a request to it may have.
  static void asked(Route route, ArrayNode parameters) {
    if (route.reads() && !(route.success() instanceof Route.Events)) {
      optional(
          parameters, "If-None-Match", "ETags that the caller has; for one that holds, it is 304.");
    }
    if (route.success() instanceof Route.Events) {
      optional(
          parameters, "Last-Event-ID", "The id of the last event that was read, to go on there.");
    }
    if (!route.reads()) {
      optional(
          parameters,
          CSRF,
          "1, with a cookie instead of a token, and to sign in or out; the browser says besides"
              + " with Origin or Sec-Fetch-Site that the page is our own.");
    }
  }

  private static void optional(ArrayNode parameters, String name, String what) {
    parameters
        .addObject()
        .put("name", name)
        .put("in", "header")
        .put("required", false)
        .put("description", what)
        .putObject("schema")
        .put("type", "string");
  }

  /// An answer with the headers that it may have.
  static ObjectNode told(Route route, int status, ObjectNode response) {
    var headers = response.putObject("headers");
    names(route, status).forEach(name -> headers.putObject(name).put("$ref", REF + name));
    return response;
  }

  private static List<String> names(Route route, int status) {
    var names = new ArrayList<>(List.of(REQUEST_ID));
    var well = route.done().contains(status) || status == 304;
    var streams = route.streams() && status == 200;
    if (well && status != 204 && (tagged(route) || shows(route))) {
      names.add(Answer.ETAG);
    }
    if (well && status != 204 && (fromRows(route) || shows(route))) {
      names.addAll(List.of(MirrorAnswers.AGE, MirrorAnswers.STALE));
    }
    if ((waits(route) && (well || status == 404)) || (shows(route) && well)) {
      names.add(MirrorWait.BEHIND);
    }
    if (route.declares() && !route.reads() && status == 200) {
      names.add(Outcomes.VALIDATED);
    }
    if (streams) {
      names.add(BUFFERING);
    }
    if (status == 201) {
      names.add(LOCATION);
    }
    if (status == 204 && route.needs().orElseThrow() instanceof Needs.Nothing) {
      names.add(SET_COOKIE);
    }
    if (status == 401) {
      names.add(WWW_AUTHENTICATE);
    }
    if (status == 429 || status > 500) {
      names.add(RETRY_AFTER);
    }
    return names;
  }

  private static boolean tagged(Route route) {
    return route.reads() && !(route.success() instanceof Route.Events);
  }

  private static boolean fromRows(Route route) {
    return route.reads()
        && !(route.needs().orElseThrow() instanceof Needs.Nothing)
        && (route.success() instanceof Route.ListOf || route.success() instanceof Route.One);
  }

  /// Whether it changes an object and answers with that.
  private static boolean shows(Route route) {
    return !route.reads()
        && (route.success() instanceof Route.Either
            || (route.success() instanceof Route.One(var shape)
                && List.of(Key.class, Config.class, Agent.class).contains(shape)));
  }

  private static boolean waits(Route route) {
    return route.parameters().stream()
        .anyMatch(one -> one.name().equals(MirrorAnswers.MIN_GENERATION));
  }
}
