package dev.llmconfig.catalogue;

import dev.llmconfig.api.Provider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the product knows about models by itself. It describes models and never makes one exist:
/// that is up to the provider's list and to what people declare.
public final class Catalogue {

  private static final String FILE = "models.tsv";

  /// How OpenRouter names the vendors whose models we know.
  private static final Map<String, Provider> VENDORS =
      Map.of(
          "openai", Provider.OpenAI,
          "anthropic", Provider.Anthropic,
          "google", Provider.Google,
          "mistralai", Provider.Mistral,
          "x-ai", Provider.XAI,
          "deepseek", Provider.DeepSeek,
          "perplexity", Provider.Perplexity);

  private final Map<Provider, ModelIndex> byProvider = new EnumMap<>(Provider.class);
  private final List<Source> sources;

  Catalogue(Map<Provider, List<CatalogueEntry>> entries, List<Source> sources) {
    this.sources = sources.stream().sorted(Comparator.comparing(Source::label)).toList();
    entries.forEach(
        (provider, models) -> byProvider.put(provider, new ModelIndex(provider, models)));
  }

  /// The file that is packed into the jar.
  public static Catalogue packed() {
    var file =
        Objects.requireNonNull(Catalogue.class.getResourceAsStream(FILE), "the jar lacks " + FILE);
    try (var text = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return CatalogueReader.read(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Source> sources() {
    return sources;
  }

  /// The day of the newest source: the catalogue's own.
  public LocalDate asOf() {
    return sources.stream()
        .flatMap(source -> source.asOf().stream())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// The models of a provider, sorted by id.
  public List<CatalogueEntry> entries(Provider provider) {
    return index(provider).entries();
  }

  public Match find(Provider provider, String id) {
    var own = index(provider).find(id);
    return own instanceof Match.Unknown && provider == Provider.OpenRouter ? ofVendor(id) : own;
  }

  /// Everything known about a model: what is declared goes before the provider's list, that before
  /// the packed file, and rules by name come last. A declared base is what the model really is.
  public ModelFacts describe(Provider provider, DeclaredModel declared, Facts listed) {
    // The name of a deployment at Azure says nothing for certain.
    String base =
        declared.base().isEmpty() && provider != Provider.AzureOpenAI
            ? declared.id()
            : declared.base();
    var match = base.isEmpty() ? new Match.Unknown() : find(provider, base);
    var packed = match.entry().map(CatalogueEntry::facts).orElse(Facts.none());
    if (match instanceof Match.Approximate) {
      packed = packed.without(Attribute.RETIRES_ON);
    }
    if (provider == Provider.OpenRouter) {
      packed =
          packed.without(Attribute.INPUT_PRICE, Attribute.OUTPUT_PRICE, Attribute.CACHE_READ_PRICE);
    }
    return ModelFacts.merge(
        provider, declared.id(), base, match, declared.facts().orElse(listed).orElse(packed));
  }

  /// A model that nobody declared, and perhaps nobody listed.
  public ModelFacts describe(Provider provider, String id) {
    return describe(provider, DeclaredModel.of(id), Facts.none());
  }

  private Match ofVendor(String id) {
    int slash = id.indexOf('/');
    var vendor = slash < 0 ? null : VENDORS.get(IdForms.lower(id.substring(0, slash)));
    if (vendor == null) {
      return new Match.Unknown();
    }
    String name = id.substring(slash + 1);
    var found = index(vendor).find(name);
    if (found instanceof Match.Unknown && vendor == Provider.Anthropic) {
      // OpenRouter writes claude-sonnet-4.5 where Anthropic writes claude-sonnet-4-5.
      found = index(vendor).find(name.replace('.', '-'));
    }
    return found.entry().<Match>map(Match.Approximate::new).orElse(found);
  }

  private ModelIndex index(Provider provider) {
    return Objects.requireNonNull(byProvider.get(provider));
  }
}
