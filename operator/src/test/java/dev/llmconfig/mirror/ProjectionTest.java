package dev.llmconfig.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Objects as rows.
class ProjectionTest {

  private static final Ref OPENAI = new Ref("agents", "openai");

  @Test
  void aKeyIsItsObjectAndItsManagedSecret() {
    var row =
        Projection.key(
            Sample.key(OPENAI, "u1", 3), Optional.of(Sample.managedSecret(OPENAI, "s1", 9)));

    assertThat(row.ref()).isEqualTo(OPENAI);
    assertThat(row.declared().provider()).isEqualTo("OpenAI");
    assertThat(row.declared().source()).isEqualTo("secretRef");
    assertThat(row.told().ready().reason()).isEqualTo("Verified");
    assertThat(row.told().fingerprint()).isEqualTo("hmac:9");
    assertThat(row.secretVersion()).isEqualTo("s1/9");
    assertThat(row.current().orElseThrow().token()).isEqualTo("gAAAAABcurrent9");
    assertThat(row.endpoint()).isEqualTo("https://api.openai.com/v1");
  }

  @Test
  void theEndpointIsTheOneBesideTheTokenAndNotTheOneThatIsWishedFor() {
    var key = Sample.key(OPENAI, "u1", 3);
    key.getSpec().setEndpoint("https://wished.example.com/v1");
    key.getStatus().setEndpoint("https://older.example.com/v1");

    var row = Projection.key(key, Optional.of(Sample.managedSecret(OPENAI, "s1", 9)));

    assertThat(row.endpoint()).isEqualTo("https://api.openai.com/v1");
  }

  @Test
  void aSecretThatIsNotOursIsNotLookedAt() {
    var foreign = Sample.managedSecret(OPENAI, "s1", 9);
    foreign.getMetadata().getLabels().remove(Labels.MANAGED_BY);
    var elsewhere = Sample.managedSecret(new Ref("agents", "other"), "s1", 9);

    assertThat(Projection.key(Sample.key(OPENAI, "u1", 3), Optional.of(foreign)).current())
        .isEmpty();
    assertThat(Projection.key(Sample.key(OPENAI, "u1", 3), Optional.of(elsewhere)).current())
        .isEmpty();
  }

  /// Somebody with the right to write Secrets puts a plain key into ours.
  @Test
  void whatIsNoTokenGoesNowhere() {
    var secret =
        new SecretBuilder(Sample.managedSecret(OPENAI, "s1", 9))
            .withData(
                Map.of(
                    ManagedNames.CURRENT,
                    Sample.base64("sk-canary-0123456789abcdef"),
                    ManagedNames.PREVIOUS,
                    "not base64!"))
            .build();

    var row = Projection.key(Sample.key(OPENAI, "u1", 3), Optional.of(secret));

    assertThat(row.current()).isEmpty();
    assertThat(row.previous()).isEmpty();
    assertThat(row.toString()).doesNotContain("canary");
  }

  @Test
  void aRowDoesNotTellItsTokens() {
    var row = Sample.keyRow(OPENAI, "u1", 3);

    assertThat(row.toString()).doesNotContain("gAAAAAB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata: {namespace: a, name: b}",
        "metadata: {namespace: a, name: b}\nspec: {}",
        "metadata: {namespace: a, name: b, deletionTimestamp: x}\nspec: {}\nstatus: {}",
        "metadata: {namespace: a, name: b, managedFields: [{}], labels: {}, ownerReferences: []}\n"
            + "status: {conditions: [{}], workloads: {}, previous: {}}",
      })
  void whateverTheApiServerLetInHasARow(String yaml) {
    var key = Projection.key(Serialization.unmarshal(yaml, ApiKeyConfig.class), Optional.empty());
    var config = Projection.modelConfig(Serialization.unmarshal(yaml, ModelConfig.class));

    assertThat(key.ref()).isEqualTo(new Ref("a", "b"));
    assertThat(config.ref()).isEqualTo(new Ref("a", "b"));
    assertThat(key.current()).isEmpty();
    assertThat(config.applied()).isEmpty();
  }

  @Test
  void whatTellsAToolIsKeptAndOtherAnnotationsAreNot() {
    var key = Sample.key(OPENAI, "u1", 3);
    key.getMetadata()
        .setAnnotations(
            Map.of(
                "argocd.argoproj.io/tracking-id",
                "team-a:llmconfig.dev/ApiKeyConfig:agents/openai",
                "kubectl.kubernetes.io/last-applied-configuration",
                "{\"key\":\"sk-canary\"}",
                Annotations.LAST_CHANGED_BY,
                "jane"));

    var marks = Projection.version(key).marks();

    assertThat(marks)
        .contains("team-a:llmconfig.dev", "jane", "kubectl", "llm-config-operator")
        .doesNotContain("canary", "last-applied");
  }

  @Test
  void whoWroteTheSpecIsNotWhoWroteTheStatus() {
    var version = Projection.version(Sample.key(OPENAI, "u1", 3));

    assertThat(version.specManager()).isEqualTo("kubectl");
    assertThat(version.lastManager()).isEqualTo("llm-config-operator");
  }

  @Test
  void ofTwoManagersInOneSecondTheLaterInTheListIsTaken() {
    var key = Sample.key(OPENAI, "u1", 3);
    key.getMetadata()
        .setManagedFields(
            List.of(
                new ManagedFieldsEntryBuilder().withManager("first").withTime("t").build(),
                new ManagedFieldsEntryBuilder().withManager("second").withTime("t").build()));

    assertThat(Projection.version(key).specManager()).isEqualTo("second");
  }
}
