package dev.llmconfig.impact;

import dev.llmconfig.agent.AgentFiles;
import dev.llmconfig.agent.Entry;
import dev.llmconfig.plan.Handout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an agent would be given of a ModelConfig. No key is in it: an entry with a key names the
/// Secret.
///
/// @param entries in mode Env and EnvFrom
/// @param files in mode File
/// @param notes why it would not be given, and what should be known besides
/// @param unknown what it depends on
public record Given(
    List<Entry> entries,
    Optional<AgentFiles> files,
    List<Impact.Said> notes,
    List<String> unknown) {

  public Given {
    entries = List.copyOf(entries);
    notes = List.copyOf(notes);
    unknown = List.copyOf(unknown);
  }

  static Given of(ModelForecast model, Impact.OfModel told) {
    var notes = Stream.concat(told.refused().stream(), told.notes().stream()).toList();
    var handout =
        model
            .outlook()
            .wanted()
            .map(wanted ->
                Handout.of(wanted.revision(), wanted.basis(), wanted.profile(), told.ref().name()));
    return new Given(
        handout.orElse(null) instanceof Handout.Variables(_, var entries) ? entries : List.of(),
        handout.orElse(null) instanceof Handout.Files(_, var files)
            ? Optional.of(files)
            : Optional.empty(),
        notes,
        told.unknown());
  }
}
