package dev.llmconfig.crypto;

import java.nio.ByteBuffer;
import java.security.cert.CertificateException;

/// Walks over the values of a DER sequence, as far as a certificate needs it.
final class Der {

  static final int INTEGER = 0x02;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int VERSION = 0xa0;

  private static final int LONG_LENGTH = 0x80;
  private static final int MOST_LENGTH_BYTES = 3;

  private final ByteBuffer in;

  private Der(ByteBuffer in) {
    this.in = in;
  }

  static Der of(byte[] bytes) {
    return new Der(ByteBuffer.wrap(bytes));
  }

  boolean nextIs(int tag) {
    return in.hasRemaining() && Byte.toUnsignedInt(in.get(in.position())) == tag;
  }

  /// The inside of the next value.
  Der inside(int tag) throws CertificateException {
    return new Der(value(tag));
  }

  void skip(int tag) throws CertificateException {
    value(tag);
  }

  byte[] content(int tag) throws CertificateException {
    return bytes(value(tag));
  }

  /// The next value as it stands, with its tag and length.
  byte[] whole(int tag) throws CertificateException {
    int from = in.position();
    value(tag);
    return bytes(in.slice(from, in.position() - from));
  }

  private ByteBuffer value(int tag) throws CertificateException {
    if (!nextIs(tag)) {
      throw new CertificateException("another type of value was expected");
    }
    in.get();
    int length = length();
    need(length);
    ByteBuffer value = in.slice(in.position(), length);
    in.position(in.position() + length);
    return value;
  }

  private int length() throws CertificateException {
    need(1);
    int first = Byte.toUnsignedInt(in.get());
    if (first < LONG_LENGTH) {
      return first;
    }
    int count = first - LONG_LENGTH;
    if (count == 0 || count > MOST_LENGTH_BYTES) {
      throw new CertificateException("a length has a form that DER does not use");
    }
    need(count);
    int length = 0;
    for (int at = 0; at < count; at++) {
      length = length << 8 | Byte.toUnsignedInt(in.get());
    }
    return length;
  }

  private void need(int count) throws CertificateException {
    if (count > in.remaining()) {
      throw new CertificateException("a value is longer than what holds it");
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
