package dev.llmconfig.guest;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a strategic merge does to the order of `env`: names keep their order, and two entries of
/// one name come to stand side by side, whatever the patch says. `$(NAME)` means the last entry of
/// that name above it, so that can change what a variable of the owner holds.
final class Order {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([^()]*)\\)");

  private Order() {}

  /// Whether every reference means after a merge what it means before.
  static boolean survivesMerge(List<EnvVar> env) {
    var byName = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < env.size(); i++) {
      byName.computeIfAbsent(env.get(i).getName(), _ -> new ArrayList<>()).add(i);
    }
    List<Integer> before = IntStream.range(0, env.size()).boxed().toList();
    List<Integer> after = byName.values().stream().flatMap(List::stream).toList();
    return before.equals(after) || meanings(env, before).equals(meanings(env, after));
  }

  /// For each entry, the entries that its references mean.
  private static Map<Integer, List<Integer>> meanings(List<EnvVar> env, List<Integer> order) {
    var meanings = new HashMap<Integer, List<Integer>>();
    var above = new HashMap<String, Integer>();
    for (int i : order) {
      meanings.put(
          i,
          REFERENCE
              .matcher(Objects.requireNonNullElse(env.get(i).getValue(), ""))
              .results()
              .map(reference -> above.getOrDefault(reference.group(1), -1))
              .toList());
      above.put(env.get(i).getName(), i);
    }
    return meanings;
  }
}
