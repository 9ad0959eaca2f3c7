package dev.llmconfig.store.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.Match;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// The model that the configuration file of the time before names: `provider/model`, or the model
/// alone where the catalogue knows whose it is.
///
/// @param line where the file names it
record DefaultModel(Provider provider, String model, int line) {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String POINTER = "/llm/default_model";
  private static final List<String> GOOGLE = List.of("gemini", "google", "google_genai");

  /// What is wrong with the file, without anything of its content.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    Malformed(int line, String sentence) {
      super(sentence);
      this.line = line;
    }

    int line() {
      return line;
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

  private record Named(String text, int line) {}

  private static Optional<Named> named(byte[] content) throws Malformed {
    try {
      var node = YAML.readTree(content).at(POINTER);
      if (node.isMissingNode() || node.isNull()) {
        return Optional.empty();
      }
      var line = line(content);
      if (!node.isTextual()) {
        throw new Malformed(line, "llm.default_model is no text");
      }
      return Optional.of(new Named(node.asText().strip(), line))
          .filter(named -> !named.text().isEmpty());
    } catch (JsonProcessingException broken) {
      throw new Malformed(line(broken), "it is no YAML from here on");
    } catch (IOException broken) {
      throw new Malformed(1, "it is not UTF-8");
    }
  }

  /// Jackson's own location is that of the last thing that it understood.
  private static int line(JsonProcessingException broken) {
    return broken.getCause() instanceof MarkedYAMLException marked
            && marked.getProblemMark() != null
        ? marked.getProblemMark().getLine() + 1
        : 1;
  }

  /// A tree does not remember where it was read.
  private static int line(byte[] content) throws IOException {
    var line = 1;
    try (var parser = YAML.createParser(content)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.getParsingContext().pathAsPointer().toString().equals(POINTER)) {
          line = parser.currentTokenLocation().getLineNr();
        }
      }
    }
    return line;
  }

  private static DefaultModel of(Named named, Catalogue catalogue, List<Provider> preferred)
      throws Malformed {
    var text = named.text();
    var slash = text.indexOf('/');
    if (slash > 0) {
      var provider = provider(text.substring(0, slash));
      if (provider.isPresent()) {
        return new DefaultModel(provider.get(), text.substring(slash + 1), named.line());
      }
    }
    return Stream.concat(preferred.stream(), Stream.of(Provider.values()))
        .filter(provider -> catalogue.find(provider, text) instanceof Match.Exact)
        .findFirst()
        .map(provider -> new DefaultModel(provider, text, named.line()))
        .orElseThrow(() ->
            new Malformed(
                named.line(),
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
