package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.domain.EffectiveParameters;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import dev.llmconfig.testing.Seeds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;

/// What holds for any parameters and any model. A failure names the seed.
class ParameterPropertiesTest {

  private static final List<CatalogueEntry> ENTRIES =
      Arrays.stream(Provider.values())
          .flatMap(provider -> Asked.CATALOGUE.entries(provider).stream())
          .toList();

  private final long seed = Seeds.next(ParameterPropertiesTest.class);
  private final RandomGenerator random = new Random(seed);

  @RepeatedTest(300)
  void mapsTheSameHoweverTheInputIsOrdered() {
    var values = values();
    var shuffled = shuffled(values);
    var model = model();
    var format = pick(RequestFormat.values());

    var one = decide(values, model, format);
    var other = decide(shuffled, model, format);

    assertThat(other).as("seed %d", seed).isEqualTo(one);
    if (one instanceof ParameterDecision.Send(var first)
        && other instanceof ParameterDecision.Send(var second)) {
      assertThat(second.wire().toString()).as("seed %d", seed).isEqualTo(first.wire().toString());
    }
  }

  @RepeatedTest(300)
  void neverRaisesALimitAndNeverInventsAValue() {
    var asked = parameters(values());
    if (ParameterMapping.decide(
            asked, model(), pick(RequestFormat.values()), UnsupportedParameters.Drop)
        instanceof ParameterDecision.Send(var effective)) {
      assertThat(effective.values().values().keySet())
          .as("seed %d", seed)
          .isSubsetOf(asked.values().keySet());
      effective
          .values()
          .maxOutputTokens()
          .ifPresent(sent ->
              assertThat(sent)
                  .as("seed %d", seed)
                  .isPositive()
                  .isLessThanOrEqualTo(asked.maxOutputTokens().orElseThrow()));
    }
  }

  @RepeatedTest(300)
  void hasAnOutcomeForExactlyWhatWasChanged() {
    var asked = parameters(values());
    var model = model();
    var format = pick(RequestFormat.values());

    if (ParameterMapping.decide(asked, model, format, UnsupportedParameters.Drop)
        instanceof ParameterDecision.Send(var effective)) {
      assertThat(effective.outcomes().stream().map(ParameterOutcome::name))
          .as("seed %d", seed)
          .containsExactlyElementsOf(changed(asked, effective));
      assertThat(effective.outcomes())
          .as("seed %d", seed)
          .allMatch(outcome -> outcome.sentence().endsWith("."));
    }
  }

  /// What is sent is accepted as it is: mapping it again changes nothing.
  @RepeatedTest(300)
  void changesNothingASecondTime() {
    var model = model();
    var format = pick(RequestFormat.values());
    if (decide(values(), model, format) instanceof ParameterDecision.Send(var effective)) {
      var again =
          ParameterMapping.decide(effective.values(), model, format, UnsupportedParameters.Reject);

      assertThat(again)
          .as("seed %d", seed)
          .isInstanceOfSatisfying(
              ParameterDecision.Send.class,
              send -> assertThat(send.effective().values()).isEqualTo(effective.values()));
    }
  }

  @RepeatedTest(2000)
  void findsOrMissesAnyIdWithoutAnError() {
    var provider = pick(Provider.values());
    String id = anyText();

    var model = Asked.CATALOGUE.describe(provider, id);

    assertThat(model.id()).as("seed %d", seed).isEqualTo(id);
    assertThat(decide(values(), model, pick(RequestFormat.values())))
        .as("seed %d", seed)
        .isNotNull();
  }

  private static List<Parameter> changed(Parameters asked, EffectiveParameters effective) {
    return asked.values().keySet().stream()
        .filter(name -> !asked.get(name).equals(effective.values().get(name)))
        .toList();
  }

  private static ParameterDecision decide(
      Map<Parameter, ParameterValue> values, ModelFacts model, RequestFormat format) {
    return ParameterMapping.decide(parameters(values), model, format, UnsupportedParameters.Drop);
  }

