package dev.llmconfig.testing;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The processes behind the pods of the real node, as this machine sees them.
public final class PodProcesses {

  private PodProcesses() {}

  /// What each of them was started with: its arguments and its environment.
  public static List<String> beginnings(Pod pod) {
    return of(pod).map(process -> told(process, "cmdline") + told(process, "environ")).toList();
  }

  /// From outside, as the kernel does it when memory runs out.
  public static void kill(Pod pod) {
    kill(hostname(pod));
  }

  /// Only what was started with this word among its arguments, where a pod has several containers.
  public static void kill(Pod pod, String argument) {
    of(pod)
        .filter(process -> told(process, "cmdline").contains("\0" + argument + "\0"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /// Those that have a variable which begins like this.
  static void kill(String variable) {
    having(variable).forEach(ProcessHandle::destroyForcibly);
  }

  private static Stream<ProcessHandle> of(Pod pod) {
    return having(hostname(pod));
  }

  private static String hostname(Pod pod) {
    return "HOSTNAME=" + pod.getMetadata().getName() + "\0";
  }

  private static Stream<ProcessHandle> having(String variable) {
    return ProcessHandle.allProcesses()
        .filter(process -> told(process, "environ").contains("\0" + variable));
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
