package dev.llmconfig.gateway;

/// Where the pieces of an answer come from. Asks only when it is asked, and ends with a piece
/// `Ended` or a finding.
interface PieceSource extends AutoCloseable {

  Batch next() throws InterruptedException;

  /// May be called more than once.
  @Override
  void close();
}
