package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.Dialect;
import dev.llmconfig.api.Provider;
import dev.llmconfig.provider.transport.Reply;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the rules look at: who was asked what, and what came back in one shape. The words it offers
/// (`says`, `code`, `status`) are those the rules are written in.
final class Answer {

  private static final int LONGEST_MATCHED = 2048;
  private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");

  private final Provider provider;
  private final Call call;
  private final Reply reply;
  private final Optional<JsonNode> json;
  private final ErrorBody error;
  private final int status;
  private final String message;

  private Answer(Provider provider, Call call, Reply reply, Optional<JsonNode> json) {
    this.provider = provider;
    this.call = call;
    this.reply = reply;
    this.json = json;
    this.error = ErrorBody.read(json, reply);
    this.status = status(reply, json, error);
    String all = error.message().orElse("");
    this.message =
        all.substring(0, Math.min(all.length(), LONGEST_MATCHED)).toLowerCase(Locale.ROOT);
  }

  static Answer of(Provider provider, Call call, Reply reply) {
    return new Answer(provider, call, reply, Json.read(reply.body(), reply.header("content-type")));
  }

  Provider provider() {
    return provider;
  }

  Call call() {
    return call;
  }

  Reply reply() {
    return reply;
  }

  Optional<JsonNode> json() {
    return json;
  }

  ErrorBody error() {
    return error;
  }

  int status() {
    return status;
  }

  /// The shape a good answer to this call has, and no error beside it.
  boolean good() {
    return reply.status() >= 200
        && reply.status() < 300
        && json.filter(body -> !failed(body)).filter(call.fits()).isPresent();
  }

  boolean from(Provider... any) {
    return Arrays.asList(any).contains(provider);
  }

  boolean speaks(Dialect dialect) {
    return provider.dialect() == dialect;
  }

  boolean to(Purpose... any) {
    return Arrays.asList(any).contains(call.purpose());
  }

  boolean status(int... any) {
    return Arrays.stream(any).anyMatch(s -> s == status);
  }

  boolean statusBetween(int low, int high) {
    return status >= low && status <= high;
  }

  boolean says(String... anyText) {
    return Arrays.stream(anyText).anyMatch(message::contains);
  }

  boolean saysWord(Pattern word) {
    return word.matcher(message).find();
  }

  boolean begins(String... anyText) {
    return Arrays.stream(anyText).anyMatch(message::startsWith);
  }

  boolean code(String... any) {
    return error.code().filter(Arrays.asList(any)::contains).isPresent();
  }

  boolean type(String... any) {
    return error.type().filter(Arrays.asList(any)::contains).isPresent();
  }

  boolean codeOrType(String... any) {
    return code(any) || type(any);
  }

  boolean why(String... anyBeginning) {
    return error
        .why()
        .filter(why -> Arrays.stream(anyBeginning).anyMatch(why::startsWith))
        .isPresent();
  }

  /// A flag or number of the body itself.
  JsonNode field(String pointer) {
    return json.map(body -> body.at(pointer)).orElseGet(Json::object);
  }

  private static boolean failed(JsonNode body) {
    return body.hasNonNull("error");
  }

  /// Some say 200 and put the real status into the error, as all must whose answer has begun.
  private static int status(Reply reply, Optional<JsonNode> json, ErrorBody error) {
    boolean hidden =
        reply.status() >= 200 && reply.status() < 300 && json.filter(Answer::failed).isPresent();
    if (!hidden) {
      return reply.status();
    }
    return error
        .code()
        .filter(code -> STATUS.matcher(code).matches())
        .map(Integer::valueOf)
        .or(() -> error.type().flatMap(Answer::usualStatus))
        .or(() -> error.code().flatMap(Answer::usualStatus))
        .orElse(reply.status());
  }

  /// The status that an error of this type comes with when it may choose one.
  private static Optional<Integer> usualStatus(String type) {
    return switch (type) {
      case "invalid_request_error" -> Optional.of(400);
      case "authentication_error" -> Optional.of(401);
      case "billing_error" -> Optional.of(402);
      case "permission_error" -> Optional.of(403);
      case "not_found_error" -> Optional.of(404);
      case "request_too_large" -> Optional.of(413);
      case "rate_limit_error", "rate_limit_exceeded" -> Optional.of(429);
      case "api_error", "server_error", "internal_server_error" -> Optional.of(500);
      case "timeout_error" -> Optional.of(504);
      case "overloaded_error" -> Optional.of(529);
      default -> Optional.empty();
    };
  }
}
