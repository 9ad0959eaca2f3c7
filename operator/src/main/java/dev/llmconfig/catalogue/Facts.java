package dev.llmconfig.catalogue;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// What is known about one model. Each fact keeps its own source, so facts of several sources are
/// merged by taking the first that knows.
public final class Facts {

  private static final Facts NONE = new Facts(Map.of());

  private final Map<String, Fact<?>> byName;

  private Facts(Map<String, Fact<?>> byName) {
    this.byName = byName;
  }

  public static Facts none() {
    return NONE;
  }

  public <T> Facts with(Attribute<T> attribute, T value, Source source) {
    var more = new TreeMap<String, Fact<?>>(byName);
    more.put(attribute.name(), new Fact<>(value, source));
    return new Facts(more);
  }

  public Facts without(Attribute<?>... attributes) {
    var fewer = new TreeMap<String, Fact<?>>(byName);
    for (Attribute<?> attribute : attributes) {
      fewer.remove(attribute.name());
    }
    return new Facts(fewer);
  }

  /// These facts, and of the others what these do not know.
  public Facts orElse(Facts others) {
    var merged = new TreeMap<String, Fact<?>>(others.byName);
    merged.putAll(byName);
    return new Facts(merged);
  }

  /// These facts, each with the day on which it was first read: a list that is read again and says
  /// the same is no news, and no reason to write a status.
  public Facts since(Facts before) {
    var dated = new TreeMap<String, Fact<?>>(byName);
    dated.replaceAll((name, fact) -> {
      var old = before.byName.get(name);
      boolean same =
          old != null
              && old.value().equals(fact.value())
              && old.source().label().equals(fact.source().label());
      return same ? old : fact;
    });
    return new Facts(dated);
  }

  public <T> Optional<Fact<T>> get(Attribute<T> attribute) {
    var fact = byName.get(attribute.name());
    return fact == null
        ? Optional.empty()
        : Optional.of(new Fact<>(attribute.type().cast(fact.value()), fact.source()));
  }

  public <T> Optional<T> value(Attribute<T> attribute) {
    return get(attribute).map(Fact::value);
  }

  /// Whether the attribute is known and has this value.
  public <T> boolean says(Attribute<T> attribute, T value) {
    return value(attribute).filter(value::equals).isPresent();
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /// In the order in which people read them.
  public void forEach(BiConsumer<Attribute<?>, Fact<?>> each) {
    for (Attribute<?> attribute : Attribute.ALL) {
      get(attribute).ifPresent(fact -> each.accept(attribute, fact));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Facts facts && byName.equals(facts.byName);
  }

  @Override
  public int hashCode() {
    return byName.hashCode();
  }

  @Override
  public String toString() {
    return byName.toString();
  }
}
