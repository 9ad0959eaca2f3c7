package dev.llmconfig.crypto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// The envelope's JSON, read strictly: each field once, nothing unknown, nothing behind it. A field
/// that we do not know could be a limit that we would not keep.
final class EnvelopeJson {

  /// Buffers are not pooled: a key would stay in them for the next document to find.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .build();

  private EnvelopeJson() {}

  static SecretBytes write(Envelope envelope) {
    WipingStream out = new WipingStream();
    char[] key = envelope.key().use(Utf8::decode).orElseThrow(EnvelopeJson::notText);
    try (out;
        JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("llmconfig", EnvelopeDraft.VERSION);
      json.writeStringField("for", envelope.purpose().wire());
      json.writeStringField("namespace", envelope.namespace());
      json.writeStringField("name", envelope.name());
      json.writeStringField("endpoint", envelope.endpoint());
      json.writeFieldName("key");
      json.writeString(key, 0, key.length);
      json.writeEndObject();
      json.flush();
      return SecretBytes.taking(out.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory could not be written", impossible);
    } finally {
      Arrays.fill(key, '\0');
    }
  }

  static TokenContent read(byte[] plaintext) {
    if (!looksLikeJson(plaintext)) {
      return new TokenContent.Bare(SecretBytes.copyOf(plaintext));
    }
    return Utf8.decode(plaintext)
        .map(EnvelopeJson::read)
        .orElseGet(() -> new TokenContent.Unreadable("is not UTF-8"));
  }

  private static TokenContent read(char[] text) {
    EnvelopeDraft draft = new EnvelopeDraft();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        draft.put(field, json);
      }
      draft.endsHere(json.nextToken() == null);
      return draft.finish();
    } catch (IOException malformed) {
      draft.discard();
      return new TokenContent.Unreadable("is no well-formed JSON, or has a field twice");
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  private static boolean looksLikeJson(byte[] plaintext) {
    byte[] inner = KeyText.trim(plaintext, 0, plaintext.length);
    boolean object = inner.length > 0 && inner[0] == '{';
    Arrays.fill(inner, (byte) 0);
    return object;
  }

  private static IllegalArgumentException notText() {
    return new IllegalArgumentException("a key that is not text cannot be put into an envelope");
  }

  /// Leaves no copy of what went through it but the one that it was made for.
  private static final class WipingStream extends ByteArrayOutputStream {

    WipingStream() {
      super(32 * 1024); // six times the longest key, and more: it never grows by copying
    }

    @Override
    public void close() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
