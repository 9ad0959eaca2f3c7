package dev.llmconfig.provider.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.provider.Echo;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Completions as event streams, piece by piece with the pauses of the model.
final class Streams {

  private record Event(String name, ObjectNode data, Echo.Piece piece) {}

  private static final Echo.Piece NOTHING = new Echo.Piece("", java.time.Duration.ZERO);

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final boolean named;
  private final String end;

  private Streams(Vertx vertx, HttpServerResponse response, FakeDialect dialect) {
    this.vertx = vertx;
    this.response = response;
    this.named = dialect == FakeDialect.Anthropic;
    this.end = dialect == FakeDialect.OpenAI ? "data: [DONE]\n\n" : "";
  }

  static void send(
      Vertx vertx,
      HttpServerResponse response,
      FakeDialect dialect,
      String model,
      JsonNode request) {
    String prompt = GoodAnswers.prompt(dialect, request);
    List<Event> events =
        switch (dialect) {
          case Anthropic -> anthropic(model, prompt);
          case Gemini -> gemini(model, prompt);
          case OpenAI, Ollama -> openAi(model, prompt, request);
        };
    response.putHeader("content-type", "text/event-stream").setChunked(true);
    new Streams(vertx, response, dialect).next(events.iterator());
  }

  private void next(Iterator<Event> events) {
    if (response.closed()) {
      return;
    }
    if (!events.hasNext()) {
      response.end(end);
      return;
    }
    Event event = events.next();
    long pause = event.piece.pause().toMillis();
    Runnable write =
        () -> {
          String head = named ? "event: " + event.name + "\n" : "";
          response.write(head + "data: " + event.data + "\n\n").onSuccess(_ -> next(events));
        };
    if (pause > 0) {
      vertx.setTimer(pause, _ -> write.run());
    } else {
      write.run();
    }
  }

  private static List<Event> openAi(String model, String prompt, JsonNode request) {
    List<Event> events = new ArrayList<>();
    List<Echo.Piece> pieces = GoodAnswers.pieces(model, prompt);
    for (Echo.Piece piece : pieces) {
      ObjectNode chunk = chunk(model);
      ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
      choice.putObject("delta").put("role", "assistant").put("content", piece.text());
      events.add(new Event("", chunk, piece));
    }
    ObjectNode last = chunk(model);
    last.putArray("choices")
        .addObject()
        .put("index", 0)
        .put("finish_reason", "stop")
        .putObject("delta");
    events.add(new Event("", last, NOTHING));
    if (request.at("/stream_options/include_usage").asBoolean()) {
      ObjectNode usage = chunk(model);
      usage.putArray("choices");
      usage
          .putObject("usage")
          .put("prompt_tokens", Echo.tokens(prompt))
          .put("completion_tokens", pieces.size())
          .put("total_tokens", Echo.tokens(prompt) + pieces.size());
      events.add(new Event("", usage, NOTHING));
    }
    return events;
  }

  private static ObjectNode chunk(String model) {
    return GoodAnswers.JSON
        .createObjectNode()
        .put("id", "chatcmpl-fx")
        .put("object", "chat.completion.chunk")
        .put("model", model);
  }

  private static List<Event> anthropic(String model, String prompt) {
    List<Event> events = new ArrayList<>();
    List<Echo.Piece> pieces = GoodAnswers.pieces(model, prompt);
    ObjectNode start = typed("message_start");
    ObjectNode message = start.putObject("message").put("id", "msg_fx").put("type", "message");
    message.put("role", "assistant").put("model", model).putArray("content");
    message.putObject("usage").put("input_tokens", Echo.tokens(prompt)).put("output_tokens", 0);
    events.add(new Event("message_start", start, NOTHING));
    ObjectNode block = typed("content_block_start").put("index", 0);
    block.putObject("content_block").put("type", "text").put("text", "");
    events.add(new Event("content_block_start", block, NOTHING));
    for (Echo.Piece piece : pieces) {
      ObjectNode delta = typed("content_block_delta").put("index", 0);
      delta.putObject("delta").put("type", "text_delta").put("text", piece.text());
      events.add(new Event("content_block_delta", delta, piece));
    }
    events.add(
        new Event("content_block_stop", typed("content_block_stop").put("index", 0), NOTHING));
    ObjectNode done = typed("message_delta");
    done.putObject("delta").put("stop_reason", "end_turn");
    done.putObject("usage").put("output_tokens", pieces.size());
    events.add(new Event("message_delta", done, NOTHING));
    events.add(new Event("message_stop", typed("message_stop"), NOTHING));
    return events;
  }

  private static ObjectNode typed(String type) {
    return GoodAnswers.JSON.createObjectNode().put("type", type);
  }

  private static List<Event> gemini(String model, String prompt) {
    List<Event> events = new ArrayList<>();
    List<Echo.Piece> pieces = GoodAnswers.pieces(model, prompt);
    for (int i = 0; i < pieces.size(); i++) {
      ObjectNode data = GoodAnswers.JSON.createObjectNode();
      ObjectNode candidate = data.putArray("candidates").addObject();
      ObjectNode content = candidate.putObject("content").put("role", "model");
      content.putArray("parts").addObject().put("text", pieces.get(i).text());
      if (i == pieces.size() - 1) {
        candidate.put("finishReason", "STOP");
        data.putObject("usageMetadata")
            .put("promptTokenCount", Echo.tokens(prompt))
            .put("candidatesTokenCount", pieces.size());
      }
      events.add(new Event("", data, pieces.get(i)));
    }
    return events;
  }
}
