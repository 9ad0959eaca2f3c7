package dev.llmconfig.cli;

import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `llmconfig models`.
@Command(
    name = "models",
    description =
        "Lists the models of a provider with what is known about them: limits, prices, retirement,"
            + " capabilities, and who says so as of when.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {

  private final Shell shell;

  @Option(
      names = "--provider",
      required = true,
      paramLabel = "PROVIDER",
      description = "Whose models, such as OpenAI.")
  private String provider = "";

  @Option(
      names = "--retiring",
      description = "Only models that retire within 90 days, or should have retired already.")
  private boolean retiring;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "How to print them (default: table).")
  private String output = "table";

  ModelsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    var problems = new ArrayList<String>();
    var chosen = Choices.read("--provider", Provider.class, provider, problems::add);
    if (!output.equals("table") && !output.equals("json")) {
      problems.add("--output must be one of table, json.");
    }
    if (!problems.isEmpty()) {
      throw Refusal.usage(problems);
    }
    var catalogue = Catalogue.packed();
    var listing = ModelListing.ofCatalogue(catalogue, chosen.orElseThrow(), today());
    print(retiring ? listing.onlyRetiring() : listing);
    return 0;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC);
  }

  private void print(ModelListing listing) {
    if (output.equals("json")) {
      shell.out().print(ModelJson.of(listing));
    } else {
      shell.out().print(ModelTable.of(listing));
      listing.empty().ifPresent(shell.err()::println);
    }
    shell.out().flush();
  }
}
