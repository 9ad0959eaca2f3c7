package dev.llmconfig.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Between bytes and characters without a `String`, which could not be wiped, and without
/// replacement characters, which would make another key of it.
final class Utf8 {

  private static final int MOST_BYTES = 3;

  private Utf8() {}

  static Optional<char[]> decode(byte[] bytes) {
    char[] room = new char[bytes.length];
    CharBuffer out = CharBuffer.wrap(room);
    boolean text =
        !StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), out, true).isError();
    Optional<char[]> characters =
        text ? Optional.of(Arrays.copyOf(room, out.position())) : Optional.empty();
    Arrays.fill(room, '\0');
    return characters;
  }

  static Optional<byte[]> encode(char[] characters, int offset, int length) {
    byte[] room = new byte[length * MOST_BYTES];
    ByteBuffer out = ByteBuffer.wrap(room);
    CharBuffer in = CharBuffer.wrap(characters, offset, length);
    boolean text = !StandardCharsets.UTF_8.newEncoder().encode(in, out, true).isError();
    Optional<byte[]> bytes =
        text ? Optional.of(Arrays.copyOf(room, out.position())) : Optional.empty();
    Arrays.fill(room, (byte) 0);
    return bytes;
  }
}
