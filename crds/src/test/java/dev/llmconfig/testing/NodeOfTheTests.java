package dev.llmconfig.testing;

import java.nio.file.Path;

/// The real node beside the control plane that all tests share, for as long as a test needs it.
public final class NodeOfTheTests implements AutoCloseable {

  private final boolean ours;

  private NodeOfTheTests(boolean ours) {
    this.ours = ours;
  }

  /// Whoever has started it already keeps it.
  public static NodeOfTheTests up() {
    var said = Command.cluster(Checkout.state(), "up", "--with-node").orFail().output();
    return new NodeOfTheTests(!said.contains("is up already"));
  }

  /// Brings an image to it, which there is no registry for.
  public void load(Path image) {
    Command.cluster(Checkout.state(), "load", image.toString()).orFail();
  }

  @Override
  public void close() {
    if (ours) {
      Command.cluster(Checkout.state(), "down", "--node").orFail();
    }
  }
}
