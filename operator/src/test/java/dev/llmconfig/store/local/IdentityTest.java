package dev.llmconfig.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.store.local.Ledger.Kind;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class IdentityTest {

  private static final String SETTING = "fingerprint_key";

  private static final Path FILE = Path.of("data", "config.db");

  @TempDir private Path folder;

  private final KeyRing ring = KeyRing.of(FernetKey.generate());
  private final KeyRing wrong = KeyRing.of(FernetKey.generate());
  private OwnStore own;
  private Identity identity;

  @BeforeEach
  void open() {
    own = new OwnStore(folder, ring);
    identity = new Identity(own.objects(), InstantSource.system());
  }

  @AfterEach
  void close() {
    own.close();
  }

  @Test
  void isMadeOnceAndOutlivesARestart() {
    var made = identity.open(ring).installationId();
    var kept = setting();

    close();
    open();

    assertThat(identity.open(ring).installationId()).isEqualTo(made);
    assertThat(setting()).isEqualTo(kept);
  }

  @Test
  void theEncryptionKeyOfAStoreIsNeededAsSoonAsSomethingIsEncrypted() {
    own.sealed().refuseOther(wrong, FILE);
    identity.open(ring);
    assertThat(own.sealed().keys()).isZero();
    own.sealed().refuseOther(wrong, FILE);
    own.key("mine", Provider.OpenAI, "sk-mine-0123456789");
    own.key("yours", Provider.Anthropic, "sk-ant-yours-0123456789");
    var two = wrong.withFirst(FernetKey.generate());

    assertThatExceptionOfType(StoreRefused.class)
        .isThrownBy(() -> own.sealed().refuseOther(two, FILE))
        .satisfies(refused ->
            assertThat(refused.sentence())
                .isEqualTo(
                    "InvalidEncryptionKey: none of the 2 given keys opens data/config.db (2 stored"
                        + " keys). Give the key that was used before, or start with"
                        + " --forget-unreadable-keys to enter them again."));
    own.sealed().refuseOther(ring, FILE);
    own.sealed().refuseOther(ring.withFirst(FernetKey.generate()), FILE);
  }

  @Test
  void whereNothingIsStoredAnyEncryptionKeyWillDo() {
    var made = identity.open(ring).installationId();
    assertThat(identity.open(wrong).installationId()).isNotEqualTo(made);
    assertThat(opens(wrong)).isTrue();
  }

  @Test
  void forgettingMakesANewOneAndLeavesTheKeysAsTheyAre() {
    identity.open(ring);
    own.key("mine", Provider.OpenAI, "sk-mine-0123456789");
    var before = own.trees(Kind.ApiKeyConfig);

    identity.open(wrong);

    assertThat(opens(wrong)).isTrue();
    assertThat(own.trees(Kind.ApiKeyConfig)).isEqualTo(before);
    own.sealed().refuseOther(wrong, FILE); // the next start needs no flag
  }

  @Test
  void aNewEncryptionKeyInFrontKeepsItAndOpensItAloneAfterwards() {
    var made = identity.open(ring).installationId();
    own.key("mine", Provider.OpenAI, "sk-mine-0123456789");
    var newKey = FernetKey.generate();

    assertThat(identity.open(ring.withFirst(newKey)).installationId()).isEqualTo(made);

    assertThat(opens(ring)).isFalse();
    assertThat(identity.open(KeyRing.of(newKey)).installationId()).isEqualTo(made);
  }

  private boolean opens(KeyRing with) {
    return setting().flatMap(token -> OwnStore.opened(with, token)).isPresent();
  }

  private Optional<String> setting() {
    return own.objects().look(shelf -> shelf.setting(SETTING));
  }
}
