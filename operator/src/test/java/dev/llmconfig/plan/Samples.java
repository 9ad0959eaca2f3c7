package dev.llmconfig.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.KeyVerification;
import dev.llmconfig.domain.ModelDelivery;
import dev.llmconfig.domain.ModelRequests;
import dev.llmconfig.domain.ModelSelection;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.domain.UsableKey;
import dev.llmconfig.domain.Validated;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A ModelConfig that is accepted, and ways to change one thing about it.
final class Samples {

  static final Catalogue CATALOGUE = Catalogue.packed();
  static final Profiles PROFILES = Profiles.builtIn();
  static final Instant NOW = Instant.parse("2026-08-20T12:00:00Z");

  private Samples() {}

  static ModelObserved observed() {
    return new ModelObserved(
        declared(),
        new KeyState.Usable(key(), false),
        CATALOGUE,
        PROFILES,
        Listed.UNKNOWN,
        List.of(),
        Optional.empty(),
        RememberedModel.NOTHING,
        Optional.empty(),
        false,
        NOW);
  }

  static ModelSettings declared() {
    return new ModelSettings(
        new Ref("team", "support"),
        "the-uid",
        1,
        NOW,
        "openai",
        "gpt-4.1-mini",
        parameters(),
        UnsupportedParameters.Drop,
        false,
        List.of(),
        new ModelDelivery(
            DeliveryMode.Env,
            "generic",
            Optional.empty(),
            new TreeSet<>(Set.of("agent")),
            "/etc/llm",
            ModelDelivery.USUAL_ROLLOUT,
            ModelDelivery.USUAL_ROLLBACK),
        new ModelRequests(Optional.empty(), Optional.empty(), Optional.empty(), false),
        false,
        false);
  }

  static Parameters parameters() {
    return parameters(
        Map.of(
            Parameter.Temperature, ParameterValue.Decimal.of("0.2"),
            Parameter.MaxOutputTokens, new ParameterValue.Whole(2048),
            Parameter.StopSequences, new ParameterValue.Texts(List.of("END", "STOP")),
            Parameter.Extra,
                new ParameterValue.Fields(
                    json("{\"seed\":7,\"metadata\":{\"a\":1,\"b\":[2,3]}}"))));
  }

  static Parameters parameters(Map<Parameter, ParameterValue> values) {
    return new Parameters(new TreeMap<>(values));
  }

  static UsableKey key() {
    return new UsableKey(
        "openai",
        Provider.OpenAI,
        endpoint("https://api.openai.com/v1"),
        Optional.of("r-7c1d"),
        new TreeMap<>(Map.of("openai-project", "proj_123", "x-team", "a")),
        Optional.empty(),
        new ModelSelection(true, List.of(), List.of()),
        new KeyVerification(
            VerificationMode.OnChangeAndPeriodic, Probe.ListModels, Duration.ofHours(6)),
        UsableKey.Successor.None);
  }

  static Revision revision() {
    return new Revision(
        "openai",
        Provider.OpenAI,
        Optional.of("r-7c1d"),
        endpoint("https://api.openai.com/v1"),
        Optional.of("2024-10-21"),
        new TreeMap<>(Map.of("openai-project", "proj_123", "x-team", "a")),
        "gpt-4.1-mini",
        parameters(),
        new Revision.ProfileUsed("generic@1", Optional.empty()),
        DeliveryMode.Env,
        new TreeSet<>(Set.of("agent", "worker")),
        "/etc/llm");
  }

  static Endpoint endpoint(String text) {
    return switch (Endpoint.parse(text)) {
      case Validated.Valid<Endpoint>(var endpoint) -> endpoint;
      case Validated.Invalid<Endpoint>(var problems) -> throw new AssertionError(problems);
    };
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) new JsonMapper().readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new AssertionError(wrong);
    }
  }

  static Wanted wanted(ModelObserved seen) {
    return ModelPlanner.judge(seen).wanted().orElseThrow();
  }

  /// As if what this came to had been applied.
  static RememberedModel applied(ModelObserved seen) {
    var wanted = wanted(seen);
    return with(
        RememberedModel.NOTHING,
        "applied",
        Optional.of(new AppliedRevision(wanted.name(), wanted.revision(), wanted.basis())));
  }

  static Set<String> components(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The same, but for one component.
  static <T extends Record> T with(T record, String component, Object value) {
    try {
      var components = record.getClass().getRecordComponents();
      var types = new Class<?>[components.length];
      var values = new Object[components.length];
      var found = false;
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        var same = components[i].getName().equals(component);
        components[i].getAccessor().setAccessible(true);
        values[i] = same ? value : components[i].getAccessor().invoke(record);
        found |= same;
      }
      if (!found) {
        throw new AssertionError(record.getClass() + " has no " + component);
      }
      var constructor = record.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      @SuppressWarnings("unchecked") // It is the constructor of the record's own class.
      var copy = (T) constructor.newInstance(values);
      return copy;
    } catch (ReflectiveOperationException broken) {
      throw new LinkageError("a record cannot be copied", broken);
    }
  }
}
