package dev.llmconfig.provider.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What other tests rely on.
class FakeProviderTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "sk-canary-0123456789";

  private static FakeProvider fake;
  private static HttpClient client;

  @BeforeAll
  static void start() {
    fake = FakeProvider.start();
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    fake.close();
  }

  @BeforeEach
  void forget() {
    fake.forget();
  }

  @Test
  void streamsInTheDialectOfOpenAi() throws Exception {
    String body =
        """
        {"model":"echo","stream":true,"stream_options":{"include_usage":true},
         "messages":[{"role":"system","content":"no"},{"role":"user","content":"one two three"}]}\
        """;

    String stream = post("/v1/chat/completions", Map.of("authorization", "Bearer " + KEY), body);

    assertThat(stream).endsWith("data: [DONE]\n\n");
    List<JsonNode> events = events(stream);
    assertThat(text(events, "/choices/0/delta/content")).isEqualTo("one two three");
    assertThat(events.get(events.size() - 2).at("/choices/0/finish_reason").asText())
        .isEqualTo("stop");
    assertThat(events.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void streamsInTheDialectOfAnthropic() throws Exception {
    String body =
        """
        {"model":"claude-sonnet-4-5","max_tokens":9,"stream":true,
         "messages":[{"role":"user","content":[{"type":"text","text":"one two"}]}]}\
        """;

    String stream =
        post("/v1/messages", Map.of("x-api-key", KEY, "anthropic-version", "2023-06-01"), body);

    List<JsonNode> events = events(stream);
    assertThat(events.stream().map(event -> event.path("type").asText()).toList())
        .containsExactly(
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
    assertThat(stream).contains("event: content_block_delta\ndata: {");
    assertThat(text(events, "/delta/text")).isEqualTo("one two");
  }

  @Test
  void streamsInTheDialectOfGemini() throws Exception {
    String stream =
        post(
            "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
            Map.of("x-goog-api-key", KEY),
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"one two\"}]}]}");

    List<JsonNode> events = events(stream);
    assertThat(text(events, "/candidates/0/content/parts/0/text")).isEqualTo("one two");
    assertThat(events.getLast().at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
  }

  @Test
  void remembersWhatItSawAndNeverTheKey() throws Exception {
    post("/v1/chat/completions", Map.of("authorization", "Bearer " + KEY), "{\"model\":\"echo\"}");

    Seen seen = fake.seen(FakeCall.Completion).getFirst();
    assertThat(seen.keyHeader()).contains("authorization");
    assertThat(seen.keyId()).contains(FakeKey.id(KEY));
    assertThat(seen.toString()).doesNotContain("canary");
    JsonNode desk = JSON.readTree(get("/__seen"));
    assertThat(desk.at("/counts/Completion").asInt()).isEqualTo(1);
    assertThat(desk.toString()).doesNotContain("canary");
  }

  @Test
  void aKeyInAUrlIsRefused() throws Exception {
    assertThat(get("/v1beta/models?key=" + KEY)).contains("A key in a URL ends up in logs.");
  }

  @Test
  void withoutAKeyOnlyTheOpenPathAnswers() throws Exception {
    assertThat(get("/v1/models")).contains("invalid_api_key");
    assertThat(get("/open/v1/models")).contains("gpt-5-mini");
  }

  private static String post(String path, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(fake.url(path)))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private static String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(fake.url(path))).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static List<JsonNode> events(String stream) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : stream.lines().toList()) {
      if (line.startsWith("data: {")) {
        events.add(JSON.readTree(line.substring("data: ".length())));
      }
    }
    return events;
  }

  private static String text(List<JsonNode> events, String pointer) {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(event.at(pointer).asText()));
    return text.toString();
  }
}
