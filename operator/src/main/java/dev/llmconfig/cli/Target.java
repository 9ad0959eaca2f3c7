package dev.llmconfig.cli;

import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Validated;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name the object a key is made for, and where the key may be sent from it. All
/// problems are gathered; none repeats a value, because a key can be pasted into the wrong option.
final class Target {

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  @Option(
      names = "--namespace",
      paramLabel = "NAMESPACE",
      description = "Namespace of the ApiKeyConfig.")
  private @Nullable String namespace;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the ApiKeyConfig.")
  private @Nullable String name;

  @Option(
      names = "--provider",
      paramLabel = "PROVIDER",
      description =
          "Provider of the key, such as OpenAI; without --endpoint the key goes to its default"
              + " endpoint.")
  private @Nullable String provider;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Where the key goes, when that is not the provider's default endpoint.")
  private @Nullable String endpoint;

  private final Set<String> problems = new LinkedHashSet<>();

  Optional<String> namespace() {
    return matching(
        "--namespace",
        namespace,
        NAMESPACE,
        "lower-case letters, digits and '-', at most 63 characters");
  }

  Optional<String> name() {
    return matching(
        "--name", name, NAME, "lower-case letters, digits, '-' and '.', at most 63 characters");
  }

  Optional<Provider> provider() {
    return provider == null
        ? Optional.empty()
        : Choices.read("--provider", Provider.class, provider, problems::add);
  }

  /// The endpoint as given.
  Optional<Endpoint> endpoint() {
    return endpoint == null ? Optional.empty() : parsed(endpoint);
  }

  /// Where the key goes: the given endpoint, or else the provider's own.
  Optional<Endpoint> destination() {
    return endpoint == null
        ? provider().flatMap(Provider::defaultEndpoint).flatMap(this::parsed)
        : endpoint();
  }

  /// Whether any place was named at all.
  boolean given() {
    return namespace != null || name != null || provider != null || endpoint != null;
  }

  void problem(String sentence) {
    problems.add(sentence);
  }

  void needNamespace() {
    need(namespace, "--namespace");
  }

  void needName() {
    need(name, "--name");
  }

  void needDestination() {
    if (provider == null && endpoint == null) {
      problems.add("Say where the key may be sent: give --provider, --endpoint, or both.");
    }
    needEndpointWithoutDefault();
  }

  void needProvider() {
    if (provider == null) {
      problems.add("--provider is needed with --yaml, because every ApiKeyConfig has one.");
    }
    needEndpointWithoutDefault();
  }

  private void needEndpointWithoutDefault() {
    provider()
        .filter(known -> endpoint == null && known.defaultEndpoint().isEmpty())
        .ifPresent(known ->
            problems.add(
                "--endpoint is needed, because %s has no default endpoint.".formatted(known)));
  }

  /// To be called when all that is needed was asked for.
  void refuseProblems() {
    namespace();
    name();
    provider();
    endpoint();
    if (!problems.isEmpty()) {
      throw Refusal.usage(List.copyOf(problems));
    }
  }

  private void need(@Nullable String value, String option) {
    if (value == null) {
      problems.add(option + " is needed.");
    }
  }

  private Optional<String> matching(
      String option, @Nullable String value, Pattern form, String words) {
    if (value != null && !form.matcher(value).matches()) {
      problems.add(option + " must be a Kubernetes name: " + words + ".");
    }
    return Optional.ofNullable(value);
  }

  private Optional<Endpoint> parsed(String text) {
    return switch (Endpoint.parse(text)) {
      case Validated.Valid<Endpoint>(Endpoint parsed) -> Optional.of(parsed);
      case Validated.Invalid<Endpoint>(List<Problem> wrong) -> {
        wrong.forEach(problem -> problems.add("--" + problem.sentence()));
        yield Optional.empty();
      }
    };
  }
}
