package dev.llmconfig.store.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.access.Caller;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.store.Choice;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Imports.Imported;
import dev.llmconfig.store.Imports.Wanted;
import dev.llmconfig.store.Manner;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.ModelDraft;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.Version;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of half of a change when others are at the same objects: it is taken back, and what
/// they have made is not touched.
@SuppressWarnings("NullAway.Init") // set before each test
class TakingBackTest {

  private static final Caller WHO = new Caller.Standalone();
  private static final Version ANY = new Version.Any();

  @TempDir Path folder;

  private Crowd crowd;
  private CustomResources store;
  private ClusterImports imports;

  @BeforeEach
  void open() {
    var ring = KeyRing.of(FernetKey.generate());
    var encryption = Encryption.with(() -> Optional.of(ring), InstantSource.system());
    crowd = new Crowd(folder);
    store = new CustomResources(crowd, encryption, InstantSource.system());
    imports = new ClusterImports(crowd, encryption);
  }

  @AfterEach
  void close() {
    crowd.close();
  }

  private static Wanted wanted(String name, String model) {
    return new Wanted(
        name, dev.llmconfig.store.Imports.Kind.ModelConfig, Crowd.at(name), Crowd.spec(model));
  }

  /// The second one is refused; this happens before.
  private Imported.Stopped interrupted(Crowd.Others meanwhile) {
    crowd.meet((asked, own) -> {
      if (asked.verb().equals("create")
          && asked.run() == Run.Apply
          && asked.ref().equals(Crowd.at("second"))) {
        meanwhile.before(asked, own);
        throw Crowd.forbidden(asked);
      }
    });
    var imported =
        imports.take(
            WHO, List.of(wanted("first", "imported"), wanted("second", "other")), Manner.APPLY);
    assertThat(imported).isInstanceOf(Imported.Stopped.class);
    var stopped = (Imported.Stopped) imported;
    assertThat(stopped.why()).isInstanceOf(Outcome.Denied.class);
    return stopped;
  }

  private static void change(Requests own, String name, String model) {
    var now = own.get(Kind.ModelConfig, Crowd.at(name));
    own.apply(now, Crowd.config(name, Crowd.spec(model)), Run.Apply, true);
  }

  @Test
  void whatWasChangedIsAsItWas() {
    crowd.make("first", Crowd.spec("original"));
    assertThat(interrupted((_, _) -> {}).left()).isEmpty();
    assertThat(crowd.there("first").spec()).isEqualTo(Crowd.spec("original"));
  }

  @Test
  void whatWasMadeIsGone() {
    assertThat(interrupted((_, _) -> {}).left()).isEmpty();
    assertThat(crowd.all()).isEmpty();
  }

  @Test
  void anImportedConfigThatSomebodyChangedSinceStaysTheirs() {
    crowd.make("first", Crowd.spec("original"));
    var stopped = interrupted((_, own) -> change(own, "first", "theirs"));
    assertThat(crowd.there("first").spec()).isEqualTo(Crowd.spec("theirs"));
    assertThat(stopped.left()).containsExactly(wanted("first", "imported"));
  }

  @Test
  void anImportedNewConfigThatSomebodyChangedSinceStays() {
    var stopped = interrupted((_, own) -> change(own, "first", "theirs"));
    assertThat(crowd.there("first").spec()).isEqualTo(Crowd.spec("theirs"));
    assertThat(stopped.left()).containsExactly(wanted("first", "imported"));
  }

  @Test
  void anotherObjectOfTheSameNameIsNotTheOneThatWasMade() {
    var stopped =
        interrupted((_, own) -> {
          own.delete(own.get(Kind.ModelConfig, Crowd.at("first")), Run.Apply);
          own.create(Kind.ModelConfig, Crowd.config("first", Crowd.spec("theirs")), Run.Apply);
        });
    assertThat(crowd.there("first").spec()).isEqualTo(Crowd.spec("theirs"));
    assertThat(stopped.left()).isEmpty();
  }