  private static Parameters parameters(Map<Parameter, ParameterValue> values) {
    return new Parameters(new TreeMap<>(values));
  }

  private ModelFacts model() {
    var entry = ENTRIES.get(random.nextInt(ENTRIES.size()));
    return entry.provider() == Provider.AzureOpenAI
        ? Asked.CATALOGUE.describe(
            entry.provider(), DeclaredModel.of("deployment").basedOn(entry.id()), Facts.none())
        : Asked.CATALOGUE.describe(entry.provider(), entry.id());
  }

  private Map<Parameter, ParameterValue> values() {
    var values = new LinkedHashMap<Parameter, ParameterValue>();
    for (var name : Parameter.values()) {
      if (random.nextBoolean()) {
        values.put(name, value(name));
      }
    }
    return values;
  }

  private ParameterValue value(Parameter name) {
    return switch (name) {
      case Temperature, TopP ->
          new ParameterValue.Decimal(BigDecimal.valueOf(random.nextInt(0, 101), 2));
      case MaxOutputTokens ->
          new ParameterValue.Whole(1 + random.nextLong(1L << random.nextInt(30)));
      case TimeoutSeconds -> new ParameterValue.Whole(random.nextInt(1, 3601));
      case StopSequences ->
          new ParameterValue.Texts(
              Collections.nCopies(random.nextInt(1, 6), random.nextBoolean() ? "END" : " "));
      case ReasoningEffort -> new ParameterValue.Effort(pick(ReasoningEffort.values()));
      case Extra -> new ParameterValue.Fields(Asked.json(pick(EXTRAS)));
    };
  }

  private static final String[] EXTRAS = {
    "{\"seed\":1,\"presence_penalty\":0.5,\"nested\":{\"a\":1,\"b\":{\"d\":2,\"c\":3}}}",
    "{\"frequency_penalty\":1}",
    "{\"generationConfig\":{\"topK\":1,\"candidateCount\":2}}",
    "{\"reasoning\":{\"summary\":\"auto\"},\"metadata\":{\"z\":\"1\",\"a\":\"2\"}}"
  };

  /// The same values, put in another order, at every depth.
  private Map<Parameter, ParameterValue> shuffled(Map<Parameter, ParameterValue> values) {
    var names = new ArrayList<>(values.keySet());
    Collections.shuffle(names, new Random(random.nextLong()));
    var result = new LinkedHashMap<Parameter, ParameterValue>();
    for (var name : names) {
      var value = values.get(name);
      result.put(
          name,
          value instanceof ParameterValue.Fields fields
              ? new ParameterValue.Fields(reversed(fields.object()))
              : value);
    }
    return result;
  }

  private static ObjectNode reversed(ObjectNode object) {
    var fields = new ArrayList<>(object.properties());
    Collections.reverse(fields);
    object.removeAll();
    fields.forEach(field ->
        object.set(
            field.getKey(),
            field.getValue() instanceof ObjectNode inner ? reversed(inner) : field.getValue()));
    return object;
  }

  private String anyText() {
    if (random.nextInt(3) == 0) {
      // Near a real id, where the steps of the matching are.
      String id = ENTRIES.get(random.nextInt(ENTRIES.size())).id();
      int cut = random.nextInt(id.length() + 1);
      return id.substring(0, cut)
          + pick(new String[] {"", ":", "/", "-latest", ":free", "-20250101", "ft:", "."})
          + id.substring(cut);
    }
    var text = new StringBuilder();
    for (int left = random.nextInt(0, 40); left > 0; left--) {
      text.appendCodePoint(
          random.nextInt(8) == 0
              ? random.nextInt(1, Character.MAX_CODE_POINT)
              : "abcgpt-claude.:/0123456789*".charAt(random.nextInt(27)));
    }
    return text.toString();
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
