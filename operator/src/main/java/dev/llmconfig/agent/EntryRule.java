package dev.llmconfig.agent;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One entry of a profile: which variable, from which value, in which form, and when.
///
/// @param constant the text of a Constant; empty for every other source
/// @param modes where it is emitted; never empty
/// @param providers where it is emitted; empty means everywhere
/// @param tokenField emitted only if the model's limit goes by this name
/// @param onlyWithBaseUrl emitted only if the address is, because the framework would call its own
///   default otherwise
/// @param urlStyle another style than the profile's, for a base URL
record EntryRule(
    String name,
    Source from,
    String constant,
    ValueFormat format,
    Set<ProfileMode> modes,
    Set<Provider> providers,
    Optional<TokenField> tokenField,
    Optional<UrlStyle> urlStyle,
    boolean onlyWithBaseUrl) {

  EntryRule {
    modes = Set.copyOf(modes);
    providers = Set.copyOf(providers);
  }

  boolean applies(ProfileMode mode, Provider provider, TokenField field) {
    return modes.contains(mode)
        && (providers.isEmpty() || providers.contains(provider))
        && tokenField.map(field::equals).orElse(true);
  }

  /// For people: what it carries, and when it is written where that is not always.
  Profile.Variable described() {
    String value =
        switch (format) {
          case ValueFormat.Plain _ -> from == Source.Constant ? constant : from.name();
          case ValueFormat.Template(var text) ->
              text.replace(ValueFormat.PLACEHOLDER, "{" + from + "}");
          case ValueFormat.Millis _,
              ValueFormat.Csv _,
              ValueFormat.Json _,
              ValueFormat.Lower _,
              ValueFormat.Relative _ ->
              from + " as " + format.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    var when = new ArrayList<String>();
    if (modes.size() == 1) {
      when.add("mode " + modes.iterator().next());
    }
    if (!providers.isEmpty()) {
      when.add(String.join(", ", providers.stream().map(Enum::name).sorted().toList()));
    }
    tokenField.ifPresent(field -> when.add("where the model takes " + field.wireName()));
    if (onlyWithBaseUrl) {
      when.add("together with the base URL");
    }
    return new Profile.Variable(name, value, String.join("; ", when));
  }
}
