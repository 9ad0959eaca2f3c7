package dev.llmconfig.agent;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads one entry of `env`.
final class EntryReader {

  private EntryReader() {}

  /// Empty if it has a problem; all of them are noted.
  static Optional<EntryRule> read(Section entry) {
    Optional<String> name = entry.text("name").filter(text -> nameIsAllowed(entry, text));
    Optional<Source> from = entry.word("from", Source.class);
    Optional<String> value = entry.text("value");
    Optional<ValueFormat> format =
        entry.parsed(
            "format",
            "a text with one {value}, or millis, csv, json, lower or relative",
            text -> ValueFormat.parse(text).filter(_ -> Literals.problem(text).isEmpty()));
    Set<ProfileMode> modes =
        entry.words("modes", ProfileMode.class).orElse(EnumSet.allOf(ProfileMode.class));
    Set<Provider> providers = entry.words("providers", Provider.class).orElse(Set.of());
    Optional<TokenField> tokenField =
        entry.parsed("tokenField", "max_tokens or max_completion_tokens", EntryReader::tokenField);
    Optional<UrlStyle> urlStyle = entry.word("urlStyle", UrlStyle.class);
    Optional<Boolean> skipWhenUnset = entry.bool("skipWhenUnset");
    boolean onlyWithBaseUrl = entry.bool("onlyWithBaseUrl").orElse(false);
    entry.noUnknownFields();

    required(entry, "name");
    required(entry, "from");
    if (entry.has("modes") && modes.isEmpty()) {
      entry.problem("modes", "modes is empty; remove it to emit the entry in every mode.");
    }
    from.ifPresent(source -> {
      constantHasText(entry, source, value);
      if (format.isPresent() && !format.get().fits(source)) {
        entry.problem("format", "format means nothing for %s; remove it.".formatted(source));
      }
      only(entry, "tokenField", source, Source.MaxOutputTokens);
      only(entry, "urlStyle", source, Source.BaseUrl);
      if (!skipWhenUnset.orElse(true) && source != Source.Constant) {
        entry.problem("skipWhenUnset", "Only a Constant can be written when nothing is set.");
      }
    });
    if (name.isEmpty() || from.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new EntryRule(
            name.get(),
            from.get(),
            value.orElse(""),
            format.orElseGet(ValueFormat.Plain::new),
            modes,
            providers,
            tokenField,
            urlStyle,
            onlyWithBaseUrl));
  }

  private static Optional<TokenField> tokenField(String name) {
    return Stream.of(TokenField.values())
        .filter(field -> field.wireName().equals(name))
        .findFirst();
  }

  private static boolean nameIsAllowed(Section entry, String name) {
    Optional<String> problem = VariableNames.problem(name);
    problem.ifPresent(sentence -> entry.problem("name", sentence));
    return problem.isEmpty();
  }

  private static void constantHasText(Section entry, Source from, Optional<String> value) {
    if (from != Source.Constant) {
      only(entry, "value", from, Source.Constant);
    } else if (value.isEmpty()) {
      if (!entry.has("value")) {
        entry.problem("from", "A Constant needs a value.");
      }
    } else if (value.get().isEmpty()) {
      entry.problem(
          "value", "value is empty, and an empty variable counts as set; remove the entry.");
    } else {
      Literals.problem(value.get()).ifPresent(why -> entry.problem("value", "value " + why + "."));
    }
  }

  private static void only(Section entry, String field, Source from, Source where) {
    if (entry.has(field) && from != where) {
      entry.problem(field, "%s is for entries from %s, not from %s.".formatted(field, where, from));
    }
  }

  private static void required(Section entry, String field) {
    if (!entry.has(field)) {
      entry.problem(field, "The entry has no %s.".formatted(field));
    }
  }
}
