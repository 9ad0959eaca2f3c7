package dev.llmconfig.provider;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.provider.transport.Reply;
import dev.llmconfig.provider.transport.Request;
import dev.llmconfig.provider.transport.TransportFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Speaks to one provider with one key, and understands what it says: the request that a call
/// becomes, and the finding that any answer becomes.
record Hearing(
    Target target, Optional<SecretBytes> key, WireDialect dialect, Echoes echoes, Instant now) {

  static Hearing of(Target target, Optional<SecretBytes> key, Instant now) {
    return new Hearing(target, key, WireDialect.of(target.provider()), Echoes.of(key), now);
  }

  /// @param encoding what the answer may be packed in
  /// @param largest how much of a good answer is read
  Request request(Call call, String encoding, int largest) {
    return new Request(
        call.destination(),
        call.method(),
        call.target(),
        headers(call, encoding),
        call.body(),
        largest);
  }

  Heard heard(Call call, Reply reply) {
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

  static Heard broken(TransportFailure failed, Probe probe) {
    return new Heard(
        Finding.withDetail(failed.reason(), probe, Optional.of(failed.words())), Optional.empty());
  }

  private static Optional<String> detail(boolean tooLarge, VerdictReason reason, Answer answer) {
    if (tooLarge) {
      return Optional.of("more was sent than is read");
    }
    return reason == VerdictReason.NotAnLLMEndpoint && answer.json().isEmpty()
        ? Optional.of("the answer is not JSON")
        : Optional.empty();
  }

  private Map<String, String> headers(Call call, String encoding) {
    Map<String, String> headers = new HashMap<>();
    headers.put("accept", call.accept());
    headers.put("accept-encoding", encoding);
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

  /// The key is in it only as an id.
  @Override
  public String toString() {
    return "Hearing[" + target.host() + "]";
  }
}
