package dev.llmconfig.catalogue;

import dev.llmconfig.api.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The models of one provider, found by any way of writing their id. The steps go from certain to
/// approximate, and the first hit wins.
final class ModelIndex {

  private final Provider provider;
  private final List<CatalogueEntry> entries;
  private final Map<String, CatalogueEntry> exact = new HashMap<>();
  private final Map<String, CatalogueEntry> anyCase = new HashMap<>();
  private final Map<String, CatalogueEntry> anyPath = new HashMap<>();

  /// The models come sorted by id.
  ModelIndex(Provider provider, List<CatalogueEntry> models) {
    this.provider = provider;
    this.entries = List.copyOf(models);
    for (var entry : entries) {
      exact.put(entry.id(), entry);
      String lower = IdForms.lower(entry.id());
      anyCase.putIfAbsent(lower, entry);
      // Several geographies of one model: the one without is the most general.
      String bare = IdForms.withoutPath(provider, lower);
      if (lower.equals(bare)) {
        anyPath.put(bare, entry);
      } else {
        anyPath.putIfAbsent(bare, entry);
      }
    }
  }

  List<CatalogueEntry> entries() {
    return entries;
  }

  Match find(String id) {
    var certain = certain(id);
    if (certain.isPresent()) {
      return new Match.Exact(certain.get());
    }
    return approximations(id)
        .flatMap(other -> certain(other).stream())
        .findFirst()
        .<Match>map(Match.Approximate::new)
        .orElseGet(Match.Unknown::new);
  }

  private Optional<CatalogueEntry> certain(String id) {
    @Nullable CatalogueEntry found = exact.get(id);
    if (found == null) {
      found = anyCase.get(IdForms.lower(id));
    }
    if (found == null) {
      found = anyPath.get(pathless(id));
    }
    return Optional.ofNullable(found);
  }

  private String pathless(String id) {
    return IdForms.lower(IdForms.withoutPath(provider, id));
  }

  private static Stream<String> approximations(String id) {
    var variantless = IdForms.withoutVariant(id);
    // A fine-tuned model has prices of its own where the source lists its base under `ft:`.
    var tuned = variantless.filter(_ -> id.startsWith("ft:")).map(base -> "ft:" + base);
    var dateless = IdForms.withoutDate(variantless.orElse(id));
    return Stream.of(tuned, variantless, dateless).flatMap(Optional::stream);
  }
}
