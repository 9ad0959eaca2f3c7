package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.Fingerprints;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Ref;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// When it may be said that the older keys of a ring can go.
class OlderKeysTest {

  private static final Ref A = new Ref("team", "a");
  private static final Ref B = new Ref("team", "b");

  private final Ring ring = new Ring();
  private final List<Ref> all = new ArrayList<>(List.of(A, B));
  private final Supplier<Stream<Ref>> keys = all::stream;
  private final OlderKeys older =
      new OlderKeys(
          ring,
          Secret::new,
          new EventWriter(new KubernetesClientBuilder().build(), WritePermission.ALWAYS, "test"));

  @Test
  void theLastOneThatIsMadeAnewEndsIt() {
    assertThat(older.done(A, ring.now, true, false, keys)).isFalse();
    assertThat(older.done(B, ring.now, true, false, keys)).isTrue();
  }

  @Test
  void aTokenThatStillNeedsOneHoldsItUp() {
    older.done(A, ring.now, true, false, keys);
    assertThat(older.done(B, ring.now, true, true, keys)).isFalse();

    assertThat(older.done(B, ring.now, false, false, keys)).isTrue();
  }

  @Test
  void whereNothingWasFoundThereIsNothingToSay() {
    older.done(A, ring.now, false, false, keys);
    assertThat(older.done(B, ring.now, false, false, keys)).isFalse();
  }

  @Test
  void itIsSaidOnceForARing() {
    older.done(A, ring.now, true, false, keys);
    older.done(B, ring.now, false, false, keys);

    assertThat(older.done(B, ring.now, false, false, keys)).isFalse();
    assertThat(older.done(A, ring.now, true, false, keys)).isFalse();
  }

  @Test
  void anotherRingIsAnotherMatter() {
    older.done(A, ring.now, true, false, keys);
    older.done(B, ring.now, false, false, keys);

    ring.changes();

    assertThat(older.done(A, ring.now, true, false, keys)).isFalse();
    assertThat(older.done(B, ring.now, true, false, keys)).isTrue();
  }

  @Test
  void aLookWithTheRingBeforeCountsForNothing() {
    var before = ring.now;
    ring.changes();
    older.done(A, ring.now, true, false, keys);

    assertThat(older.done(B, before, true, false, keys)).isFalse();
    assertThat(older.done(B, ring.now, false, false, keys)).isTrue();
  }

  @Test
  void theOneThatHeldItUpCanGo() {
    older.done(A, ring.now, true, false, keys);
    older.done(B, ring.now, true, true, keys);

    // The cache may still show it.
    assertThat(older.doneWithout(B, keys)).isTrue();
  }

  @Test
  void oneThatComesLaterIsWaitedFor() {
    older.done(A, ring.now, true, false, keys);
    all.add(new Ref("team", "c"));
    assertThat(older.done(B, ring.now, false, false, keys)).isFalse();

    assertThat(older.done(all.getLast(), ring.now, false, false, keys)).isTrue();
  }

  private static final class Ring implements Encryptions {
    private Encryption now = made();

    private void changes() {
      now = made();
    }

    private static Encryption made() {
      return new Encryption(
          KeyRing.of(FernetKey.generate(), FernetKey.generate()), Fingerprints.generate());
    }

    @Override
    public Optional<Encryption> current() {
      return Optional.of(now);
    }

    @Override
    public Subscription onChange(Runnable listener) {
      return () -> {};
    }
  }
}
