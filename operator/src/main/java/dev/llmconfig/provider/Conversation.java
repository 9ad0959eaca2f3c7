package dev.llmconfig.provider;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.provider.transport.Deadline;
import dev.llmconfig.provider.transport.Reply;
import dev.llmconfig.provider.transport.Request;
import dev.llmconfig.provider.transport.Transport;
import dev.llmconfig.provider.transport.TransportFailure;
import java.time.Instant;
import java.util.Optional;

/// The calls of one probe: they share a deadline, and one repetition among them.
final class Conversation {

  private final Transport transport;
  private final Hearing hearing;
  private final Deadline deadline;
  private boolean repeated;

  Conversation(
      Transport transport,
      Target target,
      Optional<SecretBytes> key,
      Deadline deadline,
      Instant now) {
    this.transport = transport;
    this.hearing = Hearing.of(target, key, now);
    this.deadline = deadline;
  }

  Target target() {
    return hearing.target();
  }

  WireDialect dialect() {
    return hearing.dialect();
  }

  boolean keyed() {
    return hearing.key().isPresent();
  }

  /// The same questions without the key, within the same time.
  Conversation withoutKey() {
    return new Conversation(transport, hearing.target(), Optional.empty(), deadline, hearing.now());
  }

  Heard ask(Call call) throws InterruptedException {
    Request request = hearing.request(call, "gzip", call.purpose().largestBody());
    try {
      return hearing.heard(call, send(request));
    } catch (TransportFailure failed) {
      return Hearing.broken(failed, call.purpose().probe());
    }
  }

  /// Proves that somebody answers there, and nothing more.
  Finding connect() throws InterruptedException {
    try {
      transport.connect(hearing.target().destination(), deadline);
      return Finding.of(VerdictReason.KeyNotChecked, Probe.ListModels);
    } catch (TransportFailure failed) {
      return Hearing.broken(failed, Probe.ListModels).finding();
    }
  }

  Optional<ListedModel> harmless(ListedModel model) {
    return HarmlessText.model(model, hearing.echoes());
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
}
