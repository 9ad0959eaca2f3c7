package dev.llmconfig.provider.transport;

/// Sends a request and waits for the whole answer. Called from virtual threads.
public interface Transport {

  Reply send(Request request, Deadline deadline) throws TransportFailure, InterruptedException;

  /// Connects, finishes TLS, and sends nothing.
  void connect(Destination destination, Deadline deadline)
      throws TransportFailure, InterruptedException;
}
