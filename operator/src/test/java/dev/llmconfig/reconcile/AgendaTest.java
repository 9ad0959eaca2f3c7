package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.domain.Ref;
import dev.llmconfig.reconcile.Agenda.Errand;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AgendaTest {

  private static final Errand KEY = new Errand(Errand.Kind.KEY, new Ref("default", "a"));
  private static final Errand MODEL = new Errand(Errand.Kind.MODEL, new Ref("default", "a"));

  private final Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final Agenda agenda = new Agenda(InstantSource.fixed(now));

  @Test
  void givesWhatIsDueTheEarliestFirstAndEachOnce() throws Exception {
    agenda.put(KEY, now);
    agenda.put(KEY, now.plusSeconds(60));
    agenda.put(MODEL, now.minusSeconds(1));
    assertThat(agenda.take()).contains(MODEL);
    assertThat(agenda.take()).contains(KEY);
    agenda.close();
    assertThat(agenda.take()).isEmpty();
  }

  @Test
  void tellsWhenAllOfABatchWasLookedAt() throws Exception {
    var done = agenda.put(List.of(KEY, MODEL));
    var first = agenda.take().orElseThrow();
    agenda.done(first);
    assertThat(done.getCount()).isEqualTo(1);
    var second = agenda.take().orElseThrow();
    agenda.put(second, now);
    agenda.done(second);
    assertThat(done.getCount()).as("it is to be looked at once more").isEqualTo(1);
    agenda.done(agenda.take().orElseThrow());
    assertThat(done.await(0, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void letsNobodyWaitForWhatWillNotHappen() throws Exception {
    var done = agenda.put(List.of(KEY));
    agenda.close();
    assertThat(done.await(0, TimeUnit.SECONDS)).isTrue();
  }
}
