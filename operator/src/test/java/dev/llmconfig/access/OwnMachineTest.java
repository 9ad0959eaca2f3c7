package dev.llmconfig.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Where there is no cluster.
class OwnMachineTest {

  private static final Caller OWNER = new Caller.Standalone();

  @Test
  void itsOwnerMayDoEverything() {
    try (var access = access()) {
      assertThat(access.who(OWNER)).isEqualTo(new Person("admin", List.of()));
      for (var resource : Right.RESOURCES) {
        assertThat(access.may(OWNER, Right.of("use", resource).in("default"))).isTrue();
        assertThat(access.rules(OWNER, "default").verbs().get(resource)).contains("patch", "use");
      }
      assertThat(access.reach(OWNER, Right.of("list", "modelconfigs"), List.of("default")))
          .isEqualTo(new Reach.Everywhere());
      assertThat(access.homeOf(OWNER)).contains("default");
      assertThat(access.endOf(OWNER)).isEmpty();
    }
  }

  @Test
  void whoeverElseComesIsNobody() {
    try (var access = access()) {
      for (var stranger : List.of(Caller.token("some-token"), new Caller.LocalKubeconfig())) {
        assertThatThrownBy(() -> access.who(stranger)).isInstanceOf(TokenRejected.class);
        assertThatThrownBy(() -> access.may(stranger, Right.of("get", "modelconfigs")))
            .isInstanceOf(TokenRejected.class);
        assertThatThrownBy(() -> access.rules(stranger, "default"))
            .isInstanceOf(TokenRejected.class);
      }
    }
  }

  @Test
  void aSessionOutlivesAnotherStartButNoOtherRing() {
    try (var ring = KeyRing.of(FernetKey.generate());
        var other = KeyRing.of(FernetKey.generate())) {
      var begun = sessions(ring).begin(OWNER);

      assertThat(sessions(ring).open(begun.sealed()).map(Sessions.Open::caller)).contains(OWNER);
      assertThat(sessions(other).open(begun.sealed())).isEmpty();
    }
  }

  private static Sessions sessions(KeyRing ring) {
    return new Sessions(() -> Optional.of(ring), InstantSource.system(), Ticker.systemTicker());
  }

  private static Access access() {
    return new Access(
        new OwnMachine(Optional.empty()),
        Duration.ZERO,
        InstantSource.system(),
        Ticker.systemTicker());
  }
}
