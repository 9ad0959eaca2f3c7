package dev.llmconfig.testing;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The processes behind the pods of the real node, as this machine sees them.
public final class PodProcesses {

  private PodProcesses() {}

  /// From outside, as the kernel does it when memory runs out.
  public static void kill(Pod pod) {
    kill("HOSTNAME=" + pod.getMetadata().getName() + "\0");
  }

  /// Only what was started with this word among its arguments, where a pod has several containers.
  public static void kill(Pod pod, String argument) {
    ProcessHandle.allProcesses()
        .filter(process ->
            told(process, "environ").contains("\0HOSTNAME=" + pod.getMetadata().getName() + "\0"))
        .filter(process -> told(process, "cmdline").contains("\0" + argument + "\0"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /// Those that have a variable which begins like this.
  static void kill(String variable) {
    ProcessHandle.allProcesses()
        .filter(process -> told(process, "environ").contains("\0" + variable))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static String told(ProcessHandle process, String file) {
    try {
      return "\0"
          + Files.readString(
              Path.of("/proc", Long.toString(process.pid()), file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return ""; // gone, or somebody else's
    }
  }
}
