package dev.llmconfig.catalogue;

import dev.llmconfig.api.Provider;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the packed file that `hack/catalogue` writes: one model a line, tab-separated, sorted,
/// empty where nothing is known. Every command of ours pays for this once, so it is plain loops
/// over plain text, and a line is taken apart only when its model is asked for.
final class CatalogueReader {

  private static final String FORMAT = "1";

  private final Map<String, Source> sources = new HashMap<>();
  private final Map<Provider, List<CatalogueEntry>> entries = new EnumMap<>(Provider.class);
  private final Map<String, Provider> providers = new HashMap<>();
  private @Nullable CatalogueColumns columns;

  private CatalogueReader() {
    for (var provider : Provider.values()) {
      providers.put(provider.name(), provider);
      entries.put(provider, new ArrayList<>());
    }
  }

  static Catalogue read(BufferedReader text) throws IOException {
    var reader = new CatalogueReader();
    for (@Nullable String line = text.readLine(); line != null; line = text.readLine()) {
      reader.line(line);
    }
    return new Catalogue(reader.entries, new ArrayList<>(reader.sources.values()));
  }

  private void line(String line) {
    if (line.startsWith("#")) {
      header(line.split("\t", -1));
      return;
    }
    int slash = line.indexOf('/');
    int end = line.indexOf('\t');
    var provider = providers.get(line.substring(0, slash));
    if (provider == null) {
      throw new IllegalArgumentException("the catalogue has an unknown provider: " + line);
    }
    var all = Objects.requireNonNull(columns, "the catalogue has no line of columns");
    Objects.requireNonNull(entries.get(provider))
        .add(new CatalogueEntry(provider, line.substring(slash + 1, end), line, all));
  }

  private void header(String[] cells) {
    switch (cells[0]) {
      case "#catalogue" -> {
        if (!cells[1].equals(FORMAT)) {
          throw new IllegalArgumentException("catalogue format " + cells[1] + " is not known");
        }
      }
      case "#source" ->
          sources.put(cells[1], Source.packed(cells[1], cells[2], CatalogueColumns.date(cells[3])));
      default ->
          columns = new CatalogueColumns(List.of(cells), source("litellm"), source("tokenlens"));
    }
  }

  private Source source(String name) {
    return Objects.requireNonNull(sources.get(name), "the catalogue does not name a source");
  }
}
