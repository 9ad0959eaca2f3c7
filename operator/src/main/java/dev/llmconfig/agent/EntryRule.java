package dev.llmconfig.agent;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
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
}
