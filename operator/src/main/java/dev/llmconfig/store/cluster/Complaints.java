package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.Outcome.Owned;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.util.List;
import java.util.regex.Pattern;

/// What the API server says is wrong, without the values that it repeats: a key may have been
/// pasted in the wrong field.
final class Complaints {

  private static final Pattern MANAGER = Pattern.compile("conflict with \"([^\"]*)\"");
  private static final Pattern VALUE =
      Pattern.compile(
          "^(?:Invalid|Unsupported|Duplicate) value: (?:\"(?:[^\"\\\\]|\\\\.)*\"|[^:]*)(?:: )?");

  private Complaints() {}

  static List<Flaw> of(JsonNode status) {
    var flaws =
        status
            .path("details")
            .path("causes")
            .valueStream()
            .map(cause -> Flaw.invalid(field(cause), sentence(cause)))
            .distinct()
            .toList();
    return flaws.isEmpty()
        ? List.of(
            Flaw.invalid(
                "spec", "The API server does not take this object; compare it with the reference."))
        : flaws;
  }

  /// Three things have the same status.
  static Why conflict(JsonNode status) {
    var owned =
        status
            .path("details")
            .path("causes")
            .valueStream()
            .filter(cause -> cause.path("reason").asText().equals("FieldManagerConflict"))
            .map(cause -> new Owned(field(cause), manager(cause)))
            .toList();
    if (!owned.isEmpty()) {
      return new Why.Fields(owned);
    }
    if (status.path("reason").asText().equals("AlreadyExists")) {
      return new Why.AlreadyThere();
    }
    return status.path("message").asText().contains("uid")
        ? new Why.Replaced()
        : new Why.Modified();
  }

  /// Then nobody may make anything there, whatever their rights are.
  static boolean namespaceIsGoing(JsonNode status) {
    return status
        .path("details")
        .path("causes")
        .valueStream()
        .anyMatch(cause -> cause.path("reason").asText().equals("NamespaceTerminating"));
  }

  private static String field(JsonNode cause) {
    var field = cause.path("field").asText().replaceFirst("^[.]", "");
    return field.isEmpty() || field.equals("<nil>") ? "spec" : field;
  }

  private static String manager(JsonNode cause) {
    var found = MANAGER.matcher(cause.path("message").asText());
    return found.find() ? found.group(1) : "somebody";
  }

  private static String sentence(JsonNode cause) {
    var said = VALUE.matcher(cause.path("message").asText()).replaceFirst("").strip();
    if (cause.path("reason").asText().equals("FieldValueDuplicate")) {
      return "%s has an entry twice.".formatted(field(cause));
    }
    var whole = said.isEmpty() ? "%s is not valid".formatted(field(cause)) : said;
    return whole.endsWith(".") ? whole : whole + ".";
  }
}
