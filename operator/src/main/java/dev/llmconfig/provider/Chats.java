package dev.llmconfig.provider;

import dev.llmconfig.api.Probe;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.provider.transport.HangUp;
import dev.llmconfig.provider.transport.Patience;
import dev.llmconfig.provider.transport.Received;
import dev.llmconfig.provider.transport.Request;
import dev.llmconfig.provider.transport.Streaming;
import dev.llmconfig.provider.transport.TransportFailure;
import java.time.InstantSource;
import java.util.Optional;

/// Sends a chat to a provider: to the same place, with the same headers and by the same way as a
/// probe, and refusals mean the same. What the bodies say is not known here. Called from virtual
/// threads.
public final class Chats {

  /// Hours of the fastest model; a sender that never ends is cut off here.
  private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

  /// Nobody waits for the rest of a packed block in the middle of an answer.
  private static final String UNPACKED = "identity";

  private final Streaming network;
  private final InstantSource clock;
  private final Corrections corrections = new Corrections();

  public Chats(Streaming network, InstantSource clock) {
    this.network = network;
    this.clock = clock;
  }

  /// Waits until an answer begins, or is refused.
  ///
  /// @param key stays the caller's, who keeps it until the answer is closed
  public ChatReply call(
      Target target, Optional<SecretBytes> key, ChatCall chat, Patience patience, HangUp hangUp)
      throws InterruptedException {
    Hearing hearing = Hearing.of(target, key, clock.instant());
    String model = chat.asked().model();
    ChatCall first = chat.with(corrections.applied(target, model, chat.body()));
    return switch (once(hearing, first, patience, hangUp)) {
      case Tried.Begun(ChatAnswer answer) -> new ChatReply.Begun(answer);
      case Tried.Refused(Heard refusal) -> {
        Optional<Correction> correction = Correction.of(refusal, first.body());
        yield correction.isEmpty()
            ? new ChatReply.Refused(refusal.finding())
            : corrected(hearing, first, correction.get(), patience, hangUp);
      }
    };
  }

  private ChatReply corrected(
      Hearing hearing, ChatCall refused, Correction correction, Patience patience, HangUp hangUp)
      throws InterruptedException {
    ChatCall second = refused.with(correction.of(refused.body()));
    return switch (once(hearing, second, patience, hangUp)) {
      case Tried.Begun(ChatAnswer answer) -> {
        corrections.remember(hearing.target(), refused.asked().model(), correction);
        yield new ChatReply.Begun(answer);
      }
      case Tried.Refused(Heard heard) -> new ChatReply.Refused(heard.finding());
    };
  }

  private sealed interface Tried {
    record Begun(ChatAnswer answer) implements Tried {}

    record Refused(Heard heard) implements Tried {}
  }

  private Tried once(Hearing hearing, ChatCall chat, Patience patience, HangUp hangUp)
      throws InterruptedException {
    Call call =
        hearing.dialect().chat(hearing.target(), chat.asked(), chat.delivery(), chat.body());
    Request request = hearing.request(call, UNPACKED, LARGEST_ANSWER);
    try {
      return switch (open(request, patience, hangUp)) {
        case Received.Whole(var reply) -> new Tried.Refused(hearing.heard(call, reply));
        case Received.Flowing(var body) -> new Tried.Begun(new ChatAnswer(hearing, call, body));
      };
    } catch (TransportFailure failed) {
      return new Tried.Refused(Hearing.broken(failed, Probe.Completion));
    }
  }

  /// A connection that broke before the first byte is tried once more, as a probe's is.
  private Received open(Request request, Patience patience, HangUp hangUp)
      throws TransportFailure, InterruptedException {
    try {
      return network.open(request, patience, hangUp);
    } catch (TransportFailure failed) {
      if (!failed.repeatable() || hangUp.happened()) {
        throw failed;
      }
      return network.open(request, patience, hangUp);
    }
  }
}
