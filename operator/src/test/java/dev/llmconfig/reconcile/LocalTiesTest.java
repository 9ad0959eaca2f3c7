package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ObjectRows;
import dev.llmconfig.reconcile.Agenda.Errand;
import dev.llmconfig.sqlite.LedgerDatabase;
import dev.llmconfig.store.local.Ledger.Kind;
import dev.llmconfig.store.local.LocalObjects;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real file.
@SuppressWarnings("NullAway.Init") // set before each test
class LocalTiesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MANY = 100;

  @TempDir private Path directory;

  private LedgerDatabase ledger;
  private LocalObjects objects;
  private LocalTies ties;

  @BeforeEach
  void start() {
    ledger = LedgerDatabase.open(directory, InstantSource.system());
    objects = new LocalObjects(ledger, new ObjectRows(Catalogue.packed()));
    for (int at = 0; at < MANY; at++) {
      put("m" + at, "key-" + at % 10, false);
    }
    ties = new LocalTies(objects);
    assertThat(ties.all()).hasSize(MANY);
  }

  @AfterEach
  void stop() {
    ledger.close();
  }

  @Test
  void aModelConcernsItselfAndTheKeysThatItNamesAndHasNamed() {
    put("m0", "key-1", false);

    assertThat(names(ties.concerned(Set.of(ref("m0")))))
        .containsExactlyInAnyOrder("KEY m0", "MODEL m0", "KEY key-0", "KEY key-1");
    assertThat(ties.users(ref("key-0"))).doesNotContain(ref("m0")).hasSize(9);
    assertThat(ties.users(ref("key-1"))).contains(ref("m0")).hasSize(11);
  }

  @Test
  void anotherModelBehindTheSameKeyConcernsNoOther() {
    put("m0", "key-0", false);

    assertThat(names(ties.concerned(Set.of(ref("m0")))))
        .containsExactlyInAnyOrder("KEY m0", "MODEL m0", "KEY key-0");
  }

  @Test
  void aKeyConcernsThoseWhoNameIt() {
    assertThat(names(ties.concerned(Set.of(ref("key-3")))))
        .contains("KEY key-3", "MODEL m3", "MODEL m93")
        .hasSize(2 + 10);
  }

  @Test
  void whoClaimsTheDefaultConcernsWhoElseDoes() {
    put("m0", "key-0", true);
    ties.concerned(Set.of(ref("m0")));
    put("m1", "key-1", true);

    assertThat(names(ties.concerned(Set.of(ref("m1"))))).contains("MODEL m0", "MODEL m1");
    assertThat(ties.otherClaims(ref("m1"))).extracting("name").containsExactly("m0");

    objects.change(desk -> {
      desk.remove(Kind.ModelConfig, ref("m0"));
      return true;
    });
    assertThat(names(ties.concerned(Set.of(ref("m0"))))).contains("KEY key-0", "MODEL m1");
    assertThat(ties.otherClaims(ref("m1"))).isEmpty();
    assertThat(ties.users(ref("key-0"))).doesNotContain(ref("m0"));
  }

  private void put(String name, String key, boolean isDefault) {
    objects.change(desk -> desk.put(Kind.ModelConfig, model(name, key, isDefault)));
  }

  private static ObjectNode model(String name, String key, boolean isDefault) {
    var model = JSON.createObjectNode();
    model.put("apiVersion", "llmconfig.dev/v1alpha1").put("kind", "ModelConfig");
    model
        .putObject("metadata")
        .put("namespace", "default")
        .put("name", name)
        .put("uid", name)
        .put("generation", 1)
        .put("creationTimestamp", "2026-01-01T00:00:00Z");
    var spec = model.putObject("spec").put("model", "gpt-4.1").put("isDefault", isDefault);
    spec.putObject("apiKeyRef").put("name", key);
    return model;
  }

  private static Ref ref(String name) {
    return new Ref("default", name);
  }

  private static List<String> names(Set<Errand> errands) {
    return errands.stream().map(one -> one.kind() + " " + one.ref().name()).toList();
  }
}
