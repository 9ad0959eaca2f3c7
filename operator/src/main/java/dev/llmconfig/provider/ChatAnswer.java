package dev.llmconfig.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.transport.Inflow;
import dev.llmconfig.provider.transport.Reply;
import dev.llmconfig.provider.transport.TransportFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// An answer that has begun, as the bytes it consists of, and what its endings mean. Read by one
/// thread.
public final class ChatAnswer implements AutoCloseable {

  /// What a reader gets next.
  public sealed interface Next {
    /// In whatever way they were cut.
    final class Bytes implements Next {
      private final byte[] bytes;

      private Bytes(byte[] bytes) {
        this.bytes = bytes;
      }

      /// Whoever gets them may keep them.
      public byte[] bytes() {
        return bytes;
      }
    }

    record End() implements Next {}

    record Broken(Finding finding) implements Next {}
  }

  private final Hearing hearing;
  private final Call call;
  private final Inflow body;
  private final Finding begun;

  ChatAnswer(Hearing hearing, Call call, Inflow body) {
    this.hearing = hearing;
    this.call = call;
    this.body = body;
    this.begun = hearing.heard(call, body.head()).finding();
  }

  /// Waits for more of it.
  ///
  /// @param silence how long nothing may come
  public Next next(Duration silence) throws InterruptedException {
    try {
      return body.next(silence).<Next>map(Next.Bytes::new).orElseGet(Next.End::new);
    } catch (TransportFailure failed) {
      return new Next.Broken(ending(failed.reason()));
    }
  }

  /// What an answer is worth that turned out to be one document.
  public Finding whole(byte[] document, boolean tooLarge) {
    return hearing.heard(call, reply(document, tooLarge)).finding();
  }

  /// What an error says that came in the middle of an answer. Whoever sends one does speak like an
  /// LLM API.
  public Finding error(JsonNode event) {
    Finding finding = whole(event.toString().getBytes(StandardCharsets.UTF_8), false);
    return finding.reason() == VerdictReason.NotAnLLMEndpoint
        ? finding.with(VerdictReason.UnrecognisedAnswer)
        : finding;
  }

  /// The answer itself is fine, and this is what became of it.
  public Finding ending(VerdictReason reason) {
    return begun.with(reason);
  }

  @Override
  public void close() {
    body.close();
  }

  private Reply reply(byte[] document, boolean tooLarge) {
    return body.head().withBody(document, tooLarge);
  }
}
