package dev.llmconfig.rest;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/// Asks the same again and again over one connection, at next to no cost of its own. What stands as
/// `{n}` in the path is another number each time.
final class Knocker implements AutoCloseable {

  private static final String LENGTH = "content-length: ";

  private final Socket socket;
  private final InputStream in;
  private final String request;
  private final int first = ThreadLocalRandom.current().nextInt(1 << 16);
  private int asked;

  /// @param header one more; empty for none
  Knocker(InetSocketAddress address, String path, String header) throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    request =
        "GET /api%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer root\r\n%s\r\n"
            .formatted(path, header.isEmpty() ? "" : header + "\r\n");
  }

  /// Until the whole answer is there. One that is no answer to the question ends the measuring.
  void ask() throws IOException {
    var number = Integer.toString(first + asked++);
    socket
        .getOutputStream()
        .write(request.replace("{n}", number).getBytes(StandardCharsets.US_ASCII));
    var status = line();
    if (!status.equals("HTTP/1.1 200 OK") && !status.equals("HTTP/1.1 304 Not Modified")) {
      throw new IOException(status);
    }
    var length = 0;
    for (var line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()));
      }
    }
    in.skipNBytes(length);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
