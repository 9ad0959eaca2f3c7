package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Access;
import dev.llmconfig.access.KeyUses;
import dev.llmconfig.access.Tally;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.gateway.Chat;
import dev.llmconfig.gateway.ChatEvent;
import dev.llmconfig.gateway.ChatMessage;
import dev.llmconfig.gateway.ChatRequest;
import dev.llmconfig.gateway.ChatStream;
import dev.llmconfig.gateway.ChatTargets;
import dev.llmconfig.gateway.Resolution;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.provider.Delivery;
import dev.llmconfig.rest.shape.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Talks to a model for somebody who may use it, and who needs no other right.
final class ChatRoute {

  /// As long as a comment is waited for.
  static final Duration PATIENCE = Timings.STANDARD.ping();

  private static final Duration WHOLE = Duration.ofSeconds(60);
  private static final int A_MINUTE = 30;
  private static final int ALL_TOGETHER = 100_000;

  private static final Map<String, ChatMessage.Role> ROLES =
      Map.of(
          "system", ChatMessage.Role.System,
          "user", ChatMessage.Role.User,
          "assistant", ChatMessage.Role.Assistant);

  private final Access access;
  private final MirrorPool mirror;
  private final ChatTargets targets;
  private final EchoOffer echo;
  private final KeyUses lastUses;
  private final Chat chat;
  private final Tally turns;
  private final Duration patience;

  /// With that patience.
  ///
  /// @param patience how long the status is held back for a provider that says nothing; after that
  ///   the connection must be kept alive, which needs an answer that has begun
  ChatRoute(Parts parts, Duration patience) {
    this.access = parts.access();
    this.mirror = parts.mirror();
    this.targets = new ChatTargets(parts.ring(), parts.catalogue());
    this.echo = EchoOffer.of(parts);
    this.chat = parts.chat();
    this.lastUses = parts.keyUses();
    this.turns = new Tally(A_MINUTE, ALL_TOGETHER, parts.ticker());
    this.patience = patience;
  }

  Answer answer(Asked asked) {
    var sent = asked.sent();
    var model = ChatModel.of(sent);
    var messages = messages(sent);
    turns
        .take(access.who(asked.signedIn()).name())
        .ifPresent(wait -> {
          throw Refusal.tooMany(
              "There are at most %d chats in a minute for each caller.".formatted(A_MINUTE), wait);
        });
    var parameters = sent.get("parameters") instanceof ObjectNode given ? given : Wire.object();
    var found = mirror.read(view -> resolution(view, model, parameters));
    var ready = ready(found.resolution());
    found.key().ifPresent(lastUses::used);
    var streamed = sent.path("stream").asBoolean(true);
    var stream =
        chat.start(
            ready.target(),
            new ChatRequest(messages, streamed ? Delivery.Streamed : Delivery.Whole));
    asked.gone().follow(stream::close);
    var begun = false;
    try {
      var answer = streamed ? streamed(stream, ready) : whole(stream);
      begun = streamed && answer.pour().isPresent();
      return answer;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Answer.done(); // nobody is there to read it
    } finally {
      if (!begun) {
        over(stream, ready);
      }
    }
  }

  private static void over(ChatStream stream, Resolution.Ready ready) {
    stream.close();
    ready.close();
  }

