package dev.llmconfig.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Against the packed catalogue, so that a model that changes there is noticed here.
class ModelTraitsTest {

  private static final Catalogue CATALOGUE = Catalogue.packed();

  @Test
  void aReasoningModelTakesOnlyTheDefaults() {
    ModelTraits traits = traits(Provider.OpenAI, "gpt-5-mini", Parameters.none());

    assertThat(traits.onlyTemperatureOne()).isTrue();
    assertThat(traits.refusesTopP()).isTrue();
    assertThat(traits.reasons()).isTrue();
  }

  @Test
  void anOrdinaryModelTakesEverything() {
    ModelTraits traits = traits(Provider.OpenAI, "gpt-4.1-mini", Parameters.none());

    assertThat(traits.onlyTemperatureOne()).isFalse();
    assertThat(traits.refusesTopP()).isFalse();
    assertThat(traits.reasons()).isFalse();
  }

  @Test
  void effortDecidesWhereItCanBeNone() {
    assertThat(traits(Provider.OpenAI, "gpt-5.1", effort(ReasoningEffort.None)))
        .returns(false, ModelTraits::onlyTemperatureOne)
        .returns(false, ModelTraits::reasons);
    assertThat(traits(Provider.OpenAI, "gpt-5.1", effort(ReasoningEffort.High)))
        .returns(true, ModelTraits::onlyTemperatureOne)
        .returns(true, ModelTraits::reasons);
  }

  @Test
  void claudeReasonsWhenItIsAskedTo() {
    assertThat(traits(Provider.Anthropic, "claude-sonnet-4-5", Parameters.none()).reasons())
        .isFalse();
    assertThat(
            traits(Provider.Anthropic, "claude-sonnet-4-5", effort(ReasoningEffort.High)).reasons())
        .isTrue();
  }

  @Test
  void nothingIsKnownOfAModelNobodyHasHeardOf() {
    assertThat(traits(Provider.OpenAICompatible, "acme-1", Parameters.none()))
        .isEqualTo(ModelTraits.UNKNOWN);
  }

  private static ModelTraits traits(Provider provider, String model, Parameters effective) {
    return ModelTraits.of(CATALOGUE.describe(provider, model), effective);
  }

  private static Parameters effort(ReasoningEffort level) {
    return Cases.parameters(Map.of(Parameter.ReasoningEffort, new ParameterValue.Effort(level)));
  }
}
