package dev.llmconfig.rest;

import dev.llmconfig.access.Caller;
import dev.llmconfig.store.Imports;
import dev.llmconfig.store.Manner;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Remembers what was to be taken in, and says what it was told to say.
final class PlayedImports implements Imports {

  final List<Wanted> taken = new CopyOnWriteArrayList<>();
  final List<Manner> manners = new CopyOnWriteArrayList<>();
  private volatile Function<List<Wanted>, Imported> next =
      wanted -> new Imported.Taken(wanted, List.of(), List.of());

  void says(Imported outcome) {
    next = _ -> outcome;
  }

  @Override
  public Imported take(Caller who, List<Wanted> wanted, Manner manner) {
    taken.addAll(wanted);
    manners.add(manner);
    return next.apply(wanted);
  }
}
