package dev.llmconfig.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a command sees of the process it runs in, so that a test can be one.
///
/// @param prompt asks a person without echo; absent where no person is there
record Shell(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    InstantSource clock,
    Optional<Function<String, char[]>> prompt) {

  static Shell ofProcess() {
    return new Shell(
        System.in,
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        System.getenv(),
        InstantSource.system(),
        Optional.ofNullable(System.console()).filter(Console::isTerminal).map(Shell::prompt));
  }

  /// Not `System.out`, which keeps it to itself when nothing could be written.
  private static PrintWriter writer(FileDescriptor stream) {
    var out = new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8);
    return new PrintWriter(out, true);
  }

  /// End of input at the prompt is an empty answer.
  private static Function<String, char[]> prompt(Console console) {
    return question -> {
      char[] answer = console.readPassword("%s", question);
      return answer == null ? new char[0] : answer;
    };
  }

  /// A key that was printed to a full disk or a closed pipe is a key that nobody has.
  boolean written() {
    if (out.checkError()) {
      err.println("Standard output could not be written; make room for it, and run this again.");
      return false;
    }
    return true;
  }

  void warn(String sentence) {
    err.println("Warning: " + sentence);
  }
}
