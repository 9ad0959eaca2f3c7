package dev.llmconfig.takeover;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An `.env` file: the key of each provider whose variable is there, where it goes, and the model.
public final class EnvironmentText {

  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=(.*)");
  private static final Pattern USUAL = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
  private static final Pattern COMMENT = Pattern.compile("\\s+#.*$");
  private static final Pattern AFTER = Pattern.compile("\\s*(#.*)?");

  private static final Map<Provider, String> ADDRESSES =
      Map.of(
          Provider.OpenAI, "OPENAI_BASE_URL OPENAI_API_BASE",
          Provider.Anthropic, "ANTHROPIC_BASE_URL",
          Provider.AzureOpenAI, "AZURE_OPENAI_ENDPOINT AZURE_API_BASE",
          Provider.Ollama, "OLLAMA_BASE_URL OLLAMA_API_BASE OLLAMA_HOST",
          Provider.VLLM, "VLLM_BASE_URL");

  private static final Map<Provider, String> MODELS =
      Map.of(
          Provider.OpenAI, "OPENAI_MODEL OPENAI_MODEL_NAME",
          Provider.Anthropic, "ANTHROPIC_MODEL",
          Provider.Google, "GEMINI_MODEL GOOGLE_MODEL",
          Provider.AzureOpenAI, "AZURE_OPENAI_DEPLOYMENT",
          Provider.Ollama, "OLLAMA_MODEL");

  private static final String AZURE_VERSION = "AZURE_OPENAI_API_VERSION OPENAI_API_VERSION";

  private final Taken taken = new Taken();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final String namespace;

  private EnvironmentText(String namespace) {
    this.namespace = namespace;
  }

  /// Reads all of it.
  public static Taken read(String text, String namespace) {
    var reading = new EnvironmentText(namespace);
    reading.lines(text);
    for (var provider : Provider.values()) {
      // Whoever speaks as OpenAI does has its variables; which one it is, its address says.
      if (provider != Provider.OpenAICompatible) {
        reading.provider(provider);
      }
    }
    reading.rest();
    return reading.taken;
  }

  private void lines(String text) {
    var number = 0;
    for (var line : text.replace("\ufeff", "").split("\\R", -1)) {
      number++;
      var stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      var found = LINE.matcher(stripped);
      if (!found.matches()) {
        taken.leave("line " + number, "is no NAME=value, and was not read.");
        continue;
      }
      var value = value(found.group(2).strip());
      if (value.isEmpty()) {
        taken.leave("line " + number, "does not end where its quote does, and was not read.");
      } else if (values.put(found.group(1), value.get()) != null) {
        taken.leave("line " + number, "sets a variable once more; the last one is taken.");
      }
    }
  }

  /// Empty where a quote is left open, or closed in the middle: half of a key is none.
  private static Optional<String> value(String written) {
    for (var quote : List.of("\"", "'")) {
      if (written.startsWith(quote)) {
        var end = written.indexOf(quote, 1);
        return Optional.of(end)
            .filter(at -> at > 0 && AFTER.matcher(written.substring(at + 1)).matches())
            .map(at -> written.substring(1, at));
      }
    }
    return Optional.of(COMMENT.matcher(written).replaceFirst("").strip());
  }

  private void provider(Provider named) {
    var address = take(ADDRESSES.getOrDefault(named, ""));
    var variable =
        named.keyVariables().stream()
            .filter(one -> !values.getOrDefault(one, "").isBlank())
            .findFirst();
    if (variable.isEmpty() && (address.isEmpty() || !named.keyless())) {
      address.ifPresent(
          _ -> taken.leave(named.name(), "has an address and no key, so it is not taken over."));
      return;
    }
    variable.ifPresent(used::add);
    var endpoint = address.flatMap(one -> Places.parse(named, one));
    var provider = Places.speaking(named, endpoint);
    if ((address.isPresent() && endpoint.isEmpty())
        || (endpoint.isEmpty() && provider.defaultEndpoint().isEmpty())) {
      taken.leave(
          variable.orElse(named.name()),
          "there is no address that it may go to, so it is not taken over.");
      return;
    }
    var key = taken.key(key(provider, endpoint, variable));
    take(MODELS.getOrDefault(named, ""))
        .ifPresent(model ->
            taken.model(
                new ModelDraft(
                    namespace,
                    model,
                    key.name(),
                    model,
                    model,
                    JsonNodeFactory.instance.objectNode(),
                    List.of())));
  }

  private KeyDraft key(Provider provider, Optional<Endpoint> endpoint, Optional<String> variable) {
    return new KeyDraft(
        namespace,
        provider.name(),
        provider,
        endpoint.filter(one -> !Places.isDefault(provider, one)),
        variable
            .<KeySource>map(one -> new KeySource.Named(one, values.getOrDefault(one, "")))
            .orElseGet(KeySource.None::new),
        provider == Provider.AzureOpenAI ? take(AZURE_VERSION) : Optional.empty(),
        Map.of(),
        List.of(),
        Optional.empty());
  }

  /// The first of these that is set.
  private Optional<String> take(String names) {
    return Stream.of(names.split(" ", -1))
        .filter(one -> !values.getOrDefault(one, "").isBlank())
        .peek(used::add)
        .map(one -> values.getOrDefault(one, ""))
        .findFirst();
  }

  private void rest() {
    values.keySet().stream()
        .filter(one -> !used.contains(one))
        // The last line of a key that has several can look like a name.
        .map(one -> USUAL.matcher(one).matches() ? one : "a variable with an unusual name")
        .forEach(one -> taken.leave(one, "has no counterpart, and stays where it is."));
  }
}
