package dev.llmconfig.testing;

import java.nio.file.Path;

/// Outages of the API server. Whatever a test does to it is undone when the test ends.
public final class ApiServer {
  private final Path state;
  private boolean touched;

  ApiServer(Path state) {
    this.state = state;
  }

  /// Connections stay open and nothing answers any more.
  public void freeze() {
    run("stop");
  }

  public void resume() {
    run("cont");
  }

  public void kill() {
    run("kill");
  }

  /// Returns when it is ready, on the same address as before.
  public void start() {
    run("start");
  }

  public void restart() {
    run("restart");
  }

  void restore() {
    if (touched) {
      Command.cluster(state, "apiserver", "cont"); // refused when it was killed, which is no matter
      Command.cluster(state, "apiserver", "start").orFail();
      touched = false;
    }
  }

  private void run(String action) {
    touched = true;
    Command.cluster(state, "apiserver", action).orFail();
  }
}
