package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // the extension sets the fields
@EnableKubernetesMockClient(crud = true)
class KeyringSecretTest {

  private static final Ref RING = new Ref("home", "ring");

  private static final Duration SOON = Duration.ofSeconds(10);

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

    try (var _ = keyring.watch()) {
      write(Map.of("keys", Base64.getEncoder().encodeToString(new byte[] {1, 2})));
      write(Map.of("other", "eA=="));
      await("the watch").atMost(SOON).until(() -> stored().getData().containsKey("other"));

      assertThat(keyring.current()).contains(before);
    }
  }

  @Test
  void aNewKeyInFrontIsTakenAndTold() {
    var keyring = new KeyringSecret(client, RING, Optional.empty());
    keyring.readOrMake(() -> false, WritePermission.ALWAYS);
    var before = keyring.current().orElseThrow();
    var told = new AtomicInteger();
    try (var _ = keyring.onChange(told::incrementAndGet);
        var _ = keyring.watch()) {

      var ring = before.ring().withFirst(FernetKey.generate());
      write(Map.of("keys", ring.text().use(Base64.getEncoder()::encodeToString)));

      await("the new ring")
          .atMost(SOON)
          .until(() -> keyring.current().orElseThrow().ring().first().equals(ring.first()));
      await("the listener").atMost(SOON).until(() -> told.get() == 1);
    }
  }

  @Test
  void aRingThatIsDeletedIsGoneUntilItIsRestored() {
    new KeyringSecret(client, RING, Optional.empty())
        .readOrMake(() -> false, WritePermission.ALWAYS);
    var backup = stored();
    var keyring = new KeyringSecret(client, RING, Optional.empty());
    try (var _ = keyring.watch()) {
      await("the ring").atMost(SOON).until(() -> keyring.current().isPresent());
      var installation = keyring.current().orElseThrow().installation();

      client.secrets().inNamespace("home").withName("ring").delete();
      await("the ring to be gone").atMost(SOON).until(() -> keyring.current().isEmpty());

      backup.getMetadata().setResourceVersion(null);
      client.resource(backup).create();
      await("the ring to be back").atMost(SOON).until(() -> keyring.current().isPresent());
      assertThat(keyring.current().orElseThrow().installation()).isEqualTo(installation);
    }
  }

  @Test
  void aGivenRingOutlivesItsSecret() {
    var ring = KeyRing.of(FernetKey.generate());
    var keyring = new KeyringSecret(client, RING, Optional.of(ring));
    keyring.readOrMake(() -> false, WritePermission.ALWAYS);
    var told = new AtomicInteger();
    try (var _ = keyring.onChange(told::incrementAndGet);
        var _ = keyring.watch()) {
      client.secrets().inNamespace("home").withName("ring").delete();

      assertThat(keyring.current()).isPresent();
      assertThat(told).hasValue(0);
    }
  }

  private void write(Map<String, String> data) {
    client
        .secrets()
        .inNamespace("home")
        .resource(new SecretBuilder(stored()).addToData(data).build())
        .update();
  }

  private Secret stored() {
    return client.secrets().inNamespace("home").withName("ring").get();
  }
}
