package dev.llmconfig.provider;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.provider.transport.Deadline;
import dev.llmconfig.provider.transport.Reply;
import dev.llmconfig.provider.transport.Request;
import dev.llmconfig.provider.transport.Transport;
import dev.llmconfig.provider.transport.TransportFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The calls of one probe: they share a deadline, and one repetition among them.
final class Conversation {

  private final Transport transport;
  private final Target target;
  private final Optional<SecretBytes> key;
  private final WireDialect dialect;
  private final Deadline deadline;
  private final Instant now;
  private final Echoes echoes;
  private boolean repeated;

  Conversation(
      Transport transport,
      Target target,
      Optional<SecretBytes> key,
      Deadline deadline,
      Instant now) {
    this.transport = transport;
    this.target = target;
    this.key = key;
    this.dialect = WireDialect.of(target.provider());
    this.deadline = deadline;
    this.now = now;
    this.echoes = Echoes.of(key);
  }

  Target target() {
    return target;
  }

  WireDialect dialect() {
    return dialect;
  }

  boolean keyed() {
    return key.isPresent();
  }

  /// The same questions without the key, within the same time.
  Conversation withoutKey() {
    return new Conversation(transport, target, Optional.empty(), deadline, now);
  }

  Heard ask(Call call) throws InterruptedException {
    Request request =
        new Request(
            call.destination(),
            call.method(),
            call.target(),
            headers(call),
            call.body(),
            call.purpose().largestBody());
    try {
      return heard(call, send(request));
    } catch (TransportFailure failed) {
      return new Heard(broken(failed, call.purpose().probe()), Optional.empty());
    }
  }

  /// Proves that somebody answers there, and nothing more.
  Finding connect() throws InterruptedException {
    try {
      transport.connect(target.destination(), deadline);
      return Finding.of(VerdictReason.KeyNotChecked, Probe.ListModels);
    } catch (TransportFailure failed) {
      return broken(failed, Probe.ListModels);
    }
  }

  Optional<ListedModel> harmless(ListedModel model) {
    return HarmlessText.model(model, echoes);
  }

  private static Finding broken(TransportFailure failed, Probe probe) {
    return Finding.withDetail(failed.reason(), probe, Optional.of(failed.words()));
  }

  private Reply send(Request request) throws TransportFailure, InterruptedException {
    try {
      return transport.send(request, deadline);
    } catch (TransportFailure failed) {
      if (!failed.repeatable() || repeated) {
        throw failed;
      }
      repeated = true;
      return transport.send(request, deadline);
    }
  }

  private Heard heard(Call call, Reply reply) {
    Answer answer = Answer.of(target.provider(), call, reply);
    VerdictReason reason = Rules.judge(answer);
    boolean weather =
        reason == VerdictReason.ProviderUnavailable || reason == VerdictReason.RateLimited;
    // An endless page in a provider's bad minute is no reason to give the endpoint up.
    boolean tooLarge = reply.tooLarge() && !weather;
    Finding finding =
        new Finding(
            tooLarge ? VerdictReason.NotAnLLMEndpoint : reason,
            call.purpose().probe(),
            OptionalInt.of(reply.status()),
            HarmlessText.requestId(reply, answer.error(), echoes),
            HarmlessText.code(answer.error(), echoes),
            RetryAfter.of(reply, answer.error(), now),
            detail(tooLarge, reason, answer),
            answer.error().message().flatMap(Scrubber.of(key, echoes)::scrubbed));
    return new Heard(finding, Optional.of(answer));
  }

  private static Optional<String> detail(boolean tooLarge, VerdictReason reason, Answer answer) {
    if (tooLarge) {
      return Optional.of("more was sent than is read");
    }
    return reason == VerdictReason.NotAnLLMEndpoint && answer.json().isEmpty()
        ? Optional.of("the answer is not JSON")
        : Optional.empty();
  }

  private Map<String, String> headers(Call call) {
    Map<String, String> headers = new HashMap<>();
    headers.put("accept", "application/json");
    headers.put("accept-encoding", "gzip");
    headers.put("user-agent", "llm-config-operator");
    if (!call.body().isEmpty()) {
      headers.put("content-type", "application/json");
    }
    target.headers().forEach(header -> headers.put(header.name(), header.value()));
    headers.putAll(dialect.headers());
    key.ifPresent(secret ->
        headers.put(
            target.provider().keyHeader().header(),
            target.provider().keyHeader().scheme()
                + secret.use(bytes -> new String(bytes, StandardCharsets.US_ASCII))));
    return headers;
  }
}
