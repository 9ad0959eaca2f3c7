package dev.llmconfig.provider.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// The fake provider as a process: prints one line of JSON with its ports, and serves until it is
/// ended. An argument is the port of the healthy server; 0, which is the default, takes a free one.
public final class FakeProviderMain {

  private FakeProviderMain() {}

  public static void main(String[] args) throws InterruptedException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
    ObjectNode ports = GoodAnswers.JSON.createObjectNode();
    FakeProvider fake = FakeProvider.start(port, Duration.ofSeconds(15));
    FakeProvider other = FakeProvider.start();
    fake.redirectTo(other.url(""));
    ports.put("http", fake.port()).put("redirectsTo", other.port());
    for (TlsFiles certificate : TlsFiles.values()) {
      ports.put("tls" + certificate, FakeProvider.startTls(0, certificate).port());
    }
    ports.put("silent", BrokenServer.silent(0).port());
    ports.put("closing", BrokenServer.closing(0).port());
    ports.put("garbage", BrokenServer.answering(0, Buffer.buffer("220 mail ready\r\n")).port());
    System.out.println(ports);
    new CountDownLatch(1).await();
  }
}
