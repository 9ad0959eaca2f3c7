package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.reconcile.KeyringSecret.State;
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

  private static final Ref BROUGHT = new Ref("home", "brought");
  private static final KeyringPlace OWN = KeyringPlace.own(RING);

  private static final Duration SOON = Duration.ofSeconds(10);

  KubernetesClient client;

  @Test
  void makesFingerprintKeyAndEncryptionKeyWhereNothingIs() {
    var keyring = new KeyringSecret(client, OWN, Optional.empty());

    keyring.readOrMake(() -> 0, WritePermission.ALWAYS);

    assertThat(stored().getData()).containsOnlyKeys("keys", "fingerprint-key");
    assertThat(stored().getType()).isEqualTo("llmconfig.dev/key-ring");
    assertThat(keyring.current()).isPresent();
  }

  @Test
  void keepsTheFingerprintKeyAloneWhereARingIsGiven() {
    var ring = KeyRing.of(FernetKey.generate());
    var keyring = new KeyringSecret(client, OWN, Optional.of(ring));

    keyring.readOrMake(() -> 1, WritePermission.ALWAYS);

    assertThat(stored().getData()).containsOnlyKeys("fingerprint-key");
    assertThat(keyring.current()).hasValueSatisfying(one -> assertThat(one.ring()).isSameAs(ring));
  }

  @Test
  void neverMakesARingOverSomethingEncrypted() {
    var keyring = new KeyringSecret(client, OWN, Optional.empty());

    keyring.readOrMake(() -> 1, WritePermission.ALWAYS);

    assertThat(client.secrets().inNamespace("home").withName("ring").get()).isNull();
    assertThat(keyring.current()).isEmpty();
  }

  @Test
  void usesWhatIsThere() {
    var first = new KeyringSecret(client, OWN, Optional.empty());
    first.readOrMake(() -> 0, WritePermission.ALWAYS);
    var before = stored();

    var second = new KeyringSecret(client, OWN, Optional.empty());
    second.readOrMake(() -> 1, WritePermission.ALWAYS);

    assertThat(stored()).isEqualTo(before);
    assertThat(second.current().orElseThrow().installation())
        .isEqualTo(first.current().orElseThrow().installation());
  }

  @Test
  void addsWhatIsMissingBesideWhatIsThere() {
    var given = new KeyringSecret(client, OWN, Optional.of(KeyRing.of(FernetKey.generate())));
    given.readOrMake(() -> 0, WritePermission.ALWAYS);
    var fingerprintKey = stored().getData().get("fingerprint-key");

    new KeyringSecret(client, OWN, Optional.empty()).readOrMake(() -> 0, WritePermission.ALWAYS);

    assertThat(stored().getData())
        .containsEntry("fingerprint-key", fingerprintKey)
        .containsKey("keys");
  }

  @Test
  void aTextThatDoesNotParseLeavesTheOldRingInForce() {
    var keyring = new KeyringSecret(client, OWN, Optional.empty());
    keyring.readOrMake(() -> 0, WritePermission.ALWAYS);
    var before = keyring.current().orElseThrow();

    try (var _ = watching(keyring)) {
      write(Map.of("keys", Base64.getEncoder().encodeToString(new byte[] {1, 2})));
      write(Map.of("other", "eA=="));
      await("the watch").atMost(SOON).until(() -> stored().getData().containsKey("other"));

      assertThat(keyring.current()).contains(before);
    }
  }

  @Test
  void aNewKeyInFrontIsTakenAndTold() {
    var keyring = new KeyringSecret(client, OWN, Optional.empty());
    keyring.readOrMake(() -> 0, WritePermission.ALWAYS);
    var before = keyring.current().orElseThrow();
    var told = new AtomicInteger();
    try (var _ = keyring.onChange(told::incrementAndGet);
        var _ = watching(keyring)) {

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
    new KeyringSecret(client, OWN, Optional.empty()).readOrMake(() -> 0, WritePermission.ALWAYS);
    var backup = stored();
    var keyring = new KeyringSecret(client, OWN, Optional.empty());
    try (var _ = watching(keyring)) {
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
    var keyring = new KeyringSecret(client, OWN, Optional.of(ring));
    keyring.readOrMake(() -> 0, WritePermission.ALWAYS);
    var told = new AtomicInteger();
    try (var _ = keyring.onChange(told::incrementAndGet);
        var _ = watching(keyring)) {
      client.secrets().inNamespace("home").withName("ring").delete();

      assertThat(keyring.current()).isPresent();
      assertThat(told).hasValue(0);
    }
  }

  @Test
  void aTextThatDoesNotParseIsKnownUntilItIsCorrected() {
    var keyring = new KeyringSecret(client, OWN, Optional.empty());
    keyring.readOrMake(() -> 0, WritePermission.ALWAYS);
    var good = stored().getData().get("keys");
    assertThat(keyring.state()).isEqualTo(State.PRESENT);

    try (var _ = watching(keyring)) {
      write(Map.of("keys", "eA=="));
      await("the refusal").atMost(SOON).until(() -> keyring.state() == State.REFUSED);
      assertThat(keyring.current()).isPresent();

      write(Map.of("keys", good));
      await("the correction").atMost(SOON).until(() -> keyring.state() == State.PRESENT);
    }
  }

  @Test
  void aRingThatSomebodyElseMakesIsWaitedForAndCompletedInItsOwnSecret() {
    var keyring =
        new KeyringSecret(client, new KeyringPlace(RING, BROUGHT, false), Optional.empty());
    keyring.readOrMake(() -> 0, WritePermission.ALWAYS);
    assertThat(client.secrets().inNamespace("home").list().getItems()).isEmpty();

    client.resource(brought()).create();
    try (var _ = keyring.watch()) {
      await("the ring").atMost(SOON).until(() -> keyring.state() == State.INCOMPLETE);
      keyring.complete(WritePermission.ALWAYS);
    }

    assertThat(keyring.state()).isEqualTo(State.PRESENT);
    assertThat(stored().getData()).containsOnlyKeys("fingerprint-key");
    var theirs = client.secrets().inNamespace("home").withName("brought").get();
    assertThat(theirs.getData()).containsOnlyKeys("keys");
    var keys = theirs.getData().get("keys");
    assertThat(
            keyring.current().orElseThrow().ring().text().use(Base64.getEncoder()::encodeToString))
        .isEqualTo(keys);
  }

  @Test
  void withoutLeaveToMakeOneNothingIsMade() {
    var keyring = new KeyringSecret(client, new KeyringPlace(RING, RING, false), Optional.empty());

    keyring.readOrMake(() -> 0, WritePermission.ALWAYS);

    assertThat(client.secrets().inNamespace("home").list().getItems()).isEmpty();
    assertThat(keyring.state()).isEqualTo(State.MISSING);
  }

  @Test
  void theFingerprintKeyOutlivesARingThatIsRestoredWithoutIt() {
    var keyring = new KeyringSecret(client, OWN, Optional.empty());
    keyring.readOrMake(() -> 0, WritePermission.ALWAYS);
    var installation = keyring.current().orElseThrow().installation();
    var backup = stored();
    try (var _ = watching(keyring)) {
      client.secrets().inNamespace("home").withName("ring").delete();
      await("the ring to be gone").atMost(SOON).until(() -> keyring.current().isEmpty());

      var withoutIt =
          new SecretBuilder(backup)
              .editMetadata()
              .withResourceVersion(null)
              .endMetadata()
              .removeFromData("fingerprint-key")
              .build();
      client.resource(withoutIt).create();
      await("the ring").atMost(SOON).until(() -> keyring.state() == State.INCOMPLETE);
      keyring.complete(WritePermission.ALWAYS);
    }

    assertThat(keyring.current().orElseThrow().installation()).isEqualTo(installation);
  }

  /// The server of the test forgets what happens between the list and the watch: until something
  /// was seen to change, nothing may be relied on to be seen.
  private Encryptions.Subscription watching(KeyringSecret keyring) {
    var looks = new AtomicInteger();
    var nudges = new AtomicInteger(1000);
    var watch = keyring.watch();
    try (var _ = keyring.onLook(looks::incrementAndGet)) {
      await("the watch")
          .atMost(SOON)
          .until(() -> {
            write(Map.of("nudge", String.valueOf(nudges.incrementAndGet())));
            return looks.get() > 1;
          });
    }
    return watch;
  }

  private static Secret brought() {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("home")
        .withName("brought")
        .endMetadata()
        .withData(
            Map.of("keys", FernetKey.generate().text().use(Base64.getEncoder()::encodeToString)))
        .build();
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
