package dev.llmconfig.store.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.Caller;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.RolloutRequest;
import dev.llmconfig.store.Version;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A wish is for the state that its caller has seen, however late somebody else changes it.
@SuppressWarnings("NullAway.Init") // set before each test
class WishesTest {

  @TempDir Path folder;

  private Crowd crowd;
  private CustomResources store;

  @BeforeEach
  void open() {
    crowd = new Crowd(folder);
    store =
        new CustomResources(
            crowd,
            Encryption.with(Optional::empty, InstantSource.system()),
            InstantSource.system());
  }

  @AfterEach
  void close() {
    crowd.close();
  }

  /// Somebody does this between the look and the wish.
  private Outcome approved(Crowd.Others meanwhile) {
    var made = crowd.make("one", Crowd.spec("seen"));
    var once = new AtomicBoolean();
    crowd.meet((asked, own) -> {
      if (asked.verb().equals("merge") && !once.getAndSet(true)) {
        meanwhile.before(asked, own);
      }
    });
    return store.requestRollout(
        new Caller.Standalone(),
        Crowd.at("one"),
        new Version.Seen(made.uid(), made.generation()),
        new RolloutRequest.Approve("revision"));
  }

  @Test
  void anotherSpecIsNotApproved() {
    var outcome =
        approved((_, own) ->
            own.apply(
                own.get(Kind.ModelConfig, Crowd.at("one")),
                Crowd.config("one", Crowd.spec("theirs")),
                Run.Apply,
                true));
    assertThat(outcome).isInstanceOf(Outcome.Conflict.class);
    assertThat(crowd.there("one").annotations()).doesNotContainKey(Annotations.APPROVED_REVISION);
  }

  @Test
  void anotherObjectIsNotApproved() {
    var outcome =
        approved((_, own) -> {
          own.delete(own.get(Kind.ModelConfig, Crowd.at("one")), Run.Apply);
          own.create(Kind.ModelConfig, Crowd.config("one", Crowd.spec("seen")), Run.Apply);
        });
    assertThat(outcome).isInstanceOf(Outcome.Conflict.class);
    assertThat(crowd.there("one").annotations()).doesNotContainKey(Annotations.APPROVED_REVISION);
  }

  @Test
  void aWordAboutItIsInNobodysWay() {
    var outcome =
        approved((_, own) -> own.annotate(Kind.ModelConfig, Crowd.at("one"), Map.of("told", "of")));
    assertThat(outcome).isInstanceOf(Outcome.Requested.class);
    assertThat(crowd.there("one").annotations())
        .containsEntry(Annotations.APPROVED_REVISION, "revision")
        .containsEntry("told", "of");
  }
}
