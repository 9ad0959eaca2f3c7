package dev.llmconfig.plan;

import static dev.llmconfig.plan.Samples.parameters;
import static dev.llmconfig.plan.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.catalogue.DeclaredModel;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.domain.AppliedRevision;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterOutcome;
import dev.llmconfig.domain.ParameterOutcome.Why;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Parameters that were decided under another catalogue, while the same is declared.
class KeptParametersTest {

  private static final Parameters ASKED =
      parameters(
          Map.of(
              Parameter.Temperature, ParameterValue.Decimal.of("0.2"),
              Parameter.MaxOutputTokens, new ParameterValue.Whole(999999),
              Parameter.TimeoutSeconds, new ParameterValue.Whole(60)));

  @Test
  void whatIsSentAsAskedHasNoOutcome() {
    var sent = kept("gpt-4.1-mini", ASKED);

    assertThat(sent.outcomes()).isEmpty();
    assertThat(sent.honoured()).isEqualTo(ConditionReason.AllSent);
    assertThat(sent.effective()).isEqualTo(ASKED);
    assertThat(sent.otherwise()).containsExactly(Parameter.MaxOutputTokens);
  }

  @Test
  void whatTodayIsSaidAboutTheSameIsSaid() {
    var sent = kept("gpt-4.1-mini", with32768());

    assertThat(sent.outcomes())
        .singleElement()
        .isInstanceOfSatisfying(
            ParameterOutcome.Changed.class,
            changed -> {
              assertThat(changed.why()).isEqualTo(Why.AboveLimit);
              assertThat(changed.sentence()).contains("the limit of gpt-4.1-mini (litellm@");
            });
    assertThat(sent.honoured()).isEqualTo(ConditionReason.Clamped);
    assertThat(sent.otherwise()).isEmpty();
  }

  private static Parameters with32768() {
    return parameters(
        Map.of(
            Parameter.Temperature, ParameterValue.Decimal.of("0.2"),
            Parameter.MaxOutputTokens, new ParameterValue.Whole(32768),
            Parameter.TimeoutSeconds, new ParameterValue.Whole(60)));
  }

  @Test
  void whatWasLoweredToAnotherLimitIsSaidAsItWasApplied() {
    var sent =
        kept(
            "gpt-4.1-mini",
            parameters(
                Map.of(
                    Parameter.Temperature, ParameterValue.Decimal.of("0.2"),
                    Parameter.MaxOutputTokens, new ParameterValue.Whole(1000),
                    Parameter.TimeoutSeconds, new ParameterValue.Whole(60))));

    assertThat(sent.outcomes())
        .extracting(ParameterOutcome::why, ParameterOutcome::source, ParameterOutcome::sentence)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                Why.AsApplied,
                "applied",
                "maxOutputTokens is sent to gpt-4.1-mini as it was applied: 1000."));
    assertThat(sent.honoured()).isEqualTo(ConditionReason.Clamped);
    assertThat(sent.otherwise()).containsExactly(Parameter.MaxOutputTokens);
  }

  @Test
  void whatWasDroppedAndWouldBeSentIsSaidAsItWasApplied() {
    var sent =
        kept(
            "gpt-4.1-mini",
            parameters(Map.of(Parameter.TimeoutSeconds, new ParameterValue.Whole(60))));

    assertThat(sent.outcomes())
        .extracting(ParameterOutcome::sentence)
        .containsExactly(
            "temperature is not sent to gpt-4.1-mini, as it was applied.",
            "maxOutputTokens is not sent to gpt-4.1-mini, as it was applied.");
    assertThat(sent.honoured()).isEqualTo(ConditionReason.Dropped);
    assertThat(sent.otherwise())
        .containsExactlyInAnyOrder(Parameter.Temperature, Parameter.MaxOutputTokens);
  }

  @Test
  void whatTodayWouldBeRefusedIsKeptAndSaid() {
    var sent =
        kept(
            "gpt-5-mini",
            UnsupportedParameters.Reject,
            parameters(Map.of(Parameter.Temperature, ParameterValue.Decimal.of("0.2"))),
            parameters(Map.of(Parameter.Temperature, ParameterValue.Decimal.of("0.2"))));

    assertThat(sent.effective().temperature()).isPresent();
    assertThat(sent.otherwise()).containsExactly(Parameter.Temperature);
    assertThat(sent.notes()).isEmpty();
  }

  @Test
  void ofAModelThatIsStillUnknownNothingIsClaimed() {
    assertThat(kept("brand-new-9", ASKED).honoured()).isEqualTo(ConditionReason.ModelUnknown);
  }

  @Test
  void anotherDeclarationIsDecidedByWhatIsKnownToday() {
    var question = question("gpt-5-mini", UnsupportedParameters.Drop, ASKED);
    var applied = applied(question("gpt-5-mini", UnsupportedParameters.Reject, ASKED), ASKED);
    var facts = Samples.CATALOGUE.describe(Provider.OpenAI, question.model(), Facts.none());

    assertThat(ParameterResult.of(question, facts, Optional.of(applied)))
        .isInstanceOfSatisfying(
            ParameterResult.Sent.class,
            sent -> assertThat(sent.effective().temperature()).isEmpty());
  }

  private static ParameterResult.Sent kept(String model, Parameters kept) {
    return kept(model, UnsupportedParameters.Drop, ASKED, kept);
  }

  private static ParameterResult.Sent kept(
      String model, UnsupportedParameters policy, Parameters asked, Parameters kept) {
    var question = question(model, policy, asked);
    var facts = Samples.CATALOGUE.describe(Provider.OpenAI, question.model(), Facts.none());
    var result = ParameterResult.of(question, facts, Optional.of(applied(question, kept)));
    assertThat(result).isInstanceOf(ParameterResult.Sent.class);
    return (ParameterResult.Sent) result;
  }

  private static ParameterQuestion question(
      String model, UnsupportedParameters policy, Parameters asked) {
    return new ParameterQuestion(
        Provider.OpenAI, DeclaredModel.of(model), asked, policy, Optional.empty());
  }

  private static AppliedRevision applied(ParameterQuestion question, Parameters kept) {
    var some = Samples.applied(Samples.observed()).applied().orElseThrow();
    return new AppliedRevision(
        "m-1",
        with(some.settings(), "parameters", kept),
        with(some.basis(), "declared", question.name()));
  }
}
