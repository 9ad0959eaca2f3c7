package dev.llmconfig.mirror;

import java.util.function.Function;

/// The rows, for those who only read. One thread at a time, a platform thread; open as many readers
/// as there are threads.
public interface MirrorReader extends AutoCloseable {

  /// Answers a question from one consistent state.
  ///
  /// @throws MirrorUnavailable when there is nothing that can be trusted; try again later
  <T> T read(Function<MirrorView, T> question);

  /// Another number than before when anything was written since, heartbeats too. Cheap enough to be
  /// asked every 50 ms.
  ///
  /// @throws MirrorUnavailable as above
  long version();

  @Override
  void close();
}