  @Test
  void whatSomebodyHasDeletedIsNoLeftover() {
    var stopped =
        interrupted(
            (_, own) -> own.delete(own.get(Kind.ModelConfig, Crowd.at("first")), Run.Apply));
    assertThat(crowd.all()).isEmpty();
    assertThat(stopped.left()).isEmpty();
  }

  @Test
  void whatTheOperatorTellsOfANewConfigDoesNotKeepIt() {
    var stopped =
        interrupted(
            (_, own) -> own.annotate(Kind.ModelConfig, Crowd.at("first"), Map.of("told", "of")));
    assertThat(crowd.all()).isEmpty();
    assertThat(stopped.left()).isEmpty();
  }

  private Outcome selected() {
    return store.select(
        WHO, new Choice.Offered(Crowd.at("a"), "new"), ANY, Optional.empty(), Manner.APPLY);
  }

  @Test
  void aSecondDefaultThatCannotBeTakenBackIsTold() {
    crowd.make("old", Crowd.spec("old").put("isDefault", true));
    crowd.meet((asked, _) -> {
      if (asked.run() == Run.Apply && !asked.verb().equals("create")) {
        throw Crowd.forbidden(asked);
      }
    });
    assertThat(selected()).isInstanceOf(Outcome.Unknown.class);
    assertThat(crowd.all()).hasSize(2);
  }

  @Test
  void nothingIsSelectedAnewOnTopOfASecondDefault() {
    crowd.make("old", Crowd.spec("old").put("isDefault", true));
    crowd.meet((asked, _) -> {
      if (asked.verb().equals("apply") && asked.run() == Run.Apply) {
        throw Crowd.forbidden(asked);
      }
      if (asked.verb().equals("delete")) {
        throw new ApiRefusal(new Why.Modified());
      }
    });
    assertThat(selected()).isInstanceOf(Outcome.Unknown.class);
    assertThat(crowd.writes("create")).isEqualTo(1);
  }

  @Test
  void aSecondDefaultThatCanBeTakenBackIsGone() {
    crowd.make("old", Crowd.spec("old").put("isDefault", true));
    crowd.meet((asked, _) -> {
      if (asked.verb().equals("apply") && asked.run() == Run.Apply) {
        throw Crowd.forbidden(asked);
      }
    });
    assertThat(selected()).isInstanceOf(Outcome.Denied.class);
    assertThat(crowd.all()).hasSize(1);
  }

  /// A quota that others use up at the same moment.
  @Test
  void aConflictAboutSomethingElseIsWaitedForWhenAConfigIsMade() {
    var rehearsals = new AtomicInteger();
    var refused = new AtomicBoolean();
    crowd.meet((asked, _) -> {
      if (asked.verb().equals("create")
          && (asked.run() == Run.DryRun
              ? rehearsals.incrementAndGet() == 1
              : !refused.getAndSet(true))) {
        throw new ApiRefusal(new Why.Modified());
      }
    });
    var made =
        store.createModel(
            WHO,
            new ModelDraft(Crowd.at("").namespace(), Optional.of("one"), Crowd.spec("m")),
            Manner.APPLY);
    assertThat(made).isInstanceOf(Outcome.Done.class);
    assertThat(crowd.there("one").spec()).isEqualTo(Crowd.spec("m"));
  }

  @Test
  void aConflictAboutSomethingElseIsWaitedForWhenAConfigIsImported() {
    var refused = new AtomicBoolean();
    crowd.meet((asked, _) -> {
      if (asked.verb().equals("create") && asked.run() == Run.Apply && !refused.getAndSet(true)) {
        throw new ApiRefusal(new Why.Modified());
      }
    });
    assertThat(imports.take(WHO, List.of(wanted("first", "m")), Manner.APPLY))
        .isInstanceOf(Imported.Taken.class);
  }
}
