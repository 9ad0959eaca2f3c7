package dev.llmconfig.provider;

import dev.llmconfig.api.Probe;

/// What a call is for. It decides how much of the answer is read, and which rules apply.
enum Purpose {
  /// Tells about the key itself.
  Key(Probe.ListModels, 256 * 1024),
  List(Probe.ListModels, 8 * 1024 * 1024),
  /// Asks for one model by its id.
  Model(Probe.ListModels, 256 * 1024),
  /// Counts tokens: proves key and model, not the credit.
  Tokens(Probe.ListModels, 256 * 1024),
  Completion(Probe.Completion, 256 * 1024);

  private final Probe probe;
  private final int largestBody;

  Purpose(Probe probe, int largestBody) {
    this.probe = probe;
    this.largestBody = largestBody;
  }

  Probe probe() {
    return probe;
  }

  int largestBody() {
    return largestBody;
  }

  boolean namesModel() {
    return this == Model || this == Tokens || this == Completion;
  }
}
