package dev.llmconfig.provider.transport;

import dev.llmconfig.api.VerdictReason;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What a broken connection means (providers.md 2.5), told from the classes of the exceptions.
final class Diagnosis {

  private Diagnosis() {}

  /// Before a request could be sent.
  static TransportFailure connecting(Throwable cause) {
    boolean tls = in(cause, SSLException.class) && !cutShort(cause);
    return TransportFailure.of(
        tls ? VerdictReason.TLSFailed : VerdictReason.EndpointUnreachable, root(cause));
  }

  /// After it was sent, and before the head of an answer was there.
  static TransportFailure beforeTheHead(Throwable cause, boolean nothingCame, boolean likeHttp) {
    if (in(cause, SSLException.class) && !cutShort(cause)) {
      return TransportFailure.of(VerdictReason.TLSFailed, root(cause));
    }
    if (closed(cause) && nothingCame) {
      return TransportFailure.beforeTheFirstByte(root(cause));
    }
    return closed(cause) && likeHttp
        ? TransportFailure.of(VerdictReason.ProviderUnavailable, root(cause))
        : TransportFailure.of(VerdictReason.NotAnLLMEndpoint, root(cause));
  }

  static TransportFailure afterTheHead(Throwable cause) {
    return TransportFailure.of(
        closed(cause) ? VerdictReason.ProviderUnavailable : VerdictReason.NotAnLLMEndpoint,
        root(cause));
  }

  /// Everything else comes from the decoder: no HTTP, or too much of it.
  private static boolean closed(Throwable cause) {
    return in(cause, IOException.class) || in(cause, VertxException.class);
  }

  /// A handshake that ended with the connection, or with the time, says nothing about TLS: a load
  /// balancer that restarts looks the same.
  private static boolean cutShort(Throwable cause) {
    return in(cause, ClosedChannelException.class)
        || in(cause, SslHandshakeTimeoutException.class)
        || in(cause, java.net.SocketException.class);
  }

  private static boolean in(Throwable thrown, Class<? extends Throwable> kind) {
    for (Throwable t = thrown; t != null; t = next(t)) {
      if (kind.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable thrown) {
    Throwable t = thrown;
    for (Throwable next = next(t); next != null; next = next(t)) {
      t = next;
    }
    return t;
  }

  private static @Nullable Throwable next(Throwable t) {
    return t.getCause() == t ? null : t.getCause();
  }
}
