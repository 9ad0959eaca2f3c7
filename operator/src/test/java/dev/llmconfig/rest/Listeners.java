package dev.llmconfig.rest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// Event streams that are all read by one thread into one buffer, so that what they take in memory
/// is the server's.
final class Listeners implements AutoCloseable {

  private final List<SocketChannel> channels = new ArrayList<>();
  private final Set<Object> told = new HashSet<>();
  private final Selector selector = Selector.open();
  private final Thread thread;
  private volatile boolean over;

  /// Comes back when all of them were greeted.
  ///
  /// @param who the token of each
  Listeners(InetSocketAddress address, int number, IntFunction<String> who) throws IOException {
    var buffer = ByteBuffer.allocate(64 * 1024);
    for (var at = 0; at < number; at++) {
      var channel = SocketChannel.open(address);
      channels.add(channel);
      channel.write(
          StandardCharsets.US_ASCII.encode(
              "GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                  .formatted(who.apply(at))));
      var heard = new StringBuilder();
      while (heard.indexOf("event: hello") < 0) {
        buffer.clear();
        if (channel.read(buffer) < 0) {
          throw new IOException(heard.toString());
        }
        heard.append(StandardCharsets.UTF_8.decode(buffer.flip()));
      }
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    }
    thread = Thread.ofPlatform().start(() -> read(buffer));
  }

  /// Ends the measuring if somebody was told nothing, or was sent away.
  void heard() throws IOException {
    end();
    if (told.size() < channels.size()) {
      throw new IOException(
          "only %d of %d streams have heard anything".formatted(told.size(), channels.size()));
    }
  }

  private void read(ByteBuffer buffer) {
    try {
      while (!over) {
        selector.select(
            key -> {
              buffer.clear();
              try {
                if (((SocketChannel) key.channel()).read(buffer) < 0) {
                  throw new IllegalStateException("a stream has ended");
                }
                told.add(key.channel());
              } catch (IOException failed) {
                throw new IllegalStateException(failed);
              }
            },
            100);
      }
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void end() {
    over = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    end();
    for (var channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
