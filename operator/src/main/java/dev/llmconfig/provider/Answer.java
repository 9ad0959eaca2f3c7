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

  /// Some say 200 and put the real status into the error.
  private static int status(Reply reply, Optional<JsonNode> json, ErrorBody error) {
    boolean hidden =
        reply.status() >= 200 && reply.status() < 300 && json.filter(Answer::failed).isPresent();
    return error
        .code()
        .filter(code -> hidden && STATUS.matcher(code).matches())
        .map(Integer::valueOf)
        .orElse(reply.status());
  }
}
