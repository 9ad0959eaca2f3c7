package dev.llmconfig.gateway;

import dev.llmconfig.api.Dialect;
import dev.llmconfig.domain.EffectiveParameters;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import dev.llmconfig.provider.Chats;
import dev.llmconfig.provider.transport.HangUp;
import dev.llmconfig.provider.transport.Patience;
import dev.llmconfig.provider.transport.Streaming;
import java.time.InstantSource;
import java.util.TreeMap;

/// Talks to models. What to use is decided before; who may is somebody else's question.
public final class Chat {

  private final Chats chats;
  private final Patience patience;
  private final MonotonicClock clock;
  private final FirstWords firstWords = new FirstWords();

  /// Both clocks are passed in.
  ///
  /// @param calendar for waits that are told as a date
  public Chat(Streaming network, Patience patience, InstantSource calendar, MonotonicClock clock) {
    this.chats = new Chats(network, calendar);
    this.patience = patience;
    this.clock = clock;
  }

  public FirstWords firstWords() {
    return firstWords;
  }

  /// Returns at once; the first event that is asked for sends.
  public ChatStream start(ChatTarget target, ChatRequest request) {
    HangUp hangUp = new HangUp();
    PieceSource source =
        target.place().provider().dialect() == Dialect.Echo
            ? new EchoPieces(target.model().id(), request, hangUp)
            : new ProviderPieces(chats, target, request, patience, hangUp);
    ChatEvent.Start start =
        new ChatEvent.Start(target.model().id(), sent(target), target.parameters().outcomes());
    return new ChatStream(target, start, source, hangUp, clock, firstWords);
  }

  /// The time limit is ours and goes nowhere. The limit that Anthropic insists on goes there, also
  /// where nobody asked for one.
  private static Parameters sent(ChatTarget target) {
    EffectiveParameters effective = target.parameters();
    var values = new TreeMap<>(effective.values().values());
    values.remove(Parameter.TimeoutSeconds);
    long limit = effective.wire().path("max_tokens").asLong();
    if (target.format() == RequestFormat.Messages && limit > 0) {
      values.put(Parameter.MaxOutputTokens, new ParameterValue.Whole(limit));
    }
    return new Parameters(values);
  }
}
