package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // the extension sets the fields
@EnableKubernetesMockClient(crud = true)
class KeyringSecretTest {

  private static final Ref RING = new Ref("home", "ring");

  KubernetesClient client;

  @Test
  void makesFingerprintKeyAndEncryptionKeyWhereNothingIs() {
    var keyring = new KeyringSecret(client, RING, Optional.empty());

    keyring.readOrMake(() -> false, WritePermission.ALWAYS);

    assertThat(stored().getData()).containsOnlyKeys("keys", "fingerprint-key");
    assertThat(stored().getType()).isEqualTo("llmconfig.dev/key-ring");
    assertThat(keyring.current()).isPresent();
  }

  @Test
  void keepsTheFingerprintKeyAloneWhereARingIsGiven() {
    var ring = KeyRing.of(FernetKey.generate());
    var keyring = new KeyringSecret(client, RING, Optional.of(ring));

    keyring.readOrMake(() -> true, WritePermission.ALWAYS);

    assertThat(stored().getData()).containsOnlyKeys("fingerprint-key");
    assertThat(keyring.current()).hasValueSatisfying(one -> assertThat(one.ring()).isSameAs(ring));
  }

  @Test
  void neverMakesARingOverSomethingEncrypted() {
    var keyring = new KeyringSecret(client, RING, Optional.empty());

    keyring.readOrMake(() -> true, WritePermission.ALWAYS);

    assertThat(client.secrets().inNamespace("home").withName("ring").get()).isNull();
    assertThat(keyring.current()).isEmpty();
  }

  @Test
  void usesWhatIsThere() {
    var first = new KeyringSecret(client, RING, Optional.empty());
    first.readOrMake(() -> false, WritePermission.ALWAYS);
    var before = stored();

    var second = new KeyringSecret(client, RING, Optional.empty());
    second.readOrMake(() -> true, WritePermission.ALWAYS);

    assertThat(stored()).isEqualTo(before);
    assertThat(second.current().orElseThrow().installation())
        .isEqualTo(first.current().orElseThrow().installation());
  }

  @Test
  void addsWhatIsMissingBesideWhatIsThere() {
    var given = new KeyringSecret(client, RING, Optional.of(KeyRing.of(FernetKey.generate())));
    given.readOrMake(() -> false, WritePermission.ALWAYS);
    var fingerprintKey = stored().getData().get("fingerprint-key");

    new KeyringSecret(client, RING, Optional.empty())
        .readOrMake(() -> false, WritePermission.ALWAYS);

    assertThat(stored().getData())
        .containsEntry("fingerprint-key", fingerprintKey)
        .containsKey("keys");
  }

  @Test
  void aTextThatDoesNotParseLeavesTheOldRingInForce() {
    var keyring = new KeyringSecret(client, RING, Optional.empty());
    keyring.readOrMake(() -> false, WritePermission.ALWAYS);
    var before = keyring.current().orElseThrow();

    client
        .secrets()
        .inNamespace("home")
        .resource(
            new SecretBuilder(stored())
                .addToData(Map.of("keys", Base64.getEncoder().encodeToString(new byte[] {1, 2})))
                .build())
        .update();
    keyring.read();

    assertThat(keyring.current()).contains(before);
  }

  private Secret stored() {
    return client.secrets().inNamespace("home").withName("ring").get();
  }
}
