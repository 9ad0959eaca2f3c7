package dev.llmconfig.cli;

import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.Target;
import dev.llmconfig.provider.transport.ExtraTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which provider is asked, and where. All problems are gathered; none repeats
/// a value, because a key can be pasted into the wrong option.
final class ProbeOptions {

  @Option(
      names = "--provider",
      paramLabel = "PROVIDER",
      description = "Needed: the provider, such as OpenAI.")
  private @Nullable String provider;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Where it is reached, when that is not its default endpoint.")
  private @Nullable String endpoint;

  @Option(
      names = "--allow-insecure-endpoint",
      description = "Agrees to http, loopback and private addresses.")
  private boolean allowInsecure;

  @Option(
      names = "--azure-api-version",
      paramLabel = "VERSION",
      description =
          "Uses the paths of AzureOpenAI that carry this version, such as 2024-10-21; without it the"
              + " /openai/v1 paths.")
  private @Nullable String azureApiVersion;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Certificates in PEM that are trusted besides those of this machine.")
  private @Nullable String caFile;

  private final Set<String> problems = new LinkedHashSet<>();

  void problem(String sentence) {
    problems.add(sentence);
  }

  /// Also refuses what others found to be wrong before.
  Target target() {
    Optional<Provider> known = known();
    Optional<Endpoint> place = known.flatMap(this::place);
    ExtraTrust trust = trust();
    if (azureApiVersion != null && known.filter(p -> p != Provider.AzureOpenAI).isPresent()) {
      problems.add("--azure-api-version is for --provider AzureOpenAI only.");
    }
    if (!problems.isEmpty()) {
      throw Refusal.usage(List.copyOf(problems));
    }
    return new Target(
        known.orElseThrow(),
        place.orElseThrow(),
        allowInsecure,
        List.of(),
        trust,
        Optional.ofNullable(azureApiVersion));
  }

  private Optional<Provider> known() {
    if (provider == null) {
      problems.add("--provider is needed.");
      return Optional.empty();
    }
    return Choices.read("--provider", Provider.class, provider, problems::add);
  }

  private Optional<Endpoint> place(Provider known) {
    Optional<String> url = Optional.ofNullable(endpoint).or(known::defaultEndpoint);
    if (url.isEmpty()) {
      problems.add("--endpoint is needed, because %s has no default endpoint.".formatted(known));
      return Optional.empty();
    }
    return switch (Endpoint.parse(url.get())) {
      case Validated.Valid<Endpoint>(Endpoint parsed) -> Optional.of(parsed);
      case Validated.Invalid<Endpoint>(List<Problem> wrong) -> {
        wrong.forEach(one -> problems.add("--" + one.sentence()));
        yield Optional.empty();
      }
    };
  }

  private ExtraTrust trust() {
    if (caFile == null) {
      return ExtraTrust.NONE;
    }
    try {
      return ExtraTrust.parse(Files.readAllBytes(Path.of(caFile)));
    } catch (IOException unreadable) {
      problems.add("The file of --ca-file cannot be read; correct the path.");
    } catch (IllegalArgumentException noPem) {
      problems.add("The file of --ca-file holds no certificate in PEM; name another one.");
    }
    return ExtraTrust.NONE;
  }
}
