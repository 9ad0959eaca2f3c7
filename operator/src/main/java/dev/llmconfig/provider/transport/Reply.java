package dev.llmconfig.provider.transport;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What came back. Nothing in it may be trusted, and nothing of it may be printed.
public final class Reply {

  /// Connected, and nothing asked.
  static final Reply NOTHING = new Reply(0, Map.of(), new byte[0], false);

  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final boolean tooLarge;

  /// @param headers by name in lower case
  /// @param body not to be changed any more
  public Reply(int status, Map<String, List<String>> headers, byte[] body, boolean tooLarge) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.tooLarge = tooLarge;
  }

  public int status() {
    return status;
  }

  /// What was read of it, unpacked; not to be changed.
  public byte[] body() {
    return body;
  }

  /// Whether there was more than was asked to be read.
  public boolean tooLarge() {
    return tooLarge;
  }

  /// The same head.
  public Reply withBody(byte[] other, boolean tooMuch) {
    return new Reply(status, headers, other, tooMuch);
  }

  /// The first value of a header.
  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : values.stream().findFirst();
  }

  @Override
  public String toString() {
    return "Reply[" + status + "]";
  }
}
