package dev.llmconfig.api;

import java.util.List;

/// Headers that a user may not set, in lower case.
public final class ReservedHeaders {

  /// They carry a credential, or say which host is meant.
  public static final List<String> CREDENTIALS =
      List.of(
          "authorization",
          "x-api-key",
          "api-key",
          "x-goog-api-key",
          "host",
          "cookie",
          "proxy-authorization");

  /// The HTTP client sets them; a second one splits or ends a request in the middle.
  public static final List<String> TRANSPORT =
      List.of("connection", "content-length", "transfer-encoding", "upgrade");

  private ReservedHeaders() {}
}
