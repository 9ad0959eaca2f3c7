package dev.llmconfig.store.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.Match;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The model that the configuration file of the time before names: `provider/model`, or the model
/// alone where the catalogue knows whose it is.
record DefaultModel(Provider provider, String model) {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final List<String> GOOGLE = List.of("gemini", "google", "google_genai");

  /// What is wrong with the file, without anything of its content.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String sentence) {
      super(sentence);
    }
  }

  /// Empty where the file says nothing about it.
  ///
  /// @param preferred whose models are thought of first, since there are keys for them
  static Optional<DefaultModel> read(byte[] content, Catalogue catalogue, List<Provider> preferred)
      throws Malformed {
    var named = named(content);
    return named.isEmpty() ? Optional.empty() : Optional.of(of(named.get(), catalogue, preferred));
  }

  private static Optional<String> named(byte[] content) throws Malformed {
    try {
      var root = YAML.readTree(content);
      var node = root.path("llm").path("default_model");
      if (node.isMissingNode() || node.isNull()) {
        return Optional.empty();
      }
      if (!node.isTextual()) {
        throw new Malformed("llm.default_model is no text");
      }
      return Optional.of(node.asText().strip()).filter(text -> !text.isEmpty());
    } catch (JsonProcessingException broken) {
      var line = broken.getLocation() == null ? 1 : Math.max(1, broken.getLocation().getLineNr());
      throw new Malformed("it is no YAML from line %d on".formatted(line));
    } catch (IOException broken) {
      throw new Malformed("it is not UTF-8");
    }
  }

  private static DefaultModel of(String text, Catalogue catalogue, List<Provider> preferred)
      throws Malformed {
    var slash = text.indexOf('/');
    if (slash > 0) {
      var provider = provider(text.substring(0, slash));
      if (provider.isPresent()) {
        return new DefaultModel(provider.get(), text.substring(slash + 1));
      }
    }
    return Stream.concat(preferred.stream(), Stream.of(Provider.values()))
        .filter(provider -> catalogue.find(provider, text) instanceof Match.Exact)
        .findFirst()
        .map(provider -> new DefaultModel(provider, text))
        .orElseThrow(() ->
            new Malformed(
                "llm.default_model names a model of which nobody knows the provider; write"
                    + " provider/model"));
  }

  private static Optional<Provider> provider(String name) {
    return GOOGLE.stream().anyMatch(name::equalsIgnoreCase)
        ? Optional.of(Provider.Google)
        : Stream.of(Provider.values())
            .filter(one -> one.name().equalsIgnoreCase(name.replace("_", "").replace("-", "")))
            .findFirst();
  }
}
