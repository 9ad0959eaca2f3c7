package dev.llmconfig.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Asks the API server. Everyone who is signed in may ask these two questions about themselves, so
/// this process needs no right of its own.
public final class ApiServerReview implements Review {

  /// What an API server says that is there and has no time.
  private static final int TOO_MANY = 429;

  private static final int FORBIDDEN = 403;

  private static final String WHO = "apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String MAY = "apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final String MAY_ANOTHER = "apis/authorization.k8s.io/v1/subjectaccessreviews";
  private static final String RULES = "apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final CallerClients clients;

  public ApiServerReview(CallerClients clients) {
    this.clients = clients;
  }

  @Override
  public Person who(Caller caller) {
    if (caller instanceof Caller.NameOnly(var name, var groups, _)) {
      return new Person(name, groups);
    }
    var user =
        ask(
                caller,
                WHO,
                Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "SelfSubjectReview"))
            .path("status")
            .path("userInfo");
    var groups = new ArrayList<String>();
    user.path("groups").forEach(group -> groups.add(group.asText()));
    return new Person(user.path("username").asText(), List.copyOf(groups));
  }

  @Override
  public boolean may(Caller caller, Right right) {
    var attributes =
        Map.of(
            "verb", right.verb(),
            "group", right.group(),
            "resource", right.resource(),
            "namespace", right.namespace(),
            "name", right.name());
    var answer =
        caller instanceof Caller.NameOnly(var name, var groups, _)
            ? told(
                this::asReviewer,
                MAY_ANOTHER,
                review(
                    "SubjectAccessReview",
                    Map.of("user", name, "groups", groups, "resourceAttributes", attributes)))
            : ask(
                caller,
                MAY,
                review("SelfSubjectAccessReview", Map.of("resourceAttributes", attributes)));
    return answer.path("status").path("allowed").asBoolean(false);
  }

  private static Map<String, ?> review(String kind, Map<String, ?> spec) {
    return Map.of("apiVersion", "authorization.k8s.io/v1", "kind", kind, "spec", spec);
  }

  @Override
  public Rules rules(Caller caller, String namespace) {
    if (caller instanceof Caller.NameOnly) {
      return asked(caller, namespace);
    }
    var status =
        ask(
                caller,
                RULES,
                Map.of(
                    "apiVersion",
                    "authorization.k8s.io/v1",
                    "kind",
                    "SelfSubjectRulesReview",
                    "spec",
                    Map.of("namespace", namespace)))
            .path("status");
    var verbs = new TreeMap<String, TreeSet<String>>();
    for (var rule : status.path("resourceRules")) {
      if (names(rule.path("apiGroups"), Right.OURS) && rule.path("resourceNames").isEmpty()) {
        for (var resource : Right.RESOURCES) {
          if (names(rule.path("resources"), resource)) {
            var held = verbs.computeIfAbsent(resource, _ -> new TreeSet<>());
            rule.path("verbs").forEach(verb -> held.add(verb.asText()));
          }
        }
      }
    }
    var listed = new TreeMap<String, List<String>>();
    verbs.forEach((resource, held) -> listed.put(resource, List.copyOf(held)));
    return new Rules(listed, status.path("incomplete").asBoolean(false));
  }

  /// Nobody can be asked for another's rules, only for one right at a time.
  private Rules asked(Caller caller, String namespace) {
    var held = new TreeMap<String, List<String>>();
    for (var resource : Right.RESOURCES) {
      held.put(
          resource,
          List.of("get", "list", "use").stream()
              .filter(verb -> may(caller, Right.of(verb, resource).in(namespace)))
              .toList());
    }
    return new Rules(held, false);
  }

  private static boolean names(JsonNode list, String word) {
    for (var one : list) {
      if (one.asText().equals(word) || one.asText().equals("*")) {
        return true;
      }
    }
    return false;
  }

  /// A token of ours that is refused says nothing about anybody else.
  private HttpResponse<String> asReviewer(Function<Line, HttpResponse<String>> work) {
    var answer = clients.asReviewer(work);
    if (answer.code() == 401) {
      throw ReviewRefused.whoAsks("the token to ask with was refused");
    }
    return answer;
  }

  private interface Calling {
    HttpResponse<String> call(Function<Line, HttpResponse<String>> work);
  }

  private JsonNode ask(Caller caller, String path, Map<String, ?> question) {
    return told(work -> clients.call(caller, work), path, question);
  }

  private static JsonNode told(Calling calling, String path, Map<String, ?> question) {
    try {
      var body = JSON.writeValueAsString(question);
      var answer =
          calling.call(
              line -> line.send(line.request(path).post("application/json", body).build()));
      if (answer.code() == 401) {
        throw new TokenRejected();
      }
      if (answer.code() >= 500 || answer.code() == TOO_MANY) {
        throw new ReviewUnavailable("status " + answer.code());
      }
      if (!answer.isSuccessful()) {
        var status = "status " + answer.code();
        throw answer.code() == FORBIDDEN
            ? ReviewRefused.whoAsks(status)
            : ReviewRefused.whatIsAsked(status);
      }
      return JSON.readTree(answer.body());
    } catch (Unanswered _) {
      throw new ReviewUnavailable("no answer");
    } catch (JsonProcessingException | IllegalArgumentException unreadable) {
      throw new ReviewUnavailable("an answer that cannot be read");
    }
  }
}
