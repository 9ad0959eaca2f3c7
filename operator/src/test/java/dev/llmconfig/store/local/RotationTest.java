package dev.llmconfig.store.local;

import static dev.llmconfig.store.local.OwnStore.at;
import static dev.llmconfig.store.local.OwnStore.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.store.local.Ledger.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class RotationTest {

  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir private Path folder;

  private final FernetKey newKey = FernetKey.generate();
  private final KeyRing old = KeyRing.of(FernetKey.generate());
  private final KeyRing both = old.withFirst(newKey);
  private final KeyRing alone = KeyRing.of(newKey);
  private OwnStore own;

  @BeforeEach
  void open() {
    own = new OwnStore(folder, old);
    for (var name : NAMES) {
      own.key(name, Provider.OpenAI, "sk-key-of-" + name + "-0123456789");
      hold(name, "current", "held of " + name);
    }
    hold("a", "previous", "held before, of a");
  }

  @AfterEach
  void close() {
    own.close();
  }

  @Test
  void makesEverythingAnewOnceAndTheNewKeyAloneOpensIt() {
    var before = plaintexts(old);
    assertThat(plaintexts(alone)).containsOnly(Optional.empty());

    assertThat(rotate(both)).isEqualTo(2 * NAMES.size());

    assertThat(plaintexts(alone)).isEqualTo(before).hasSize(7).doesNotContain(Optional.empty());
    assertThat(plaintexts(old)).containsOnly(Optional.empty());
    var after = own.all();
    assertThat(rotate(both)).isZero();
    assertThat(rotate(alone)).isZero();
    assertThat(own.all()).as("nothing is written twice").isEqualTo(after);
  }

  @Test
  void interruptedAfterAnyWriteGoesOnWhereItStopped() {
    var before = plaintexts(old);
    var renewed = 0;
    var interrupted = 0;
    for (var done = false; !done; ) {
      own.steps().letThrough(2); // the object, its row; then the next object
      try {
        renewed += rotate(both);
        done = true;
      } catch (Steps.Killed _) {
        interrupted++;
        assertThat(plaintexts(both)).as("nothing is lost").isEqualTo(before);
        assertThat(anew()).as("each keeps what it was given").isEqualTo(interrupted);
      } finally {
        own.steps().letAllThrough();
      }
    }

    assertThat(interrupted).isEqualTo(2 * NAMES.size() - 1);
    assertThat(renewed).isEqualTo(1);
    assertThat(plaintexts(alone)).isEqualTo(before);
  }

  @Test
  void aSecretOfTwoTokensIsRenewedAsAWhole() {
    own.steps().letThrough(2 * NAMES.size()); // the keys
    assertThatExceptionOfType(Steps.Killed.class).isThrownBy(() -> rotate(both));
    own.steps().letAllThrough();
    assertThat(held("a")).allMatch(token -> opened(old, token).isPresent());

    rotate(both);

    assertThat(held("a")).hasSize(2).allMatch(token -> opened(alone, token).isPresent());
  }

  @Test
  void withOneKeyNothingIsTouched() {
    var before = own.all();
    assertThat(rotate(old)).isZero();
    assertThat(rotate(alone)).as("it opens nothing, so it changes nothing").isZero();
    assertThat(own.all()).isEqualTo(before);
  }

  @Test
  void whatNobodyOpensStaysAsItIs() {
    var lost = KeyRing.of(FernetKey.generate());
    own.objects()
        .change(desk -> {
          var key = desk.tree(Kind.ApiKeyConfig, at("b")).orElseThrow();
          key.withObjectProperty("spec").put("encryptedKey", token(lost, "of another time"));
          return desk.put(Kind.ApiKeyConfig, key);
        });

    assertThat(rotate(both)).isEqualTo(2 * NAMES.size() - 1);

    assertThat(tokens().stream().filter(token -> opened(lost, token).isPresent())).hasSize(1);
  }

  private int rotate(KeyRing ring) {
    return new Rotation(own.objects(), ring, InstantSource.system()).run();
  }

  /// As the reconciler holds what is in use.
  private void hold(String key, String slot, String text) {
    own.objects()
        .change(desk -> {
          var name = ManagedNames.encryptedSecret(key);
          var secret =
              desk.tree(Kind.Secret, at(name))
                  .orElseGet(() -> {
                    var made = JsonNodeFactory.instance.objectNode();
                    made.put("apiVersion", "v1").put("kind", "Secret");
                    made.putObject("metadata")
                        .put("namespace", at(name).namespace())
                        .put("name", name)
                        .putArray("ownerReferences")
                        .addObject()
                        .put("name", key);
                    return made;
                  });
          secret
              .withObjectProperty("data")
              .put(
                  slot,
                  Base64.getEncoder()
                      .encodeToString(token(old, text).getBytes(StandardCharsets.US_ASCII)));
          return desk.put(Kind.Secret, secret);
        });
  }

  private static String token(KeyRing ring, String text) {
    try (var bytes = SecretBytes.taking(text.getBytes(StandardCharsets.US_ASCII))) {
      return ring.encrypt(bytes, Instant.now());
    }
  }

  private long anew() {
    return tokens(Kind.ApiKeyConfig).stream().filter(this::isAnew).count()
        + NAMES.stream().filter(name -> held(name).stream().allMatch(this::isAnew)).count();
  }

  private boolean isAnew(String token) {
    return opened(alone, token).isPresent();
  }

  private List<Optional<String>> plaintexts(KeyRing ring) {
    return tokens().stream().map(token -> opened(ring, token)).toList();
  }

  private List<String> tokens() {
    var all = new ArrayList<>(tokens(Kind.ApiKeyConfig));
    NAMES.forEach(name -> all.addAll(held(name)));
    return all;
  }

  private List<String> tokens(Kind kind) {
    return own.trees(kind).stream()
        .map(object -> object.path("spec").path("encryptedKey").asText())
        .toList();
  }

  private List<String> held(String key) {
    return own.objects()
        .look(shelf -> shelf.tree(Kind.Secret, at(ManagedNames.encryptedSecret(key))))
        .orElseThrow()
        .path("data")
        .valueStream()
        .map(value ->
            new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.US_ASCII))
        .toList();
  }
}
