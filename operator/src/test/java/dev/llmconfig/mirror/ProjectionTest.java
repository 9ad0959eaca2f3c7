package dev.llmconfig.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Discovery;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.AdditionalModel;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelSelection;
import dev.llmconfig.api.v1alpha1.Note;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
            Sample.key(OPENAI, "u1", 3),
            Optional.of(Sample.managedSecret(OPENAI, "s1", 9)),
            Optional.of(Sample.facts(OPENAI, "u1", 4, "gpt-5")));

    assertThat(row.ref()).isEqualTo(OPENAI);
    assertThat(row.declared().provider()).isEqualTo("OpenAI");
    assertThat(row.declared().source()).isEqualTo("secretRef");
    assertThat(row.told().ready().reason()).isEqualTo("Verified");
    assertThat(row.told().fingerprint()).isEqualTo("hmac:9");
    assertThat(row.secretVersion()).isEqualTo("s1/9");
    assertThat(row.factsVersion()).isEqualTo("u1f/4");
    assertThat(row.current().orElseThrow().token()).isEqualTo("gAAAAABcurrent9");
    assertThat(row.accepted().terms()).isEqualTo("t-9");
    assertThat(row.accepted().authority()).contains("-----BEGIN CERTIFICATE-----4");
    assertThat(row.accepted().endpoint()).isEqualTo("https://api.openai.com/v1");
  }

  @Test
  void theEndpointIsTheOneBesideTheTokenAndNotTheOneThatIsWishedFor() {
    var key = Sample.key(OPENAI, "u1", 3);
    key.getSpec().setEndpoint("https://wished.example.com/v1");
    key.getStatus().setEndpoint("https://older.example.com/v1");

    var row = key(key, Sample.managedSecret(OPENAI, "s1", 9));

    assertThat(row.accepted().endpoint()).isEqualTo("https://api.openai.com/v1");
  }

  @Test
  void aSecretThatIsNotOursIsNotLookedAt() {
    var foreign = Sample.managedSecret(OPENAI, "s1", 9);
    foreign.getMetadata().getLabels().remove(Labels.MANAGED_BY);
    var elsewhere = Sample.managedSecret(new Ref("agents", "other"), "s1", 9);

    assertThat(key(Sample.key(OPENAI, "u1", 3), foreign).current()).isEmpty();
    assertThat(key(Sample.key(OPENAI, "u1", 3), elsewhere).current()).isEmpty();
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

    var row = key(Sample.key(OPENAI, "u1", 3), secret);

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
    var object = Serialization.unmarshal(yaml, ApiKeyConfig.class);
    var key = Projection.key(object, Optional.empty(), Optional.empty());
    var models = Projection.models(object, key, Optional.empty(), Sample.CATALOGUE).list().get();
    var config = Projection.modelConfig(Serialization.unmarshal(yaml, ModelConfig.class));

    assertThat(key.ref()).isEqualTo(new Ref("a", "b"));
    assertThat(config.ref()).isEqualTo(new Ref("a", "b"));
    assertThat(key.current()).isEmpty();
    assertThat(models.models()).isEmpty();
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

  @Test
  void whyThereIsNothingToChooseFromIsInTheRow() {
    var key = Sample.key(OPENAI, "u1", 3);
    key.getStatus().setModelCount(0);
    key.getStatus()
        .setNotes(
            List.of(
                note("KeyExpiresSoon", "The key expires."),
                note("HiddenByAllowList", "No model fits the patterns of models.allow.")));

    var row = key(key, Sample.managedSecret(OPENAI, "s1", 9));

    assertThat(row.told().emptyList())
        .contains(
            new KeyRow.EmptyList(
                "HiddenByAllowList", "No model fits the patterns of models.allow."));
    key.getStatus().setModelCount(1);
    assertThat(key(key, Sample.managedSecret(OPENAI, "s1", 9)).told().emptyList()).isEmpty();
  }

  @Test
  void aListHasWhatTheCatalogueAndTheObjectKnowOfEachModel() {
    var key = Sample.key(OPENAI, "u1", 3);
    var mine = new AdditionalModel();
    mine.setId("ft:mine");
    mine.setBaseModel("gpt-5-mini");
    mine.setMaxOutputTokens(99);
    var selection = new ModelSelection();
    selection.setAdditional(List.of(mine));
    key.getSpec().setModels(selection);

    var facts = Sample.facts(OPENAI, "u1", 4);
    facts
        .getData()
        .put(
            ManagedNames.MODELS,
            "{\"models\":{\"gpt-5-mini\":{\"2026-11-20\":{\"contextTokens\":400000}}}}");

    var models = models(key, facts);

    assertThat(models.askedAt()).contains("2026-11-20T12:00:00Z");
    assertThat(models.models())
        .extracting(
            OfferedModels.Model::id,
            OfferedModels.Model::contextTokens,
            OfferedModels.Model::maxOutputTokens)
        .containsExactly(
            tuple("ft:mine", OptionalLong.empty(), OptionalLong.of(99)),
            tuple("gpt-5-mini", OptionalLong.of(400_000), OptionalLong.of(128_000)));
    assertThat(models.models().getFirst().facts()).contains("\"source\":\"override\"");
  }

  @Test
  void theListOfAnotherPlaceIsNone() {
    var elsewhere = Sample.facts(OPENAI, "u1", 4, "gpt-5-mini");
    elsewhere.getMetadata().getAnnotations().put(Annotations.ENDPOINT, "https://other.example.com");

    var models = models(Sample.key(OPENAI, "u1", 3), elsewhere);

    assertThat(models.models()).isEmpty();
    assertThat(models.askedAt()).isEmpty();
  }

  @Test
  void withDiscoveryOffThereIsWhatIsDeclared() {
    var key = Sample.key(OPENAI, "u1", 3);
    var selection = new ModelSelection();
    selection.setDiscovery(Discovery.Disabled);
    key.getSpec().setModels(selection);

    assertThat(models(key, Sample.facts(OPENAI, "u1", 4, "gpt-5-mini")).models()).isEmpty();
  }

  @Test
  void aDateThatIsNoneIsNotShown() {
    var facts = Sample.facts(OPENAI, "u1", 4, "gpt-5-mini");
    facts.getMetadata().getAnnotations().put(Annotations.ASKED_AT, "<b>soon</b>");

    assertThat(models(Sample.key(OPENAI, "u1", 3), facts).askedAt()).isEmpty();
  }

  /// Whoever may write ConfigMaps must not decide which servers get a key.
  @Test
  void certificatesThatTheTermsDoNotKnowOfAreNotTrusted() {
    var secret = Sample.managedSecret(OPENAI, "s1", 9);
    secret.getMetadata().getAnnotations().remove(Annotations.TERMS);

    var row =
        Projection.key(
            Sample.key(OPENAI, "u1", 3),
            Optional.of(secret),
            Optional.of(Sample.facts(OPENAI, "u1", 4, "gpt-5")));

    assertThat(row.accepted().authority()).isEmpty();
  }

  private static OfferedModels models(ApiKeyConfig key, ConfigMap facts) {
    var row = Projection.key(key, Optional.empty(), Optional.of(facts));
    return Projection.models(key, row, Optional.of(facts), Sample.CATALOGUE).list().get();
  }

  private static KeyRow key(ApiKeyConfig key, Secret secret) {
    return Projection.key(key, Optional.of(secret), Optional.empty());
  }

  private static Note note(String reason, String message) {
    var note = new Note();
    note.setReason(reason);
    note.setMessage(message);
    return note;
  }
}
