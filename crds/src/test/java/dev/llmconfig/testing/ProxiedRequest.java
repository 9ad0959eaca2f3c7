package dev.llmconfig.testing;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.Set;

/// What of a request decides whether a fault hits it.
public record ProxiedRequest(String method, URI uri, boolean upgrade) {
  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  static ProxiedRequest of(HttpExchange exchange) {
    return new ProxiedRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        exchange.getRequestHeaders().containsKey("Upgrade"));
  }

  public String path() {
    return uri.getPath();
  }

  public boolean write() {
    return WRITES.contains(method);
  }

  public boolean watch() {
    var query = uri.getQuery();
    return query != null && query.contains("watch=true");
  }
}
