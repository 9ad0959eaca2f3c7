package dev.llmconfig.provider.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.TreeMap;

/// Where a test in another process asks what was seen: `GET /__seen`, and `POST /__forget`.
record Desk(FakeProvider fake) {

  void handle(Asked asked) {
    HttpServerRequest request = asked.request();
    if (asked.path().equals("/__forget")) {
      fake.forget();
      request.response().setStatusCode(204).end();
      return;
    }
    ObjectNode body = GoodAnswers.JSON.createObjectNode();
    ArrayNode requests = body.putArray("requests");
    Map<String, Integer> counts = new TreeMap<>();
    for (Seen seen : fake.seen()) {
      counts.merge(seen.call().name(), 1, Integer::sum);
      ObjectNode row = requests.addObject().put("method", seen.method()).put("path", seen.path());
      row.put("call", seen.call().name());
      row.put("keyHeader", seen.keyHeader().orElse(null)).put("keyId", seen.keyId().orElse(null));
      ObjectNode headers = row.putObject("headers");
      seen.headers().forEach(headers::put);
      row.set("body", seen.body().isMissingNode() ? null : seen.body());
    }
    ObjectNode sums = body.putObject("counts");
    counts.forEach(sums::put);
    request.response().putHeader("content-type", "application/json").end(body.toString());
  }
}
