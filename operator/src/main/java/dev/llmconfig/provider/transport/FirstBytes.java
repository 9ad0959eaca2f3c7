package dev.llmconfig.provider.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;
import java.nio.charset.StandardCharsets;

/// Sees whether an answer began like HTTP. When a connection ends before there was a whole head,
/// nothing else tells a server that broke from something that is no HTTP server.
final class FirstBytes extends ChannelInboundHandlerAdapter {

  private static final String HTTP = "HTTP/";

  private final StringBuilder seen = new StringBuilder();

  /// Vert.x has no public way to its pipeline, and without it every ending would look alike.
  void watch(HttpConnection connection) {
    if (connection instanceof HttpClientConnection inside) {
      ChannelPipeline pipeline = inside.channelHandlerContext().pipeline();
      ChannelHandlerContext codec = pipeline.context(HttpClientCodec.class);
      if (codec != null) {
        pipeline.addBefore(codec.name(), null, this);
      }
    }
  }

  boolean none() {
    return seen.isEmpty();
  }

  boolean likeHttp() {
    return HTTP.startsWith(seen.toString());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes && seen.length() < HTTP.length()) {
      int count = Math.min(HTTP.length() - seen.length(), bytes.readableBytes());
      seen.append(bytes.toString(bytes.readerIndex(), count, StandardCharsets.ISO_8859_1));
    }
    context.fireChannelRead(message);
  }
}
