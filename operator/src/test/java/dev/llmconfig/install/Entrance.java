package dev.llmconfig.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// The way of one person into a running release.
///
/// @param address where this machine reaches it, such as `127.0.0.1:8080`
/// @param token that they sign in with
public record Entrance(HttpClient http, String address, String token) {

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public static Entrance of(String address, String token) {
    return new Entrance(
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), address, token);
  }

  /// Of somebody else with the same rights, over connections of their own.
  Entrance another() {
    return of(address, token);
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path))
        .timeout(LONGEST)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking.", e);
    }
  }

  public HttpResponse<String> get(String path) {
    return send(to(path));
  }

  /// A change that must succeed.
  public JsonNode change(String method, String path, String body) {
    var answer = answer(method, path, body);
    assertThat(answer.statusCode())
        .as("%s %s: %s", method, path, answer.body())
        .isBetween(200, 299);
    return json(answer.body());
  }

  HttpResponse<String> answer(String method, String path, String body) {
    return send(
        to(path).header("If-Match", "*").method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  /// Every event of an answer, or why there is none.
  public HttpResponse<String> chat(String model, String text) {
    return send(
        to("/api/chat")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
                        .formatted(model, text))));
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
