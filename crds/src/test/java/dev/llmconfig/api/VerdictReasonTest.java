package dev.llmconfig.api;

import static dev.llmconfig.api.VerdictKind.Accepted;
import static dev.llmconfig.api.VerdictKind.Refused;
import static dev.llmconfig.api.VerdictKind.Transient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.VerdictReason.Names;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictReasonTest {

  private static final Names ALL =
      new Names(
          "OpenAI", "api.openai.com", Optional.of("gpt-5-mini"), Optional.of("Secret team-a"));
  private static final Names FEW =
      new Names("OpenAI", "api.openai.com", Optional.empty(), Optional.empty());

  @ParameterizedTest
  @EnumSource(VerdictReason.class)
  void eachHasOneSentenceAndSomethingToDo(VerdictReason reason) {
    for (Names names : new Names[] {ALL, FEW}) {
      assertThat(reason.sentence(names)).matches("[A-Za-z0-9].*[^.]\\.").doesNotContain(". ");
      assertThat(reason.nextStep(names)).matches("[A-Z].*\\.");
      assertThat(reason.sentence(names) + reason.nextStep(names)).doesNotContain("{", "}", "!");
    }
  }

  @Test
  void namesStandWhereTheyBelong() {
    assertThat(VerdictReason.InvalidKey.nextStep(ALL))
        .isEqualTo(
            "Put the right key into Secret team-a; check that it belongs to this provider and endpoint.");
    assertThat(VerdictReason.InvalidKey.nextStep(FEW))
        .startsWith("Put the right key into the Secret;");
    assertThat(VerdictReason.ModelNotFound.sentence(ALL))
        .isEqualTo("OpenAI does not know the model gpt-5-mini.");
    assertThat(VerdictReason.ModelNotFound.sentence(FEW))
        .isEqualTo("OpenAI does not know the model.");
  }

  @Test
  void aModelMayBeCalledWhateverItIsCalled() {
    Names odd = new Names("OpenAI", "h", Optional.of("{host}{secret}"), Optional.empty());

    assertThat(VerdictReason.ModelNotFound.sentence(odd))
        .isEqualTo("OpenAI does not know the model {host}{secret}.");
  }

  @ParameterizedTest
  @CsvSource({
    "KeyAccepted,Accepted,Accepted,Accepted",
    "NoKeyNeeded,Accepted,Accepted,Accepted",
    "KeyNotChecked,Accepted,Accepted,Accepted",
    "ModelAvailable,Accepted,Accepted,Accepted",
    "ModelNotChecked,Accepted,Accepted,Accepted",
    "ParameterRejected,Accepted,Accepted,Accepted",
    "InvalidKey,Refused,Refused,Refused",
    "InvalidKeyOrEndpoint,Refused,Refused,Refused",
    "KeyDisabled,Refused,Refused,Refused",
    "KeyMalformed,Refused,Refused,Refused",
    "NotAllowedFromHere,Refused,Refused,Refused",
    "ModelNotFound,Refused,Refused,Refused",
    "ModelAccessNotGranted,Refused,Refused,Refused",
    "EndpointNotAllowed,Refused,Refused,Refused",
    "KeyRefused,Refused,Transient,Refused",
    "EndpointRedirected,Refused,Transient,Refused",
    "TLSFailed,Refused,Transient,Refused",
    "NotAnLLMEndpoint,Refused,Transient,Refused",
    "InsufficientPermissions,Transient,Transient,Refused",
    "QuotaExhausted,Transient,Transient,Transient",
    "RateLimited,Transient,Transient,Transient",
    "EndpointUnreachable,Transient,Transient,Transient",
    "Timeout,Transient,Transient,Transient",
    "ProviderUnavailable,Transient,Transient,Transient",
    "UnrecognisedAnswer,Transient,Transient,Transient"
  })
  void whatFollows(
      VerdictReason reason, VerdictKind first, VerdictKind later, VerdictKind firstCompletion) {
    assertThat(reason.kindAtFirstContact(Probe.ListModels)).isEqualTo(first);
    assertThat(reason.kindOnceAccepted(Probe.ListModels)).isEqualTo(later);
    assertThat(reason.kindAtFirstContact(Probe.Completion)).isEqualTo(firstCompletion);
  }

  @Test
  void onlyTheProvidersWeatherIsTransientForAKeyThatWasAccepted() {
    assertThat(VerdictReason.values())
        .filteredOn(reason -> reason.kindOnceAccepted(Probe.ListModels) == Transient)
        .noneMatch(reason -> reason.keyProof() == KeyProof.Bad);
    assertThat(VerdictReason.values())
        .filteredOn(reason -> reason.keyProof() == KeyProof.Bad)
        .allMatch(reason -> reason.kindOnceAccepted(Probe.ListModels) == Refused);
    assertThat(VerdictReason.values())
        .filteredOn(reason -> reason.kindAtFirstContact(Probe.ListModels) == Accepted)
        .noneMatch(reason -> reason.keyProof() == KeyProof.Bad);
  }
}
