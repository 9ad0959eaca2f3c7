package dev.llmconfig.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.testing.Seeds;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What is promised of a parameter is what a request is granted, and nothing less is.
class ParameterSupportTest {

  private static final List<CatalogueEntry> ENTRIES =
      Arrays.stream(Provider.values())
          .flatMap(provider -> Asked.CATALOGUE.entries(provider).stream())
          .toList();

  private final long seed = Seeds.next(ParameterSupportTest.class);
  private final RandomGenerator random = new Random(seed);

  @Test
  void aModelThatRefusesAParameterSaysWhy() {
    var model = Asked.CATALOGUE.describe(Provider.OpenAI, "gpt-5-mini");

    var support = ParameterSupport.of(model, RequestFormat.ChatCompletions);

    assertThat(of(support, Parameter.Temperature).refusal())
        .contains("gpt-5-mini does not accept temperature.");
    assertThat(of(support, Parameter.Temperature).most()).isEmpty();
    assertThat(of(support, Parameter.MaxOutputTokens).most()).contains(BigDecimal.valueOf(128_000));
    assertThat(of(support, Parameter.ReasoningEffort).levels()).contains(ReasoningEffort.Low);
  }

  @Test
  void aModelThatNobodyKnowsTakesWhatAnyModelTakes() {
    var model = Asked.CATALOGUE.describe(Provider.OpenAI, "nobody-knows-it");

    var support = ParameterSupport.of(model, RequestFormat.ChatCompletions);

    assertThat(support.values()).allMatch(ParameterSupport::supported);
    assertThat(of(support, Parameter.Temperature).most()).contains(BigDecimal.TWO);
    assertThat(of(support, Parameter.MaxOutputTokens).most()).isEmpty();
    assertThat(of(support, Parameter.StopSequences).most()).contains(BigDecimal.valueOf(4));
  }

  @RepeatedTest(300)
  void theEndsOfEachRangeAreGrantedAndNothingBeyondThemIs() {
    var entry = ENTRIES.get(random.nextInt(ENTRIES.size()));
    var model = Asked.CATALOGUE.describe(entry.provider(), entry.id());
    var formats = List.of(RequestFormat.values());
    var format = formats.get(random.nextInt(formats.size()));

    ParameterSupport.of(model, format)
        .forEach((name, support) -> {
          var as = "seed %d, %s of %s as %s".formatted(seed, name, model.id(), format);
          if (name == Parameter.ReasoningEffort) {
            for (var level : ReasoningEffort.values()) {
              assertThat(granted(model, format, name, new ParameterValue.Effort(level)))
                  .as(as + level)
                  .isEqualTo(support.levels().contains(level));
            }
            return;
          }
          for (var end : List.of(support.least(), support.most())) {
            end.ifPresent(value ->
                assertThat(granted(model, format, name, value(name, value))).as(as).isTrue());
          }
          support
              .most()
              .ifPresent(most ->
                  assertThat(granted(model, format, name, value(name, most.add(BigDecimal.ONE))))
                      .as(as)
                      .isFalse());
          support
              .least()
              .filter(_ -> name != Parameter.StopSequences)
              .ifPresent(least ->
                  assertThat(
                          granted(model, format, name, value(name, least.subtract(BigDecimal.ONE))))
                      .as(as)
                      .isFalse());
          assertThat(support.least().isPresent()).as(as).isEqualTo(support.supported());
          if (!support.supported()) {
            assertThat(granted(model, format, name, value(name, new BigDecimal("0.4"))))
                .as(as)
                .isFalse();
          }
        });
  }

  private static ParameterValue value(Parameter name, BigDecimal number) {
    return switch (name) {
      case Temperature, TopP -> new ParameterValue.Decimal(number);
      case StopSequences ->
          new ParameterValue.Texts(Collections.nCopies(Math.max(1, number.intValue()), "end"));
      default -> new ParameterValue.Whole(number.longValue());
    };
  }

  /// Sent as it was asked for.
  private static boolean granted(
      ModelFacts model, RequestFormat format, Parameter name, ParameterValue value) {
    return Parameters.of(Map.of(name, value)) instanceof Validated.Valid<Parameters>(var asked)
        && ParameterMapping.decide(asked, model, format, UnsupportedParameters.Drop)
            instanceof ParameterDecision.Send(var sent)
        && sent.values().equals(asked);
  }

  private static ParameterSupport of(Map<Parameter, ParameterSupport> all, Parameter name) {
    return Optional.ofNullable(all.get(name)).orElseThrow();
  }
}
