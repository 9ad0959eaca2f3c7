package dev.llmconfig.store.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.api.Provider;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.store.ConfigStore;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.ModelDraft;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Stored;
import dev.llmconfig.store.local.Ledger.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Takes over what was configured before there was a store: keys from a `.env` file and from the
/// environment, and the default model. Once, in one transaction, or not at all.
public final class Migration {

  /// As it is called in the table of those that were done.
  public static final String NAME = "plan_09_api_keys";

  /// In the order in which they are taken over.
  private static final Map<String, Provider> VARIABLES = variables();

  private final LocalObjects objects;
  private final ConfigStore store;
  private final Caller who;
  private final Catalogue catalogue;

  /// A file as it was found.
  ///
  /// @param name as the person called it
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Source(String name, byte[] content) {}

  /// What came of it.
  ///
  /// @param made sentences about what is in the store now
  /// @param warnings sentences about what is not
  public record Result(List<String> made, List<String> warnings) {
    public Result {
      made = List.copyOf(made);
      warnings = List.copyOf(warnings);
    }
  }

  /// Nothing was taken over, and what stands in the way.
  public static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(String sentence) {
      super(sentence, null, false, false);
    }

    public String sentence() {
      return String.valueOf(getMessage());
    }
  }

  public Migration(LocalObjects objects, ConfigStore store, Caller who, Catalogue catalogue) {
    this.objects = objects;
    this.store = store;
    this.who = who;
    this.catalogue = catalogue;
  }

  /// Empty when it was done before.
  ///
  /// @param env the `.env` file, if there is one
  /// @param config the configuration file, if there is one
  /// @throws Failed when something there cannot be understood
  public Optional<Result> run(
      Optional<Source> env, Map<String, String> environment, Optional<Source> config) {
    return objects.change(desk -> {
      if (desk.migrated(NAME)) {
        return Optional.empty();
      }
      var made = new ArrayList<String>();
      keys(desk, env, environment, made);
      var warnings = new ArrayList<String>();
      config.ifPresent(source -> defaultModel(desk, source, made, warnings));
      desk.markMigrated(NAME);
      return Optional.of(new Result(made, warnings));
    });
  }

  private void keys(
      LocalObjects.Desk desk,
      Optional<Source> env,
      Map<String, String> environment,
      List<String> made) {
    try (var file = env.map(Migration::parsed).orElse(new EnvFile(Map.of(), Map.of()))) {
      VARIABLES.forEach((variable, provider) -> {
        var there = file.values().get(variable);
        if (there != null && there.length() > 0) {
          var place = "%s, line %d".formatted(env.orElseThrow().name(), file.lines().get(variable));
          there.use(bytes -> {
            key(desk, provider, variable, place, bytes, made);
            return true;
          });
        } else if (!environment.getOrDefault(variable, "").isBlank()) {
          key(
              desk,
              provider,
              variable,
              "the environment",
              environment.getOrDefault(variable, "").getBytes(StandardCharsets.UTF_8),
              made);
        }
      });
    }
  }

  private static EnvFile parsed(Source env) {
    try {
      return EnvFile.parse(env.content(), VARIABLES.keySet());
    } catch (EnvFile.Malformed malformed) {
      throw new Failed(
          "%s, line %d %s; correct it, or start with --no-env. Nothing was taken over."
              .formatted(env.name(), malformed.line(), malformed.getMessage()));
    }
  }

  private void key(
      LocalObjects.Desk desk,
      Provider provider,
      String variable,
      String place,
      byte[] typed,
      List<String> made) {
    if (providers(desk).contains(provider.name())) {
      return;
    }
    try (var material = KeyMaterial.of(typed)) {
      if (material instanceof KeyMaterial.Refused(Flaw flaw)) {
        if (flaw.reason() == Flaw.Reason.KeyEmpty) {
          return;
        }
        throw refused(variable, place, flaw.sentence());
      }
      var spec = JsonNodeFactory.instance.objectNode();
      spec.put("provider", provider.name());
      spec.put("displayName", provider.name() + " (migrated)");
      var stored =
          stored(
              store.createKey(
                  who,
                  new KeyDraft(
                      OwnMachine.NAMESPACE,
                      Optional.of(name(provider)),
                      spec,
                      Optional.empty(),
                      false),
                  material,
                  Manner.APPLY),
              variable,
              place);
      made.add("%s of %s is now key %s.".formatted(variable, place, stored.ref().name()));
    }
  }

  private void defaultModel(
      LocalObjects.Desk desk, Source config, List<String> made, List<String> warnings) {
    var keys = desk.trees(Kind.ApiKeyConfig);
    var withKeys =
        VARIABLES.values().stream()
            .distinct()
            .filter(provider -> providers(desk).contains(provider.name()))
            .toList();
    Optional<DefaultModel> named;
    try {
      named = DefaultModel.read(config.content(), catalogue, withKeys);
    } catch (DefaultModel.Malformed malformed) {
      throw new Failed(
          "%s, line %d: %s; correct it, or name another file with --config. Nothing was taken over."
              .formatted(config.name(), malformed.line(), malformed.getMessage()));
    }
    if (named.isEmpty() || hasDefault(desk)) {
      return;
    }
    var model = named.get();
    var key =
        keys.stream()
            .filter(one -> provider(one).equals(model.provider().name()))
            .map(one -> one.path("metadata").path("name").asText())
            .findFirst();
    if (key.isEmpty()) {
      warnings.add(
          "The default model of %s is one of %s, for which there is no key; add one, and choose the model in the page."
              .formatted(config.name(), model.provider()));
      return;
    }
    var spec = JsonNodeFactory.instance.objectNode();
    spec.putObject("apiKeyRef").put("name", key.get());
    spec.put("model", model.model());
    spec.put("isDefault", true);
    var stored =
        stored(
            store.createModel(
                who, new ModelDraft(OwnMachine.NAMESPACE, Optional.empty(), spec), Manner.APPLY),
            "llm.default_model",
            "%s, line %d".formatted(config.name(), model.line()));
    made.add(
        "llm.default_model of %s is now the default, %s."
            .formatted(config.name(), stored.ref().name()));
  }

  private static Stored stored(Outcome outcome, String what, String place) {
    return switch (outcome) {
      case Outcome.Done(var stored, _, _) -> stored;
      case Outcome.Invalid(var flaws) -> throw refused(what, place, flaws.getFirst().sentence());
      default ->
          throw refused(
              what,
              place,
              "The store does not take it (%s).".formatted(outcome.getClass().getSimpleName()));
    };
  }

  private static Failed refused(String what, String place, String why) {
    return new Failed(
        "%s of %s cannot be taken over. %s Nothing was taken over; correct it, and start again."
            .formatted(what, place, why));
  }

  private static Set<String> providers(LocalObjects.Desk desk) {
    return Set.copyOf(
        desk.trees(Kind.ApiKeyConfig).stream().map(Migration::provider).distinct().toList());
  }

  private static boolean hasDefault(LocalObjects.Desk desk) {
    return desk.trees(Kind.ModelConfig).stream()
        .anyMatch(one -> one.path("spec").path("isDefault").asBoolean());
  }

  private static String name(Provider provider) {
    return provider.name().toLowerCase(Locale.ROOT) + "-migrated";
  }

  private static String provider(ObjectNode key) {
    return key.path("spec").path("provider").asText();
  }

  private static Map<String, Provider> variables() {
    var variables = new LinkedHashMap<String, Provider>();
    variables.put("OPENAI_API_KEY", Provider.OpenAI);
    variables.put("ANTHROPIC_API_KEY", Provider.Anthropic);
    variables.put("GOOGLE_API_KEY", Provider.Google);
    return variables;
  }
}
