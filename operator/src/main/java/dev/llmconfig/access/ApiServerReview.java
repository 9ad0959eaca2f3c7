package dev.llmconfig.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Asks the API server. Everyone who is signed in may ask these two questions about themselves, so
/// this process needs no right of its own.
public final class ApiServerReview implements Review {

  private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String MAY = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final CallerClients clients;

  public ApiServerReview(CallerClients clients) {
    this.clients = clients;
  }

  @Override
  public Person who(Caller caller) {
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
    var review =
        Map.of(
            "apiVersion",
            "authorization.k8s.io/v1",
            "kind",
            "SelfSubjectAccessReview",
            "spec",
            Map.of(
                "resourceAttributes",
                Map.of(
                    "verb", right.verb(),
                    "group", right.group(),
                    "resource", right.resource(),
                    "namespace", right.namespace(),
                    "name", right.name())));
    return ask(caller, MAY, review).path("status").path("allowed").asBoolean(false);
  }

  private JsonNode ask(Caller caller, String path, Map<String, ?> question) {
    try {
      String answer = clients.call(caller, client -> client.raw(path, "POST", question));
      return JSON.readTree(answer);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == 401) {
        throw new TokenRejected();
      }
      throw new ReviewUnavailable(
          refused.getCode() == 0 ? "no answer" : "status " + refused.getCode());
    } catch (JsonProcessingException | IllegalArgumentException unreadable) {
      throw new ReviewUnavailable("an answer that cannot be read");
    }
  }
}
