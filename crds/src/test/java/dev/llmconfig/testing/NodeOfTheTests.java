package dev.llmconfig.testing;

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

  @Override
  public void close() {
    if (ours) {
      Command.cluster(Checkout.state(), "down", "--node").orFail();
    }
  }
}
