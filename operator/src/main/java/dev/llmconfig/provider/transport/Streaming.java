package dev.llmconfig.provider.transport;

/// Sends a request and hands a good answer over as it comes. Called from virtual threads.
@FunctionalInterface
public interface Streaming {

  /// Waits for the head only. A refusal is read to its end, within the same time.
  Received open(Request request, Patience patience, HangUp hangUp)
      throws TransportFailure, InterruptedException;
}
