package dev.llmconfig.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Probe;
import dev.llmconfig.api.SealingScope;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParsingTest {

  private static final KubernetesSerialization OBJECTS = new KubernetesSerialization();

  @Test
  void fillsInWhatIsDeclaredNowhere() {
    var key = valid("provider: OpenAI\nsecretRef: {name: openai}");

    assertThat(key.endpoint().text()).isEqualTo("https://api.openai.com/v1");
    assertThat(key.gracePeriod()).isEqualTo(Duration.ofDays(7));
    assertThat(key.verification())
        .isEqualTo(
            new KeyVerification(
                VerificationMode.OnChangeAndPeriodic, Probe.ListModels, Duration.ofHours(6)));
    assertThat(key.expiresAt()).isEmpty();
    assertThat(key.suspended()).isFalse();
    assertThat(key.source()).isInstanceOf(KeySource.FromSecret.class);
  }

  @Test
  void takesWhatIsDeclared() {
    var key =
        valid(
            """
            provider: VLLM
            encryptedKey: gAAAAAtoken
            endpoint: HTTP://Model:8000/v1/
            rotation: {gracePeriodSeconds: 0}
            expiresAt: "2027-03-31T02:00:00+02:00"
            verification: {mode: Disabled}
            suspend: true
            """);

    assertThat(key.endpoint().text()).isEqualTo("http://model:8000/v1");
    assertThat(key.gracePeriod()).isZero();
    assertThat(key.verification().required()).isFalse();
    assertThat(key.expiresAt()).contains(Instant.parse("2027-03-31T00:00:00Z"));
    assertThat(key.suspended()).isTrue();
    assertThat(key.source()).isEqualTo(new KeySource.Encrypted("gAAAAAtoken"));
    assertThat(key.ref()).hasToString("team/x");
  }

  @Test
  void aSealedKeyIsNotPrinted() {
    var key = valid("provider: OpenAI\nsealedKey: {encryptedData: AgBsealed}");

    assertThat(key.source()).isEqualTo(new KeySource.Sealed("AgBsealed", SealingScope.Strict));
    assertThat(key.toString()).doesNotContain("AgBsealed");
  }

  @Test
  void aSealedKeyHasTheScopeThatIsDeclared() {
    var key = valid("provider: OpenAI\nsealedKey: {encryptedData: AgB0, scope: ClusterWide}");

    assertThat(key.source()).isEqualTo(new KeySource.Sealed("AgB0", SealingScope.ClusterWide));
  }

  @Test
  void onlyAKeylessProviderNeedsNoSource() {
    assertThat(valid("provider: Echo").source()).isEqualTo(new KeySource.Keyless());
    assertThat(problems("provider: OpenAI"))
        .containsExactly("OpenAI needs a key: add secretRef, encryptedKey or sealedKey.");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThat(
            problems(
                """
                provider: AzureOpenAI
                secretRef: {name: a}
                encryptedKey: gAAAAAtoken
                expiresAt: tomorrow
                """))
        .containsExactly(
            "A key has one source: keep one of secretRef, encryptedKey and sealedKey.",
            "AzureOpenAI has no endpoint of its own: set spec.endpoint.",
            "spec.expiresAt is no time like 2027-03-31T00:00:00Z.");
  }

  @Test
  void anEndpointThatIsNoneIsSaid() {
    assertThat(problems("provider: VLLM\nendpoint: ftp://x"))
        .singleElement()
        .asString()
        .contains("absolute http or https URL");
  }

  @Test
  void withoutAProviderNothingElseIsLookedAt() {
    assertThat(problems("endpoint: nonsense")).hasSize(1).first().asString().contains("provider");
  }

  private static ApiKey valid(String spec) {
    var parsed = Parsing.apiKey(config(spec));
    assertThat(parsed).isInstanceOf(Validated.Valid.class);
    return ((Validated.Valid<ApiKey>) parsed).value();
  }

  private static List<String> problems(String spec) {
    var parsed = Parsing.apiKey(config(spec));
    assertThat(parsed).isInstanceOf(Validated.Invalid.class);
    return ((Validated.Invalid<ApiKey>) parsed).problems().stream().map(Problem::sentence).toList();
  }

  private static ApiKeyConfig config(String spec) {
    return OBJECTS.unmarshal(
        "metadata: {namespace: team, name: x, generation: 3}\nspec:\n" + spec.indent(2),
        ApiKeyConfig.class);
  }
}
