package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.ModelCheck;
import dev.llmconfig.provider.Models;

/// A test as a program reads it. Fields that have no value are left out.
final class KeyTestJson {

  private KeyTestJson() {}

  static ObjectNode of(KeyTest test) {
    Finding finding = test.finding();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("outcome", outcome(test.kind()));
    json.put("reason", finding.reason().name());
    json.put("sentence", test.sentence());
    json.put("nextStep", test.nextStep());
    json.put("keyProof", finding.reason().keyProof().name());
    json.put("provider", test.target().provider().name());
    json.put("endpoint", test.target().endpoint().text());
    json.put("probe", finding.probe().name());
    finding.requestId().ifPresent(id -> json.put("requestId", id));
    finding.httpStatus().ifPresent(status -> json.put("httpStatus", status));
    finding.code().ifPresent(code -> json.put("code", code));
    finding.retryAfter().ifPresent(wait -> json.put("retryAfterSeconds", wait.toSeconds()));
    finding.detail().ifPresent(detail -> json.put("detail", detail));
    json.set("models", models(test.models()));
    test.modelCheck().ifPresent(check -> json.set("model", model(test, check)));
    ArrayNode notes = json.putArray("notes");
    test.notes()
        .forEach(
            note -> notes.addObject().put("reason", note.reason()).put("message", note.message()));
    finding.said().ifPresent(said -> json.put("said", said));
    json.put("checkedAt", test.checkedAt().toString());
    json.put("durationMs", test.took().toMillis());
    return json;
  }

  private static String outcome(VerdictKind kind) {
    return switch (kind) {
      case Accepted -> "Accepted";
      case Refused -> "Refused";
      case Transient -> "Unknown";
    };
  }

  private static ObjectNode model(KeyTest test, ModelCheck check) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    test.model().ifPresent(id -> json.put("id", id));
    json.put("reason", check.finding().reason().name());
    ArrayNode close = json.putArray("didYouMean");
    check.didYouMean().forEach(close::add);
    return json;
  }

  private static ObjectNode models(Models models) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (models) {
      case Models.Listed(var all, boolean complete) ->
          json.put("count", all.size()).put("complete", complete);
      case Models.Empty(var reason) -> json.put("count", 0).put("reason", reason.name());
      case Models.NotRead(var reason) -> json.put("reason", reason.name());
    }
    return json;
  }
}
