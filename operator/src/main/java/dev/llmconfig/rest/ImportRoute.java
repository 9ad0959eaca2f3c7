package dev.llmconfig.rest;

import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.shape.ImportResult;
import dev.llmconfig.store.Imports.Imported;
import dev.llmconfig.store.Imports.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Takes in what somebody has written down, all of it or nothing.
final class ImportRoute {

  private static final String ENVIRONMENT = "text/plain";

  private final Parts parts;

  ImportRoute(Parts parts) {
    this.parts = parts;
  }

  static Sent.Text sent() {
    return new Sent.Text(List.of(Accepted.YAML, "application/x-yaml", "text/yaml", ENVIRONMENT));
  }

  static Parameter[] parameters() {
    return new Parameter[] {
      Parameter.text("namespace", "Where the keys of an .env file go."),
      Parameter.yes("dryRun", "Changes nothing and tells what would change."),
      Parameter.yes("force", "Takes over fields of others, which they were asked about.")
    };
  }

  Answer take(Asked asked) {
    var text = asked.sent().path(Sent.Text.CONTENT).asText();
    var known = new ArrayList<Wanted>();
    List<Wanted> wanted;
    if (asked.sent().path(Sent.Text.TYPE).asText().equals(ENVIRONMENT)) {
      wanted = new ArrayList<>(environment(asked, text));
      // Whoever has a key for the provider keeps it: a file that lies around is older than that.
      wanted.removeIf(one -> {
        var there = parts.mirror().read(view -> view.key(one.ref()).map(Stored::row).isPresent());
        return there && known.add(one);
      });
    } else {
      wanted = ImportedText.read(text);
    }
    wanted.stream()
        .map(one -> one.ref().namespace())
        .distinct()
        .forEach(namespace -> Watched.require(parts.mirror(), namespace));
    var manner = Wishes.manner(asked);
    return switch (parts.keys().imports().take(asked.signedIn(), wanted, manner)) {
      case Imported.Taken(var created, var changed, var unchanged) -> {
        known.addAll(unchanged);
        yield Answer.json(
            new ImportResult(
                manner.dryRun() ? true : null, items(created), items(changed), items(known)));
      }
      case Imported.Stopped stopped -> throw refusal(asked, stopped);
    };
  }

  private List<Wanted> environment(Asked asked, String text) {
    var namespace =
        asked
            .query()
            .one("namespace")
            .filter(Door::isNamespace)
            .orElseThrow(() ->
                Refusal.of(
                    ProblemReason.NamespaceRequired,
                    "The query must name the namespace for the keys of an .env file."));
    return new ImportedEnvironment(parts.keys().encryption(), namespace).read(text);
  }

  private Refusal refusal(Asked asked, Imported.Stopped stopped) {
    var why = NotDone.refusal(parts.access(), ProblemReason.NotFound, asked, stopped.why());
    var left =
        stopped.left().isEmpty()
            ? "Nothing was changed."
            : "What was done before could not be undone: %s."
                .formatted(
                    stopped.left().stream()
                        .map(Wanted::toString)
                        .collect(Collectors.joining(", ")));
    return why.of(stopped.where(), left);
  }

  private static List<ImportResult.Item> items(List<Wanted> wanted) {
    return wanted.stream()
        .map(one -> new ImportResult.Item(one.kind().name(), Told.id(one.ref())))
        .toList();
  }
}
