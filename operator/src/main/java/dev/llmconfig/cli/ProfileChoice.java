package dev.llmconfig.cli;

import dev.llmconfig.agent.Profile;
import dev.llmconfig.agent.ProfileFile;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.domain.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which profiles there are for a command: the built-in ones, and those of files that are to become
/// ConfigMaps.
final class ProfileChoice {

  @Option(
      names = "--profile-file",
      paramLabel = "FILE",
      description =
          "A profile of your own, such as acme.yaml, over the built-in ones; may be given several"
              + " times.")
  private @Nullable List<String> files;

  /// All of them, or a refusal that names each problem with its file and line.
  Profiles profiles() {
    Profiles builtIn = Profiles.builtIn();
    if (files == null) {
      return builtIn;
    }
    Profiles.Layered layered = builtIn.with(files.stream().map(ProfileChoice::read).toList());
    List<Problem> problems =
        layered.refused().stream().flatMap(refused -> refused.problems().stream()).toList();
    if (!problems.isEmpty()) {
      throw Refusal.negative(
          problems.stream()
              .map(problem -> problem.field() + ": " + problem.sentence())
              .collect(Collectors.joining(System.lineSeparator())));
    }
    return layered.profiles();
  }

  static Profile find(Profiles profiles, String name) {
    return profiles.find(name).orElseThrow(() -> unknown(profiles, name));
  }

  private static Refusal unknown(Profiles profiles, String name) {
    List<String> near = profiles.closest(name);
    String meant = near.isEmpty() ? "" : " (is %s meant?)".formatted(String.join(" or ", near));
    return Refusal.usage(
        "There is no profile of that name%s; `llmconfig profiles` lists them.".formatted(meant));
  }

  private static ProfileFile read(String file) {
    try {
      Path path = Path.of(file);
      return new ProfileFile("", String.valueOf(path.getFileName()), Files.readString(path));
    } catch (IOException | InvalidPathException unreadable) {
      throw Refusal.usage("The file of --profile-file cannot be read; correct the path.");
    }
  }
}
