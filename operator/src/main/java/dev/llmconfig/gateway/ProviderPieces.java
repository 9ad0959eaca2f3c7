package dev.llmconfig.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.RequestFormat;
import dev.llmconfig.provider.ChatAnswer;
import dev.llmconfig.provider.ChatAnswer.Next;
import dev.llmconfig.provider.ChatCall;
import dev.llmconfig.provider.ChatReply;
import dev.llmconfig.provider.Chats;
import dev.llmconfig.provider.Completion;
import dev.llmconfig.provider.Delivery;
import dev.llmconfig.provider.transport.HangUp;
import dev.llmconfig.provider.transport.Patience;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The pieces of an answer as a provider sends them. Sends when it is first asked, and reads no
/// further than it is asked.
final class ProviderPieces implements PieceSource {

  private static final Duration SILENCE = Duration.ofMinutes(2);

  /// Counts follow the last word at once, if they come at all.
  private static final Duration SILENCE_AFTER_THE_LAST_WORD = Duration.ofSeconds(5);

  private final Chats chats;
  private final ChatTarget target;
  private final ChatRequest request;
  private final Patience patience;
  private final HangUp hangUp;
  private final ChatDialect dialect;

  private Optional<SecretBytes> key = Optional.empty();
  private @Nullable ChatAnswer answer;
  private @Nullable AnswerReader reader;

  ProviderPieces(
      Chats chats, ChatTarget target, ChatRequest request, Patience patience, HangUp hangUp) {
    this.chats = chats;
    this.target = target;
    this.request = request;
    this.patience = patience(patience, target, request.delivery());
    this.hangUp = hangUp;
    this.dialect = ChatDialect.of(target.format());
  }

  @Override
  public Batch next() throws InterruptedException {
    if (answer == null || reader == null) {
      key = target.key().lend();
      switch (chats.call(target.place(), key, call(), patience, hangUp)) {
        case ChatReply.Refused(var finding) -> {
          return Batch.broken(finding);
        }
        case ChatReply.Begun(ChatAnswer begun) -> {
          answer = begun;
          reader = new AnswerReader(begun, dialect);
        }
      }
    }
    while (true) {
      Duration silence = reader.finished() ? SILENCE_AFTER_THE_LAST_WORD : SILENCE;
      Optional<Batch> batch =
          switch (answer.next(silence)) {
            case Next.Bytes bytes -> reader.read(bytes.bytes());
            case Next.End _ -> Optional.of(reader.end());
            case Next.Broken(var finding) -> Optional.of(reader.broken(finding));
          };
      if (batch.isPresent()) {
        return batch.get();
      }
    }
  }

  @Override
  public void close() {
    if (answer != null) {
      answer.close();
    }
    key.ifPresent(SecretBytes::close);
  }

  private ChatCall call() {
    ObjectNode body = dialect.body(target, request, target.parameters().wire());
    Completion.Surface surface =
        target.format() == RequestFormat.Responses
            ? Completion.Surface.Responses
            : Completion.Surface.Chat;
    Completion asked = new Completion(target.model().id(), Optional.empty(), surface);
    return new ChatCall(asked, request.delivery(), body);
  }

  /// The parameter is the time until an answer begins, or all of it where it does not stream.
  private static Patience patience(Patience usual, ChatTarget target, Delivery delivery) {
    OptionalLong seconds = target.parameters().values().timeoutSeconds();
    Duration first =
        seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : usual.firstByte();
    return delivery == Delivery.Whole ? new Patience(first, first) : usual.withFirstByte(first);
  }
}
