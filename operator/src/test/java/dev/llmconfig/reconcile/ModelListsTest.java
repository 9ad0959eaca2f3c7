package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.catalogue.Attribute;
import dev.llmconfig.catalogue.Retirement.Listing;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.KeyState;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.Listed;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelListsTest {

  private static final String PLACE = "https://api.openai.com/v1";

  /// What the API server has, and what the watch has seen of it.
  private final Map<Ref, ConfigMap> there = new HashMap<>();

  private final Map<Ref, ConfigMap> watched = new HashMap<>();
  private final KeptObjects server = new KeptObjects(there);
  private final ModelLists lists =
      new ModelLists(place -> Optional.ofNullable(watched.get(place)), server);

  @Test
  void aListIsReadOnceForAllModelsOfItsKey() {
    put("one", 1, 1000, PLACE);

    for (int at = 0; at < 50; at++) {
      assertThat(tokens(look("model-" + at, "gpt-5", "one", ""))).contains(1000L);
      assertThat(tokens(look("model-" + at, "gpt-5", "one", ""))).contains(1000L);
    }
    assertThat(look("other", "gpt-6", "one", "").listing()).isEqualTo(Listing.NotListed);
    assertThat(server.asked).containsExactly("one-llmkey-facts");
  }

  /// With more keys than lists are held, no list is read again either.
  @Test
  void whatAListSaysOfAModelIsRemembered() {
    for (int round = 0; round < 2; round++) {
      for (int at = 0; at < 3 * ModelLists.HELD; at++) {
        if (round == 0) {
          put("key-" + at, 1, 1000 + at, PLACE);
        }
        assertThat(tokens(look("of-" + at, "gpt-5", "key-" + at, ""))).contains(1000L + at);
      }
    }
    assertThat(server.asked).hasSize(3 * ModelLists.HELD);
  }

  @Test
  void anotherVersionIsReadAgain() {
    put("one", 1, 1000, PLACE);
    look("support", "gpt-5", "one", "");
    put("one", 2, 2000, PLACE);

    assertThat(tokens(look("support", "gpt-5", "one", ""))).contains(2000L);
    assertThat(tokens(look("support", "gpt-6", "one", ""))).isEmpty();
    assertThat(server.asked).hasSize(2);
  }

  /// Else a status would lose its facts with every restart, and have them back a moment later.
  @Test
  void whatTheWatchHasNotSeenIsLookedUp() {
    put("one", 1, 1000, PLACE);
    watched.clear();

    assertThat(tokens(look("support", "gpt-5", "one", ""))).contains(1000L);
  }

  /// The status of the key may be newer than what is seen of its list.
  @Test
  void whatSeemsToBeOfAnotherEndpointIsLookedUp() {
    put("one", 1, 1000, "https://old.example.com/v1");
    look("support", "gpt-5", "one", "");
    var seen = watched.get(facts("one"));
    put("one", 2, 2000, PLACE);
    watched.put(facts("one"), seen);

    assertThat(tokens(look("another", "gpt-5", "one", ""))).contains(2000L);
  }

  @Test
  void aListOfAnotherEndpointSaysNothing() {
    put("one", 1, 1000, "https://eu.api.openai.com/v1");

    assertThat(look("support", "gpt-5", "one", "")).isEqualTo(Listed.UNKNOWN);
    assertThat(look("support", "gpt-6", "one", "")).isEqualTo(Listed.UNKNOWN);
  }

  /// The key's controller makes it again; until then it says what it said.
  @Test
  void whatIsGoneOrDamagedSaysWhatItSaid() {
    put("one", 1, 1000, PLACE);
    look("support", "gpt-5", "one", "");
    watched.clear();
    there.clear();
    assertThat(tokens(look("support", "gpt-5", "one", ""))).contains(1000L);

    put("one", 2, 2000, PLACE);
    there.values().forEach(map -> map.setData(Map.of("models.json", "{")));
    assertThat(tokens(look("support", "gpt-5", "one", ""))).contains(1000L);
    assertThat(look("support", "gpt-6", "one", "")).isEqualTo(Listed.UNKNOWN);
  }

  @Test
  void whatIsForgottenIsNotRemembered() {
    put("one", 1, 1000, PLACE);
    look("support", "gpt-5", "one", "");
    lists.forget(new Ref("team", "support"));
    watched.clear();
    there.clear();

    assertThat(look("support", "gpt-5", "one", "")).isEqualTo(Listed.UNKNOWN);
  }

  @Test
  void aListOfAnEarlierKeyOfThatNameSaysNothing() {
    put("one", 1, 1000, PLACE);
    there
        .values()
        .forEach(map -> map.getMetadata().getOwnerReferences().getFirst().setUid("earlier"));

    assertThat(look("support", "gpt-5", "one", "")).isEqualTo(Listed.UNKNOWN);
  }

  @Test
  void withoutTheRightNothingIsKnownAndAnythingElseIsTriedAgain() {
    put("one", 1, 1000, PLACE);
    server.refuse(403);
    assertThat(look("support", "gpt-5", "one", "")).isEqualTo(Listed.UNKNOWN);

    put("two", 1, 1000, PLACE);
    server.refuse(503);
    assertThatThrownBy(() -> look("support", "gpt-5", "two", ""))
        .isInstanceOf(KubernetesClientException.class);

    server.allow();
    assertThat(tokens(look("support", "gpt-5", "one", ""))).contains(1000L);
    assertThat(tokens(look("support", "gpt-5", "two", ""))).contains(1000L);
  }

  @Test
  void whereNoListIsWantedNobodyIsAsked() {
    put("one", 1, 1000, PLACE);

    assertThat(look("support", "gpt-5", "one", "models: {discovery: Disabled}"))
        .isEqualTo(Listed.UNKNOWN);
    assertThat(server.asked).isEmpty();
  }

  @Test
  void whatIsDeclaredByHandIsNotMissedOnAList() {
    put("one", 1, 1000, PLACE);
    var declared = "models: {additional: [{id: ours}, {id: gpt-5}]}";

    assertThat(look("support", "ours", "one", declared)).isEqualTo(Listed.UNKNOWN);
    assertThat(tokens(look("support", "gpt-5", "one", declared))).contains(1000L);
  }

  private static Optional<Long> tokens(Listed listed) {
    return listed.facts().value(Attribute.CONTEXT_TOKENS);
  }

  private static Ref facts(String key) {
    return new Ref("team", key + "-llmkey-facts");
  }

  private void put(String key, int version, int contextTokens, String endpoint) {
    var map =
        ModelFolder.OBJECTS.unmarshal(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              namespace: team
              name: %1$s-llmkey-facts
              uid: facts-of-%1$s
              resourceVersion: "%2$d"
              labels: {app.kubernetes.io/managed-by: llm-config-operator, llmconfig.dev/api-key: %1$s}
              annotations: {llmconfig.dev/endpoint: "%4$s", llmconfig.dev/asked-at: "2026-08-19T00:00:00Z"}
              ownerReferences: [{apiVersion: llmconfig.dev/v1alpha1, kind: ApiKeyConfig, name: %1$s, uid: uid-%1$s}]
            data:
              models.json: '{"models":{"gpt-5":{"2026-08-19":{"contextTokens":%3$d}}}}'
            """
                .formatted(key, version, contextTokens, endpoint),
            ConfigMap.class);
    there.put(facts(key), map);
    watched.put(facts(key), map);
  }

  private Listed look(String name, String model, String key, String spec) {
    var config =
        ModelFolder.OBJECTS.unmarshal(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ApiKeyConfig
            metadata: {namespace: team, name: %1$s, uid: uid-%1$s, generation: 1}
            spec:
              provider: OpenAI
              secretRef: {name: %1$s}
              %2$s
            status:
              observedGeneration: 1
              revision: r-1
              endpoint: https://api.openai.com/v1
              conditions: [{type: Ready, status: "True", reason: Verified}]
            """
                .formatted(key, spec),
            ApiKeyConfig.class);
    var declared =
        ModelFolder.OBJECTS.unmarshal(
            """
            apiVersion: llmconfig.dev/v1alpha1
            kind: ModelConfig
            metadata: {namespace: team, name: %s, uid: uid, generation: 1}
            spec: {apiKeyRef: {name: %s}, model: %s}
            """
                .formatted(name, key, model),
            ModelConfig.class);
    if (Parsing.model(declared) instanceof Validated.Valid<ModelSettings>(var settings)
        && Parsing.apiKey(config) instanceof Validated.Valid<ApiKey>(var apiKey)
        && Parsing.keyState(Optional.of(config)) instanceof KeyState.Usable(var usable, _)) {
      return lists.of(settings, apiKey, usable);
    }
    throw new IllegalStateException("the samples are valid");
  }
}
