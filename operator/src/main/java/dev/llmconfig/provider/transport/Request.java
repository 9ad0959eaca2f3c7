package dev.llmconfig.provider.transport;

import java.util.Map;

/// One HTTP request. Its headers hold a credential, so it prints without them.
///
/// @param target path and query, as they go over the wire
/// @param body JSON, or empty
/// @param largestBody how much of a good answer is read, after gzip
public record Request(
    Destination destination,
    String method,
    String target,
    Map<String, String> headers,
    String body,
    int largestBody) {

  public Request {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "Request[%s %s]".formatted(method, destination.shown());
  }
}
