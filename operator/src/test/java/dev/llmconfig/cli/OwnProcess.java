package dev.llmconfig.cli;

import java.nio.file.Path;
import java.util.List;

/// `llmconfig` as a process of its own, from the classes of this build.
final class OwnProcess {

  private OwnProcess() {}

  /// What is typed before the words for the program.
  static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }
}
