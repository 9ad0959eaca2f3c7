package dev.llmconfig.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A session is its token, sealed, until one of them ends.
class SessionsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final FernetKey first = FernetKey.generate();
  private final FernetKey second = FernetKey.generate();
  private Optional<KeyRing> ring = Optional.of(KeyRing.of(first));
  private Instant now = NOON;
  private final AtomicLong nanos = new AtomicLong();
  private final Sessions sessions = sessions();

  private Sessions sessions() {
    return new Sessions(() -> ring, () -> now, nanos::get);
  }

  @Test
  void aTokenComesBackAndIsNotToBeSeenOutside() {
    var begun = sessions.begin(Caller.token("a-token-of-somebody"));

    assertThat(begun.sealed()).doesNotContain("a-token", encoded("a-token-of-somebody"));
    assertThat(begun.toString()).isEqualTo("a session until 2026-11-21T00:00:00Z");
    assertThat(sessions.open(begun.sealed()))
        .contains(
            new Sessions.Open(
                Caller.token("a-token-of-somebody"), NOON.plus(Duration.ofHours(12))));
  }

  @Test
  void itEndsWithItsTokenAndAfterTwelveHoursAtTheLatest() {
    var shortly = sessions.begin(Caller.token(jwt(NOON.plusSeconds(60))));
    var lastly = sessions.begin(Caller.token(jwt(NOON.plus(Duration.ofDays(30)))));
    assertThat(shortly.end()).isEqualTo(NOON.plusSeconds(60));
    assertThat(lastly.end()).isEqualTo(NOON.plus(Duration.ofHours(12)));

    now = NOON.plusSeconds(59);
    assertThat(sessions.open(shortly.sealed())).isPresent();
    now = NOON.plusSeconds(60);
    assertThat(sessions.open(shortly.sealed())).isEmpty();
    assertThat(sessions.open(lastly.sealed())).isPresent();
    now = NOON.plus(Duration.ofHours(12));
    assertThat(sessions.open(lastly.sealed())).isEmpty();
  }

  @Test
  void everyReplicaTakesItAndARotationEndsNoneUntilTheOldKeyLeaves() {
    var begun = sessions.begin(Caller.token("x")).sealed();
    assertThat(sessions().open(begun)).isPresent();

    ring = Optional.of(KeyRing.of(second, first));
    assertThat(sessions.open(begun)).isPresent();

    ring = Optional.of(KeyRing.of(second));
    assertThat(sessions.open(begun)).isEmpty();
  }

  @Test
  void withoutARingItHoldsInThisProcessOnlyAndARingThatComesEndsNone() {
    ring = Optional.empty();
    var begun = sessions.begin(Caller.token("x")).sealed();

    assertThat(sessions.open(begun)).isPresent();
    assertThat(sessions().open(begun)).isEmpty();
    ring = Optional.of(KeyRing.of(first));
    assertThat(sessions.open(begun)).isPresent();
  }

  @Test
  void aRingThatGoesAwayEndsNoneAndOneThatComesInItsPlaceDoes() {
    var begun = sessions.begin(Caller.token("x")).sealed();
    ring = Optional.empty();
    assertThat(sessions.open(begun)).isPresent();
    var meanwhile = sessions.begin(Caller.token("y")).sealed();
    assertThat(sessions.open(meanwhile)).isPresent();

    ring = Optional.of(KeyRing.of(first));
    assertThat(sessions.open(meanwhile)).isPresent();
    ring = Optional.of(KeyRing.of(second));
    assertThat(sessions.open(begun)).isEmpty();
    assertThat(sessions.open(meanwhile)).isEmpty();
  }

  @Test
  void whatOpensKeysOpensNoSessionAndTheOtherWayRound() {
    var keys = KeyRing.of(first);
    var begun = sessions.begin(Caller.token("x")).sealed();

    assertThat(keys.open(begun)).isInstanceOf(Opening.Refused.class);
    try (var secret =
        dev.llmconfig.crypto.SecretBytes.taking("t9999999999:x".getBytes(StandardCharsets.UTF_8))) {
      assertThat(sessions.open(keys.encrypt(secret, NOON))).isEmpty();
    }
    for (var nonsense : new String[] {"", "gAAAAA", begun.substring(1), begun + "A"}) {
      assertThat(sessions.open(nonsense)).isEmpty();
    }
  }

  @Test
  void theIdentityOfAKubeconfigIsANumberHereAndEndsWhenItIsSignedOut() {
    var begun = sessions.begin(new Caller.LocalKubeconfig()).sealed();
    assertThat(sessions.open(begun).orElseThrow().caller()).isEqualTo(new Caller.LocalKubeconfig());
    assertThat(sessions().open(begun)).isEmpty();

    sessions.end(begun);
    assertThat(sessions.open(begun)).isEmpty();
  }

  @Test
  void theSessionOfOneWithoutAClusterEndsWhenItIsSignedOutAndNoOtherDoes() {
    var begun = sessions.begin(new Caller.Standalone()).sealed();
    var other = sessions.begin(new Caller.Standalone()).sealed();
    assertThat(sessions.open(begun).orElseThrow().caller()).isEqualTo(new Caller.Standalone());
    assertThat(sessions().open(begun)).as("it outlives a restart").isPresent();

    sessions.end(begun);
    sessions.end("gAAAAAnonsense");

    assertThat(sessions.open(begun)).isEmpty();
    assertThat(sessions.open(other)).isPresent();
    now = NOON.plus(Duration.ofHours(12));
    nanos.addAndGet(Duration.ofHours(12).toNanos());
    assertThat(sessions.open(begun)).as("nor when it is forgotten").isEmpty();
  }

  @Test
  void aWordSignsInOnceWithinTenMinutes() {
    var login = new LocalLogin(new Caller.LocalKubeconfig(), nanos::get);
    var word = login.next();
    var other = login.next();

    assertThat(login.spend(word + "x")).isEmpty();
    assertThat(login.spend("")).isEmpty();
    assertThat(login.spend(word)).contains(new Caller.LocalKubeconfig());
    assertThat(login.spend(word)).isEmpty();
    nanos.addAndGet(LocalLogin.GOOD_FOR.toNanos() + 1);
    assertThat(login.spend(other)).isEmpty();
  }

  @Test
  void onlyTheLatestWordsAreGood() {
    var login = new LocalLogin(new Caller.LocalKubeconfig(), nanos::get);
    var oldest = login.next();
    for (int more = 0; more < 4; more++) {
      login.next();
    }
    assertThat(login.spend(oldest)).isEmpty();
  }

  @Test
  void aMinuteHasSoManyTriesForOneAndForAll() {
    var tally = new Tally(2, 3, nanos::get);

    assertThat(tally.take("a")).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(tally.take("a")).isEmpty();
    assertThat(tally.take("a")).contains(Duration.ofSeconds(50));
    assertThat(tally.take("b")).isEmpty();
    assertThat(tally.take("c")).contains(Duration.ofSeconds(50));
    nanos.addAndGet(Duration.ofSeconds(50).toNanos());
    assertThat(tally.take("c")).isEmpty();
    assertThat(tally.take("a")).contains(Duration.ofSeconds(10));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8))
        .substring(0, 10);
  }

  private static String jwt(Instant end) {
    var claims = "{\"exp\": %d}".formatted(end.getEpochSecond());
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".x";
  }
}
