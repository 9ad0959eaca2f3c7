package dev.llmconfig.provider;

import dev.llmconfig.provider.transport.Deadline;
import dev.llmconfig.provider.transport.Destination;
import dev.llmconfig.provider.transport.Reply;
import dev.llmconfig.provider.transport.Request;
import dev.llmconfig.provider.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A transport without a network, which remembers what went through it.
final class Scripted implements Transport {

  private final Function<Request, Reply> script;
  private final List<Request> sent = new ArrayList<>();

  Scripted(Function<Request, Reply> script) {
    this.script = script;
  }

  static Reply json(int status, String body) {
    return new Reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), false);
  }

  List<Request> sent() {
    return sent;
  }

  @Override
  public Reply send(Request request, Deadline deadline) {
    sent.add(request);
    return script.apply(request);
  }

  @Override
  public void connect(Destination destination, Deadline deadline) {}
}
