package dev.llmconfig.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {

  private static final Right LIST = Right.of("list", "apikeyconfigs");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration GRACE = Duration.ofMinutes(30);

  private final PlayedReview review = new PlayedReview();
  private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
  private final Access access = access(GRACE);

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void anAnswerHoldsForTenSecondsAndNoLonger() {
    var jane = review.knows("jane", "jane", LIST);

    assertThat(access.may(jane, LIST)).isTrue();
    pass(Duration.ofMillis(9_999));
    assertThat(access.may(jane, LIST)).isTrue();
    assertThat(review.asked()).hasSize(1);

    review.knows("jane", "jane");
    pass(Duration.ofMillis(1));
    assertThat(access.may(jane, LIST)).as("the right is gone").isFalse();
    assertThat(review.asked()).hasSize(2);
  }

  @Test
  void aRefusalIsRememberedToo() {
    var jane = review.knows("jane", "jane");

    assertThat(access.may(jane, LIST)).isFalse();
    assertThat(access.may(jane, LIST)).isFalse();

    assertThat(review.asked()).hasSize(1);
  }

  @Test
  void twoTokensWithTheSameBeginningAreTwoCallers() {
    var beginning = "eyJhbGciOiJSUzI1NiIs".repeat(3);
    var jane = review.knows(beginning + "jane", "jane", LIST);
    var joe = review.knows(beginning + "joe", "joe");

    assertThat(access.may(jane, LIST)).isTrue();
    assertThat(access.may(joe, LIST)).isFalse();
    assertThat(access.who(joe).name()).isEqualTo("joe");
  }

  @Test
  void aRevokedTokenEndsWithinTenSecondsAlsoForWhatItWasAllowed() {
    var jane = review.knows("jane", "jane", LIST);
    access.may(jane, LIST);

    review.forgets(jane);
    pass(Duration.ofSeconds(10));

    assertThatThrownBy(() -> access.may(jane, LIST)).isInstanceOf(TokenRejected.class);
    review.away(true);
    assertThatThrownBy(() -> access.may(jane, LIST))
        .as("what was rejected has no grace")
        .isInstanceOf(ReviewUnavailable.class);
  }

  @Test
  void anErrorIsNotRemembered() {
    var jane = review.knows("jane", "jane", LIST);
    review.away(true);
    assertThatThrownBy(() -> access.may(jane, LIST)).isInstanceOf(ReviewUnavailable.class);

    review.away(false);

    assertThat(access.may(jane, LIST)).isTrue();
  }

  @Test
  void anAllowOutlivesAnOutageForThirtyMinutesAndARefusalDoesNot() {
    var jane = review.knows("jane", "jane", LIST);
    var get = Right.of("get", "apikeyconfigs");
    assertThat(access.may(jane, LIST)).isTrue();
    assertThat(access.may(jane, get)).isFalse();

    review.away(true);
    pass(GRACE.minusMillis(1));
    assertThat(access.may(jane, LIST)).isTrue();
    assertThatThrownBy(() -> access.may(jane, get)).isInstanceOf(ReviewUnavailable.class);

    pass(Duration.ofMillis(1));
    assertThatThrownBy(() -> access.may(jane, LIST)).isInstanceOf(ReviewUnavailable.class);
  }

  @Test
  void aQuestionThatIsNotTakenIsNoOutage() {
    var jane = review.knows("jane", "jane", LIST);
    access.may(jane, LIST);
    review.knows("jane", "jane");
    pass(Duration.ofSeconds(10));

    assertThatThrownBy(() -> access.rules(jane, "")).isInstanceOf(ReviewRefused.class);

    assertThat(access.reach(jane, LIST, names(3)).nowhere()).as("nobody is served").isTrue();
    assertThat(access.may(jane, LIST)).as("the right is gone").isFalse();
  }

  @Test
  void whomAStartingApiServerDoesNotLetAskReadsOnForHalfAMinuteAndNoLonger() {
    var jane = review.knows("jane", "jane", LIST);
    var get = Right.of("get", "apikeyconfigs");
    assertThat(access.may(jane, LIST)).isTrue();
    assertThat(access.may(jane, get)).isFalse();
    pass(Duration.ofSeconds(10));

    review.refuses(jane, () -> ReviewRefused.whoAsks("status 403"));
    assertThat(access.may(jane, LIST)).isTrue();
    assertThat(access.reach(jane, LIST, names(3))).isEqualTo(new Reach.Everywhere());
    assertThatThrownBy(() -> access.may(jane, get))
        .as("what was not allowed is not")
        .isInstanceOf(ReviewRefused.class);
    pass(Duration.ofMillis(29_999));
    assertThat(access.may(jane, LIST)).isTrue();

    pass(Duration.ofMillis(1));
    assertThatThrownBy(() -> access.may(jane, LIST)).isInstanceOf(ReviewRefused.class);
    assertThatThrownBy(() -> access.reach(jane, LIST, names(3))).isInstanceOf(ReviewRefused.class);
    review.away(true);
    assertThatThrownBy(() -> access.may(jane, LIST))
        .as("what has ended does not begin again")
        .isInstanceOf(ReviewUnavailable.class);
  }

  @Test
  void anAnswerInBetweenGivesTheNextStartItsHalfMinute() {
    var jane = review.knows("jane", "jane", LIST);
    access.may(jane, LIST);
    for (int start = 0; start < 3; start++) {
      pass(Duration.ofSeconds(20));
      review.refuses(jane, () -> ReviewRefused.whoAsks("status 403"));
      assertThat(access.may(jane, LIST)).isTrue();
      pass(Duration.ofSeconds(20));
      review.letsAsk(jane);
      assertThat(access.may(jane, LIST)).isTrue();
    }
  }

  @Test
  void whoIsNotLetAskGivesNobodyElseGrace() {
    var jane = review.knows("jane", "jane", LIST);
    var joe = review.knows("joe", "joe", LIST);
    var jim = review.knows("jim", "jim", LIST);
    for (var caller : List.of(jane, joe, jim)) {
      access.may(caller, LIST);
    }
    pass(Duration.ofSeconds(10));
    review.refuses(joe, () -> ReviewRefused.whoAsks("status 403"));
    review.refuses(jim, TokenRejected::new);
    review.knows("jane", "jane");

    assertThat(access.may(joe, LIST)).isTrue();
    assertThat(access.may(joe, LIST)).isTrue();
    assertThat(review.asked()).as("it is no outage, so they are asked about").hasSize(3 + 2);
    assertThat(access.may(jane, LIST)).as("the right is gone").isFalse();
    assertThatThrownBy(() -> access.may(jim, LIST)).isInstanceOf(TokenRejected.class);
  }

  @Test
  void aTokenThatIsNotKnownYetAfterAnOutageReadsOnForHalfAMinuteAndNoLonger() {
    var jane = review.knows("jane", "jane", LIST);
    access.may(jane, LIST);
    pass(Duration.ofMinutes(5));
    review.away(true);
    assertThat(access.may(jane, LIST)).isTrue();

    review.away(false);
    review.refuses(jane, TokenRejected::new);
    pass(Duration.ofSeconds(6));
    assertThat(access.may(jane, LIST)).isTrue();
    assertThat(access.reach(jane, LIST, names(3))).isEqualTo(new Reach.Everywhere());
    assertThatThrownBy(() -> access.who(Caller.token("stranger")))
        .isInstanceOf(TokenRejected.class);
    pass(Duration.ofSeconds(23));
    assertThat(access.may(jane, LIST)).isTrue();

    pass(Duration.ofSeconds(1));
    assertThatThrownBy(() -> access.may(jane, LIST)).isInstanceOf(TokenRejected.class);
    review.away(true);
    assertThatThrownBy(() -> access.may(jane, LIST))
        .as("what was rejected has no grace")
        .isInstanceOf(ReviewUnavailable.class);
  }

  @Test
  void whileItStartsTheNamespacesThatWereOpenStayOpenAndNoOthers() {
    var jane = review.knows("jane", "jane", LIST.in("n-1"));
    var joe = review.knows("joe", "joe");
    access.reach(jane, LIST, names(3));
    access.reach(joe, LIST, names(3));
    pass(Duration.ofSeconds(10));
    review.refuses(jane, () -> ReviewRefused.whoAsks("status 403"));
    review.refuses(joe, () -> ReviewRefused.whoAsks("status 403"));

    assertThat(access.reach(jane, LIST, names(5))).isEqualTo(new Reach.Within(Set.of("n-1")));
    assertThatThrownBy(() -> access.reach(joe, LIST, names(3)))
        .as("nobody can say that there is nothing")
        .isInstanceOf(ReviewRefused.class);
  }

  @Test
  void withoutGraceAStartEndsAllReading() {
    try (var strict = access(Duration.ZERO)) {
      var jane = review.knows("jane", "jane", LIST);
      strict.may(jane, LIST);
      pass(Duration.ofSeconds(10));
      review.refuses(jane, () -> ReviewRefused.whoAsks("status 403"));

      assertThatThrownBy(() -> strict.may(jane, LIST)).isInstanceOf(ReviewRefused.class);
    }
  }

  @Test
  void inAnOutageNobodyWaitsWhoCanDoWithoutAnAnswer() {
    var jane = review.knows("jane", "jane", LIST);
    access.may(jane, LIST);
    review.away(true);
    pass(Duration.ofSeconds(11));

    access.may(jane, LIST);
    access.may(jane, LIST);
    pass(Duration.ofSeconds(4));
    access.may(jane, LIST);

    assertThat(review.asked()).as("asked once more, and then not at once again").hasSize(2);
    pass(Duration.ofSeconds(1));
    access.may(jane, LIST);
    assertThat(review.asked()).hasSize(3);
  }

  @Test
  void withoutGraceAnOutageEndsAllReading() {
    try (var strict = access(Duration.ZERO)) {
      var jane = review.knows("jane", "jane", LIST);
      strict.may(jane, LIST);
      review.away(true);
      pass(Duration.ofSeconds(10));

      assertThatThrownBy(() -> strict.may(jane, LIST)).isInstanceOf(ReviewUnavailable.class);
    }
  }

  @Test
  void aTokenPastItsEndHasNoGrace() {
    var inTime = jwt(NOON.minusSeconds(29));
    var late = jwt(NOON.minusSeconds(31));
    var jane = review.knows(inTime, "jane", LIST);
    var joe = review.knows(late, "joe", LIST);
    access.may(jane, LIST);
    access.may(joe, LIST);

    review.away(true);
    pass(Duration.ofSeconds(11));

    assertThat(access.may(jane, LIST)).as("within 30 s for the clocks").isTrue();
    assertThatThrownBy(() -> access.may(joe, LIST)).isInstanceOf(ReviewUnavailable.class);
  }

  @Test
  void whoeverMayEverywhereIsAskedAboutOnce() {
    var jane = review.knows("jane", "jane", LIST);

    assertThat(access.reach(jane, LIST, names(500))).isEqualTo(new Reach.Everywhere());
    assertThat(
            access.reach(
                jane,
                LIST,
                () -> {
                  throw new AssertionError("nobody needs to know where");
                }))
        .isEqualTo(new Reach.Everywhere());
    assertThat(review.asked()).hasSize(1);
  }

  @Test
  void othersAreAskedAboutNamespaceByNamespaceAndAboutTheirOwn() {
    var token = jwt(NOON.plusSeconds(600));
    var jane = review.knows(token, "jane", LIST.in("n-3"), LIST.in("home"));

    var reach = access.reach(jane, LIST, names(5));

    assertThat(reach).isEqualTo(new Reach.Within(Set.of("n-3", "home")));
    assertThat(reach.label()).isEqualTo("home,n-3");
    assertThat(review.asked()).hasSize(1 + 6);
  }

  @Test
  void inAnOutageTheNamespacesThatWereOpenStayOpenAndNoOthers() {
    var jane = review.knows("jane", "jane", LIST.in("n-1"));
    var joe = review.knows("joe", "joe");
    access.reach(jane, LIST, names(3));
    access.reach(joe, LIST, names(3));
    review.away(true);
    pass(Duration.ofMinutes(5));

    assertThat(access.reach(jane, LIST, names(5))).isEqualTo(new Reach.Within(Set.of("n-1")));
    assertThatThrownBy(() -> access.reach(joe, LIST, names(3)))
        .as("nobody can say that there is nothing")
        .isInstanceOf(ReviewUnavailable.class);
    assertThatThrownBy(() -> access.may(jane, LIST)).isInstanceOf(ReviewUnavailable.class);

    review.away(false);
    pass(Duration.ofSeconds(5));
    assertThat(access.reach(joe, LIST, names(3)).nowhere()).isTrue();
  }

  @Test
  void whoCanDoWithoutAnAnswerWaitsForItAMomentAndTheNextHasIt() {
    var jane = review.knows("jane", "jane", LIST);
    access.may(jane, LIST);
    pass(Duration.ofSeconds(11));
    var answered = new CountDownLatch(1);
    review.during(() -> {
      try {
        assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });

    assertThat(access.may(jane, LIST)).as("as it was").isTrue();

    review.knows("jane", "jane");
    answered.countDown();
    await("what came later")
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(access.may(jane, LIST)).isFalse());
    assertThat(review.asked()).hasSize(2);
  }

  @Test
  void sixteenNamespacesAreAskedAboutAtATime() {
    var jane = review.knows("jane", "jane");
    access.may(jane, LIST);
    var full = new CyclicBarrier(16);
    review.during(() -> {
      try {
        full.await(10, TimeUnit.SECONDS);
      } catch (Exception failed) {
        throw new IllegalStateException("fewer than sixteen were there", failed);
      }
    });

    assertThat(access.reach(jane, LIST, names(32)).nowhere()).isTrue();

    assertThat(review.mostAtATime()).isEqualTo(16);
  }

  @Test
  void moreThanTwoHundredNamespacesAreNotAskedAbout() {
    var jane = review.knows("jane", "jane");

    assertThatThrownBy(() -> access.reach(jane, LIST, names(201)))
        .isInstanceOf(TooManyNamespaces.class);
    assertThat(access.reach(jane, LIST, names(200)).nowhere()).isTrue();
  }

  @Test
  void aTokenIsNeverShown() {
    assertThat(Caller.token("very-secret").toString()).doesNotContain("secret").startsWith("token");
  }

  private Access access(Duration grace) {
    return new Access(review, grace, () -> NOON, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static List<String> names(int number) {
    return IntStream.range(0, number).mapToObj(at -> "n-" + at).toList();
  }

  private static String jwt(Instant end) {
    var claims =
        "{\"exp\":%d,\"kubernetes.io\":{\"namespace\":\"home\"}}".formatted(end.getEpochSecond());
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".x";
  }
}
