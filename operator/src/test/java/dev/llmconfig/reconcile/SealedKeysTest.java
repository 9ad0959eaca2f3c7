package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.Fingerprints;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.Resolution;
import dev.llmconfig.plan.SealedStep;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the golden folders cannot tell: order, and reads that fail.
class SealedKeysTest {

  private static final KubernetesSerialization OBJECTS = new KubernetesSerialization();
  private static final String SEALED = "sealedKey: {encryptedData: AgB0}";

  private final List<String> asked = new ArrayList<>();

  /// The other way round, a Secret from before would be believed by a status from after.
  @Test
  void theSealedSecretIsReadBeforeItsSecret() {
    read(200);

    assertThat(asked).containsExactly("SealedSecret", "Secret");
  }

  @Test
  void aSecretThatMayNotBeReadIsSaid() {
    var reading = read(403);

    assertThat(reading.sealed()).isEqualTo(new SealedStep.Nothing());
    assertThat(reading.resolution())
        .isEqualTo(
            new Resolution.Unusable(
                ConditionReason.Forbidden,
                "The operator may not read Secret x-sealed; allow it to get secrets in namespace team."));
  }

  @Test
  void aReadThatFailsIsNoAnswer() {
    assertThatThrownBy(() -> read(500)).isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void aKeyThatLeftNoTraceAsksForNoSealedSecret() {
    var reading = sources(200).look(key("secretRef: {name: openai}"), encryption());

    assertThat(reading.sealed()).isEqualTo(new SealedStep.Nothing());
    assertThat(asked).containsExactly("Secret");
  }

  @Test
  void whatMayNotBeSentAnywhereIsNotEvenLookedFor() {
    var key = key(SEALED + "\nendpoint: https://llm.example.com/v1");

    assertThat(sources(200).look(key, encryption()).resolution())
        .isInstanceOf(Resolution.Unusable.class);
    assertThat(asked).isEmpty();
  }

  private SourceReading read(int code) {
    return sources(code).look(key(SEALED), encryption());
  }

  /// @param code what the API server answers to the question for a Secret
  private KeySources sources(int code) {
    return new KeySources(
        new UserObjects() {
          @Override
          public Optional<Secret> secret(Ref ref) {
            asked.add("Secret");
            if (code != 200) {
              throw new KubernetesClientException("no", code, null);
            }
            return Optional.empty();
          }

          @Override
          public Optional<ConfigMap> configMap(Ref ref) {
            throw new AssertionError("nobody needs a ConfigMap");
          }
        },
        new SealedSecrets() {
          @Override
          public Look get(Ref ref) {
            asked.add("SealedSecret");
            return new Look.Seen(Optional.empty());
          }

          @Override
          public boolean traced(Ref key) {
            return false;
          }
        },
        new Consent(true, false));
  }

  private static Encryption encryption() {
    return new Encryption(KeyRing.of(FernetKey.generate()), Fingerprints.generate());
  }

  private static ApiKey key(String source) {
    var config =
        OBJECTS.unmarshal(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ApiKeyConfig
            metadata: {namespace: team, name: x, uid: the-uid, generation: 1}
            spec:
              provider: OpenAI
            %s\
            """
                .formatted(source.indent(2)),
            ApiKeyConfig.class);
    return switch (Parsing.apiKey(config)) {
      case Validated.Valid<ApiKey>(var key) -> key;
      case Validated.Invalid<ApiKey>(var problems) -> throw new AssertionError(problems);
    };
  }
}
