package dev.llmconfig.cli;

import dev.llmconfig.api.EmptyListReason;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.VerdictReason.Weight;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.ListReading;
import dev.llmconfig.catalogue.ListedFacts;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.KeyCheck;
import dev.llmconfig.provider.Models;
import dev.llmconfig.provider.Target;
import dev.llmconfig.provider.transport.ExtraTrust;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `llmconfig models`.
@Command(
    name = "models",
    description =
        "Lists the models of a provider with what is known about them: limits, prices, retirement,"
            + " capabilities, and who says so as of when.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without a key and an endpoint it prints the catalogue, and asks nobody. With one of them it",
      "prints the provider's own list; what that does not say comes from the catalogue.",
      "Exit codes: 0 listed, 1 the provider refused, 2 wrong usage, or the provider could not be asked."
    })
final class ModelsCommand implements Callable<Integer> {

  private static final int UNKNOWN = 2;

  private final Shell shell;

  @Option(
      names = "--provider",
      required = true,
      paramLabel = "PROVIDER",
      description = "Whose models, such as OpenAI.")
  private String provider = "";

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Where to ask for the list, when that is not the provider's default endpoint.")
  private @Nullable String endpoint;

  @Option(
      names = "--key-stdin",
      description = "Reads the provider's key from standard input, and asks for the list with it.")
  private boolean keyFromStdin;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "File with the provider's key, to ask for the list with.")
  private @Nullable String keyFile;

  @Option(
      names = "--allow-insecure-endpoint",
      description = "Allows plain http, and private and loopback addresses.")
  private boolean insecureAllowed;

  @Option(
      names = "--retiring",
      description = "Only models that retire within 90 days, or should have retired already.")
  private boolean retiring;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "How to print them (default: table).")
  private String output = "table";

  private final List<String> problems = new ArrayList<>();

  ModelsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    var chosen = Choices.read("--provider", Provider.class, provider, problems::add);
    var place = chosen.filter(this::live).flatMap(this::endpoint);
    if (!output.equals("table") && !output.equals("json")) {
      problems.add("--output must be one of table, json.");
    }
    if (keyFromStdin && keyFile != null) {
      problems.add("Give the key once: --key-stdin or --key-file.");
    }
    if (!problems.isEmpty()) {
      throw Refusal.usage(problems);
    }
    var known = chosen.orElseThrow();
    return place.isPresent() ? list(target(known, place.get())) : catalogue(known);
  }

  /// Whether the provider is asked. Echo answers inside this process.
  private boolean live(Provider chosen) {
    return endpoint != null || keyFromStdin || keyFile != null || chosen == Provider.Echo;
  }

  private Optional<Endpoint> endpoint(Provider chosen) {
    var text = Optional.ofNullable(endpoint).or(chosen::defaultEndpoint);
    if (text.isEmpty()) {
      problems.add("--endpoint is needed, because %s has no default endpoint.".formatted(chosen));
      return Optional.empty();
    }
    return switch (Endpoint.parse(text.get())) {
      case Validated.Valid<Endpoint>(Endpoint parsed) -> Optional.of(parsed);
      case Validated.Invalid<Endpoint>(List<Problem> wrong) -> {
        wrong.forEach(problem -> problems.add("--" + problem.sentence()));
        yield Optional.empty();
      }
    };
  }

  private Target target(Provider chosen, Endpoint place) {
    return new Target(chosen, place, insecureAllowed, List.of(), ExtraTrust.NONE, Optional.empty());
  }

  private int catalogue(Provider chosen) {
    print(ModelListing.ofCatalogue(Catalogue.packed(), chosen, today()));
    return 0;
  }

  private int list(Target target) throws InterruptedException {
    var check = ask(target);
    if (check.models() instanceof Models.Empty(var reason)
        && reason == EmptyListReason.NoListEndpoint
        && check.finding().reason().weight() == Weight.Accepted) {
      shell.warn(
          "%s does not list what this key can call; these are the models of the catalogue."
              .formatted(target.provider()));
      return catalogue(target.provider());
    }
    var names = target.names(Optional.empty(), Optional.empty());
    return switch (models(check)) {
      case Models.NotRead(var reason) -> {
        String sentence = reason.sentence(names) + " " + reason.nextStep(names);
        listed(target, new ListReading.Failed(reason, sentence, new TreeMap<>()));
        yield refused(reason);
      }
      case Models.Listed(var models, _) -> {
        listed(target, new ListReading.Listed(ListedFacts.of(models, today())));
        yield 0;
      }
      case Models.Empty(var reason) -> {
        listed(target, new ListReading.Nothing(reason));
        yield 0;
      }
    };
  }

  /// Where the key was not accepted, that is all there is to tell.
  private static Models models(KeyCheck check) {
    var verdict = check.finding().reason();
    return verdict.weight() == Weight.Accepted ? check.models() : new Models.NotRead(verdict);
  }

  private void listed(Target target, ListReading reading) {
    print(ModelListing.ofList(Catalogue.packed(), target.provider(), reading, today()));
  }

  private KeyCheck ask(Target target) throws InterruptedException {
    try (var connection = ProviderConnection.open(shell)) {
      if (!keyFromStdin && keyFile == null) {
        return connection.prober().key(target, Optional.empty());
      }
      try (var key = KeyInput.read(shell, keyFile)) {
        return connection.prober().key(target, Optional.of(key));
      }
    }
  }

  private static int refused(VerdictReason reason) {
    return switch (reason.weight()) {
      case Refused, FirstContact -> Refusal.NEGATIVE;
      case Accepted, Transient, ByProbe -> UNKNOWN;
    };
  }

  private LocalDate today() {
    return LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC);
  }

  private void print(ModelListing all) {
    var listing = retiring ? all.onlyRetiring() : all;
    if (output.equals("json")) {
      shell.out().print(ModelJson.of(listing));
    } else {
      shell.out().print(ModelTable.of(listing));
      listing.empty().ifPresent(why -> shell.err().println(why.sentence()));
    }
    shell.out().flush();
  }
}
