package dev.llmconfig.provider.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// Undoes gzip, and only as far as was asked for: a small answer cannot become a large one.
final class Unpacking {

  private Unpacking() {}

  static Reply of(Reply packed, Request request) {
    String encoding =
        packed.header("content-encoding").orElse("identity").strip().toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "identity", "" -> packed;
      case "gzip", "x-gzip" -> gunzip(packed, Exchange.largest(request, packed.status()));
      default -> packed.withBody(new byte[0], packed.tooLarge()); // we asked for nothing else
    };
  }

  private static Reply gunzip(Reply packed, int largest) {
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      byte[] body = stream.readNBytes(largest + 1);
      return body.length > largest
          ? packed.withBody(Arrays.copyOf(body, largest), true)
          : packed.withBody(body, packed.tooLarge());
    } catch (IOException broken) {
      return packed.withBody(new byte[0], packed.tooLarge());
    }
  }
}