  /// Nothing is sent until all of it is there, and a connection on which nothing happens ends.
  private static Answer whole(ChatStream stream) throws InterruptedException {
    var whole = new FutureTask<>(() -> new ChatTelling().whole(stream));
    var _ = Thread.ofVirtual().start(whole);
    try {
      return whole.get(WHOLE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw WordedRefusal.tooLong(WHOLE);
    } catch (ExecutionException failed) {
      throw unforeseen(failed);
    }
  }

  private Answer streamed(ChatStream stream, Resolution.Ready ready) throws InterruptedException {
    var first = new FutureTask<>(stream::next);
    var _ = Thread.ofVirtual().start(first);
    var known = Optional.<ChatEvent>empty();
    try {
      known = first.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (known.isEmpty()) {
        return Answer.done(); // the caller has gone
      }
      if (known.get() instanceof ChatEvent.Problem problem) {
        throw WordedRefusal.of(problem);
      }
    } catch (TimeoutException _) {
      // The provider thinks on, and the answer begins without it.
    } catch (ExecutionException failed) {
      throw unforeseen(failed);
    }
    return Answer.streaming(sink -> {
      try {
        pour(first, stream, sink);
      } finally {
        over(stream, ready);
      }
    });
  }

  private static void pour(FutureTask<Optional<ChatEvent>> first, ChatStream stream, EventSink sink)
      throws InterruptedException {
    try {
      var telling = new ChatTelling();
      for (var next = first.get(); next.isPresent(); next = stream.next()) {
        if (!telling.tell(next.get(), sink)) {
          return;
        }
      }
    } catch (ExecutionException failed) {
      throw unforeseen(failed);
    }
  }

  private static RuntimeException unforeseen(ExecutionException failed)
      throws InterruptedException {
    if (failed.getCause() instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    return failed.getCause() instanceof RuntimeException reason
        ? reason
        : new IllegalStateException(failed.getCause());
  }

  /// What is used, and the key that it is used with.
  private record Found(Resolution resolution, Optional<Ref> key) {}

  private Found resolution(MirrorView view, ChatModel model, ObjectNode parameters) {
    if (model.offered().isPresent()) {
      var builtIn = echo.in(view).filter(one -> one.is(model.ref()));
      if (builtIn.isPresent()) {
        var key = new ChatTargets.Key(builtIn.get().key(), Optional.of(builtIn.get().models()));
        return new Found(targets.offered(key, model.offered().get(), parameters), Optional.empty());
      }
      var key =
          key(view, model.ref())
              .orElseThrow(() ->
                  Refusal.of(
                      ProblemReason.ApiKeyNotFound, "There is no such key in this namespace."));
      return new Found(
          targets.offered(key, model.offered().get(), parameters), Optional.of(model.ref()));
    }
    ModelConfigRow config =
        view.modelConfig(model.ref())
            .map(Stored::row)
            .orElseThrow(() ->
                Refusal.of(
                    ProblemReason.ModelNotFound, "There is no such config in this namespace."));
    var key =
        config
            .lastGood()
            .map(applied -> new Ref(config.ref().namespace(), applied.settings().apiKey()));
    return new Found(targets.config(config, key.flatMap(ref -> key(view, ref)), parameters), key);
  }

  private static Optional<ChatTargets.Key> key(MirrorView view, Ref ref) {
    return view.key(ref).map(row -> new ChatTargets.Key(row.row(), view.models(ref)));
  }

  private static Resolution.Ready ready(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Ready ready -> ready;
      case Resolution.NotNow(var reason, var sentence, var action) ->
          throw WordedRefusal.state(reason, sentence, action);
      case Resolution.NoRing() ->
          throw Refusal.of(
              ProblemReason.KeyRingMissing,
              "This replica has no encryption key, so it can open no key of a provider.");
      case Resolution.Unopened(var sentence) ->
          throw Refusal.of(ProblemReason.InvalidEncryptionKey, sentence);
      case Resolution.NotOffered(var sentence) ->
          throw Refusal.of(ProblemReason.ModelNotFound, sentence);
      case Resolution.Impossible(var problems) ->
          throw Refusal.fields(
              ProblemReason.Invalid,
              problems.stream()
                  .map(one ->
                      new Problem.Field(one.field(), ProblemReason.Invalid.name(), one.sentence()))
                  .toList());
    };
  }

  private static List<ChatMessage> messages(ObjectNode sent) {
    var messages = new ArrayList<ChatMessage>();
    for (var one : sent.path("messages")) {
      var role = ROLES.get(one.path("role").asText());
      if (role != null) {
        messages.add(new ChatMessage(role, one.path("content").asText()));
      }
    }
    if (messages.isEmpty()) {
      throw Refusal.fields(
          ProblemReason.Invalid,
          List.of(
              new Problem.Field(
                  "messages", ProblemReason.Invalid.name(), "messages holds no message.")));
    }
    return messages;
  }
}
