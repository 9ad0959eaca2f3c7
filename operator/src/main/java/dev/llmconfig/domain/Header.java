package dev.llmconfig.domain;

import dev.llmconfig.api.ReservedHeaders;
import java.util.Locale;

/// A header that the user adds to every request, such as a project id. It is no place for a
/// credential.
public record Header(String name, String value) {

  public Header {
    String lower = name.toLowerCase(Locale.ROOT);
    if (ReservedHeaders.CREDENTIALS.contains(lower) || ReservedHeaders.TRANSPORT.contains(lower)) {
      throw new IllegalArgumentException("a reserved header must be refused where it is read");
    }
  }
}
