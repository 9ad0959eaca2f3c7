package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.llmconfig.provider.transport.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What providers put into their errors, brought to one shape (providers.md 3.2). Everything is
/// optional, and all of it is the provider's text: for matching, not for showing.
///
/// @param why a reason in words of a cloud: `details[].reason` of Google, the error type header of
///   AWS
/// @param param the parameter that is blamed
/// @param quotas the ids of exceeded quotas
/// @param retryDelay a wait that stands in the body, in Google's notation
record ErrorBody(
    Optional<String> code,
    Optional<String> type,
    Optional<String> message,
    Optional<String> param,
    Optional<String> why,
    Optional<String> requestId,
    Optional<String> retryDelay,
    List<String> quotas) {

  ErrorBody {
    quotas = List.copyOf(quotas);
  }

  /// Whether there is an error at all, and not only something else that is JSON.
  boolean present() {
    return code.isPresent() || type.isPresent() || message.isPresent() || param.isPresent();
  }

  static ErrorBody read(Optional<JsonNode> json, Reply reply) {
    Optional<String> awsType = reply.header("x-amzn-errortype");
    return read(json.map(ErrorBody::unwrapped).orElse(MissingNode.getInstance()), awsType);
  }

  private static ErrorBody read(JsonNode root, Optional<String> awsType) {
    JsonNode error = root.path("error");
    JsonNode inner = error.isObject() ? error : root;
    JsonNode detail = root.path("detail");
    JsonNode firstDetail = detail.path(0);
    List<JsonNode> details = new ArrayList<>();
    inner.path("details").forEach(details::add);
    return new ErrorBody(
        Fields.text(inner, "code").or(() -> Fields.text(root, "statusCode")),
        type(inner, error),
        Fields.text(root, "error") // a bare string, of xAI, vLLM and Ollama
            .or(() -> Fields.text(inner, "message"))
            .or(() -> Fields.text(inner, "Message"))
            .or(() -> Fields.text(root, "detail"))
            .or(() -> Fields.text(firstDetail, "msg")),
        Fields.text(inner, "param").or(() -> location(firstDetail)),
        awsType.or(() -> first(details, "reason")),
        Fields.text(root, "request_id"),
        first(details, "retryDelay"),
        quotas(details));
  }

  private static JsonNode unwrapped(JsonNode root) {
    return root.isArray() && root.size() == 1 ? root.path(0) : root;
  }

  /// Anthropic and old vLLM say on the outermost level only that it is an error.
  private static Optional<String> type(JsonNode inner, JsonNode error) {
    return Fields.text(inner, "type")
        .filter(type -> error.isObject() || !type.equals("error"))
        .or(() -> error.isObject() ? Fields.text(inner, "status") : Optional.empty());
  }

  private static Optional<String> location(JsonNode detail) {
    JsonNode location = detail.path("loc");
    return location.isArray() && !location.isEmpty()
        ? Optional.of(location.path(location.size() - 1).asText())
        : Optional.empty();
  }

  private static Optional<String> first(List<JsonNode> details, String field) {
    return details.stream().flatMap(detail -> Fields.text(detail, field).stream()).findFirst();
  }

  private static List<String> quotas(List<JsonNode> details) {
    List<String> ids = new ArrayList<>();
    for (JsonNode detail : details) {
      detail.path("violations").forEach(v -> Fields.text(v, "quotaId").ifPresent(ids::add));
    }
    return ids;
  }
}
