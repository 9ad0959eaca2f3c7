package dev.llmconfig.store;

import static dev.llmconfig.store.ConfigStoreContract.CANARY;
import static dev.llmconfig.store.ConfigStoreContract.NO_KEY;
import static dev.llmconfig.store.ConfigStoreContract.typed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.store.Drafts.Reading;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The few reads of the cluster that go out as the person who asks.
@ExtendWith(ControlPlaneExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ClusterReadsIT {

  private ControlPlane plane;
  private ClusterWorld world;

  @BeforeEach
  void join(ControlPlane plane) {
    this.plane = plane;
    Crds.install(plane);
    world = plane.closedLater(new ClusterWorld(plane, "", ClusterWorld.rule("", "get", "list")));
    secret("theirs", Map.of(), Map.of("api-key", CANARY, "org", "org_1"));
  }

  @Test
  void aKeyInASecretIsReadWithTheRightsOfWhoeverAsks() {
    var draft = draft("{provider: 'OpenAI', secretRef: {name: 'theirs'}}");

    try (var ready = ready(draft, NO_KEY)) {
      assertThat(text(ready)).isEqualTo(CANARY);
    }
    var viewer = ClusterWorld.caller(plane.actor("viewer", ClusterWorld.VIEW));
    assertThat(world.drafts().read(viewer, draft, NO_KEY))
        .isInstanceOfSatisfying(
            Reading.Not.class,
            not ->
                assertThat(not.why())
                    .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied -> {
                          assertThat(denied.right().verb()).isEqualTo("get");
                          assertThat(denied.right().resource()).isEqualTo("secrets");
                        }));
  }

  @Test
  void aSecretThatHasNoSuchKeyIsSaid() {
    assertThat(flaw("{provider: 'OpenAI', secretRef: {name: 'gone'}}")).contains("no Secret gone");
    assertThat(flaw("{provider: 'OpenAI', secretRef: {name: 'theirs', key: 'other'}}"))
        .contains("api-key, org");
    assertThat(flaw("{provider: 'OpenAI', sealedKey: {encryptedData: 'AgB', scope: 'Strict'}}"))
        .contains("save the key");
    assertThat(flaw("{provider: 'OpenAI'}")).isNotEmpty();
  }

  @Test
  void aSecretGoesNoFartherThanItsOwnerSays() {
    var place = "https://llm.example.com/v1";
    var foreign =
        draft("{provider: 'OpenAI', endpoint: '%s', secretRef: {name: 'theirs'}}".formatted(place));
    assertThat(world.drafts().read(world.editor(), foreign, NO_KEY))
        .isInstanceOfSatisfying(
            Reading.Not.class,
            not -> assertThat(not.why()).isInstanceOf(Outcome.EndpointNotAllowed.class));

    secret("agreed", Map.of(Annotations.ALLOWED_ENDPOINTS, place), Map.of("api-key", CANARY));
    try (var ready =
        ready(
            draft(
                "{provider: 'OpenAI', endpoint: '%s', secretRef: {name: 'agreed'}}"
                    .formatted(place)),
            NO_KEY)) {
      assertThat(text(ready)).isEqualTo(CANARY);
    }
  }

  @Test
  void aTokenOpensAtItsOwnPlaceOnly() {
    var made =
        world
            .store()
            .createKey(
                world.editor(),
                new KeyDraft(
                    world.namespace(),
                    Optional.of("bound"),
                    world.spec("{provider: 'OpenAI'}"),
                    Optional.empty(),
                    false),
                typed(CANARY),
                Manner.APPLY);
    assertThat(made).isInstanceOf(Outcome.Done.class);
    var token = world.key("bound").orElseThrow().spec().path("encryptedKey").asText();
    var spec = "{provider: 'OpenAI', encryptedKey: '%s'}".formatted(token);

    try (var ready = ready(draft("bound", spec), NO_KEY)) {
      assertThat(text(ready)).isEqualTo(CANARY);
    }
    assertThat(reason(draft("other", spec))).isEqualTo(Flaw.Reason.TokenBoundElsewhere);
    var _ = world.losesItsRing();
    assertThat(reason(draft("bound", spec))).isEqualTo(Flaw.Reason.KeyRingMissing);
    try (var typed = ready(draft("{provider: 'OpenAI'}"), typed(CANARY))) {
      assertThat(text(typed)).isEqualTo(CANARY); // needs no ring
    }
  }

  @Test
  void certificatesThatAreNotThereAreSaid() {
    assertThat(
            flaw(
                "{provider: 'OpenAI', secretRef: {name: 'theirs'}, caRef: {kind: 'Secret', name:"
                    + " 'theirs', key: 'org'}}"))
        .contains("no PEM certificate");
  }

  @Test
  void secretsAreListedByNameAndNotByValue() {
    var found = world.secrets().in(world.editor(), world.namespace());
    assertThat(found)
        .isInstanceOfSatisfying(
            Looked.Found.class,
            list -> assertThat(list.value().toString()).contains("theirs").doesNotContain(CANARY));
    assertThat(world.secrets().dataKeys(world.editor(), world.at("theirs")))
        .isEqualTo(new Looked.Found<>(List.of("api-key", "org")));
    assertThat(world.secrets().dataKeys(world.editor(), world.at("gone")))
        .isEqualTo(new Looked.Not<>(new Outcome.Missing()));
    var viewer = ClusterWorld.caller(plane.actor("viewer", ClusterWorld.VIEW));
    assertThat(world.secrets().in(viewer, world.namespace()))
        .isInstanceOfSatisfying(
            Looked.Not.class,
            not ->
                assertThat(not.why())
                    .isInstanceOfSatisfying(
                        Outcome.Denied.class,
                        denied -> assertThat(denied.right().verb()).isEqualTo("list")));
  }

  private void secret(String name, Map<String, String> annotations, Map<String, String> data) {
    plane
        .admin()
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(plane.namespace())
                .withName(name)
                .withAnnotations(annotations)
                .endMetadata()
                .withStringData(data)
                .build())
        .create();
  }

  private KeyDraft draft(String spec) {
    return draft("tried", spec);
  }

  private KeyDraft draft(String name, String spec) {
    return new KeyDraft(
        world.namespace(), Optional.of(name), world.spec(spec), Optional.empty(), false);
  }

  private Reading.Ready ready(KeyDraft draft, KeyMaterial material) {
    if (world.drafts().read(world.editor(), draft, material) instanceof Reading.Ready ready) {
      return ready;
    }
    throw new AssertionError(draft);
  }

  private Flaw only(KeyDraft draft) {
    if (world.drafts().read(world.editor(), draft, NO_KEY)
            instanceof Reading.Not(Outcome.Invalid(var flaws))
        && !flaws.isEmpty()) {
      return flaws.getFirst();
    }
    throw new AssertionError(draft);
  }

  private String flaw(String spec) {
    return only(draft(spec)).sentence();
  }

  private Flaw.Reason reason(KeyDraft draft) {
    return only(draft).reason();
  }

  private static String text(Reading.Ready ready) {
    return ready.key().orElseThrow().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
