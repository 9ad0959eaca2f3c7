package dev.llmconfig.agent;

import java.util.HashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where two deliveries to one container would fight: the same name with another value. The last
/// writer would win silently (traps R14).
public final class Collisions {

  private Collisions() {}

  public static SortedSet<String> between(List<Entry> one, List<Entry> other) {
    var values = new HashMap<String, Entry.Value>();
    one.forEach(entry -> values.put(entry.name(), entry.value()));
    var names = new TreeSet<String>();
    for (Entry entry : other) {
      Entry.Value value = values.get(entry.name());
      if (value != null && !value.equals(entry.value())) {
        names.add(entry.name());
      }
    }
    return names;
  }

  /// What was set before and is not rendered any more: removed with the same patch that sets the
  /// rest (rule 15).
  public static SortedSet<String> leftOver(List<Entry> before, List<Entry> now) {
    var names = new TreeSet<String>();
    before.forEach(entry -> names.add(entry.name()));
    now.forEach(entry -> names.remove(entry.name()));
    return names;
  }
}
