package dev.llmconfig.testing;

import java.util.List;

/// The programs that only some tests need: `make test` builds them while other tests run, so these
/// tests wait for them, once.
public final class LatePrograms {

  private static boolean there;

  private LatePrograms() {}

  public static synchronized void await() {
    if (!there) {
      Command.cluster(Checkout.state(), "build", "--with-examples").orFail();
      there = true;
    }
  }

  /// Where one of them is, when it is there.
  public static String find(String program) {
    await();
    var script = "eval \"$(\"$0\" --path)\"; command -v \"$1\"";
    var env = Checkout.root().resolve("cluster/env").toString();
    return Command.run(List.of("bash", "-euc", script, env, program)).orFail().output().strip();
  }
}
