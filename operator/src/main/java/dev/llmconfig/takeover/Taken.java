package dev.llmconfig.takeover;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// What was found so far: drafts, and sentences about what has no counterpart.
public final class Taken {

  private static final int LONGEST = 63;

  private final List<KeyDraft> keys = new ArrayList<>();
  private final List<ModelDraft> models = new ArrayList<>();
  private final Set<String> left = new LinkedHashSet<>();

  public List<KeyDraft> keys() {
    return List.copyOf(keys);
  }

  public List<ModelDraft> models() {
    return List.copyOf(models);
  }

  /// What has no counterpart, a sentence for each, without any value of the text.
  public List<String> left() {
    return List.copyOf(left);
  }

  /// @param where the place in the text
  void leave(String where, String why) {
    left.add(printable(where) + ": " + why);
  }

  /// The draft that is the same already, or this one under a name that is free.
  KeyDraft key(KeyDraft draft) {
    for (int at = 0; at < keys.size(); at++) {
      var one = keys.get(at);
      if (one.sameAs(draft)) {
        var models = new LinkedHashSet<>(one.models());
        models.addAll(draft.models());
        keys.set(at, one.with(List.copyOf(models)));
        return one;
      }
    }
    var named =
        draft
            .named(
                free(
                    draft.name(),
                    name ->
                        keys.stream()
                            .anyMatch(one ->
                                one.namespace().equals(draft.namespace())
                                    && one.name().equals(name))))
            .with(draft.models());
    keys.add(named);
    return named;
  }

  ModelDraft model(ModelDraft draft) {
    var name =
        free(
            draft.name(),
            taken ->
                models.stream()
                    .anyMatch(one ->
                        one.namespace().equals(draft.namespace()) && one.name().equals(taken)));
    var named =
        new ModelDraft(
            draft.namespace(),
            name,
            draft.key(),
            draft.model(),
            draft.alias(),
            draft.parameters(),
            draft.fallbacks());
    models.add(named);
    return named;
  }

  /// The first draft of those that the other tool calls so.
  Optional<ModelDraft> called(String alias) {
    return models.stream().filter(one -> one.alias().equals(alias)).findFirst();
  }

  void fallbacks(ModelDraft of, List<String> names) {
    models.replaceAll(one -> one.equals(of) ? one.with(names) : one);
  }

  private static String free(String wish, Predicate<String> taken) {
    var base = name(wish);
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> number == 1 ? base : shorter(base, 4) + "-" + number)
        .filter(name -> !taken.test(name))
        .findFirst()
        .orElseThrow();
  }

  /// A name that a label can carry; `default` means something else there.
  static String name(String wish) {
    var name =
        shorter(
            wish.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", ""),
            0);
    return name.isEmpty() ? "unnamed" : name.equals("default") ? "default-model" : name;
  }

  private static String shorter(String name, int room) {
    return name.substring(0, Math.min(name.length(), LONGEST - room)).replaceAll("-+$", "");
  }

  /// Whoever wrote the text chose its names; a terminal and a comment are not to obey them.
  static String printable(String text) {
    var one = text.replaceAll("[^ -~]", "?");
    return one.length() > 120 ? one.substring(0, 120) + "..." : one;
  }
}
