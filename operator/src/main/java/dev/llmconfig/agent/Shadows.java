package dev.llmconfig.agent;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Names in a container that would overrule what we set, so that the agent would run on something
/// else than we say.
public final class Shadows {

  private Shadows() {}

  /// The names among `elsewhere` that overrule.
  ///
  /// @param given names of what the agent is given
  /// @param elsewhere names the container has from its own `env`, from `envFrom` or from its image
  public static SortedSet<String> of(
      Profile profile, Collection<String> given, Collection<String> elsewhere) {
    Set<String> overruling = new HashSet<>(profile.shadowedBy());
    // An address that we leave to the framework's default is read from here if it is set: the
    // agent would take our key to another place.
    profile.env().stream()
        .filter(rule -> rule.from() == Source.BaseUrl || rule.from() == Source.CompletionsPath)
        .forEach(rule -> overruling.add(rule.name()));
    given.forEach(overruling::remove);
    var found = new TreeSet<>(elsewhere);
    found.retainAll(overruling);
    return found;
  }
}
