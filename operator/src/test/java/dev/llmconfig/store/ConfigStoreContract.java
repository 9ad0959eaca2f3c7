package dev.llmconfig.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Manner.Foreign;
import dev.llmconfig.store.Manner.Run;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// What every store promises, wherever the truth is.
interface ConfigStoreContract {

  String CANARY = "sk-proj-canary0123456789abcdefghijCANARY42";
  KeyMaterial NO_KEY = new KeyMaterial.Absent();
  Version ANY = new Version.Any();

  StoreWorld world();

  @Test
  default void whatIsSavedIsThereAndWhatHasNoNameGetsOne() {
    var key =
        done(
            world()
                .store()
                .createKey(
                    world().editor(),
                    new KeyDraft(
                        world().namespace(),
                        Optional.empty(),
                        world().spec("{provider: 'OpenAI', displayName: 'Tëam A / 2'}"),
                        Optional.empty(),
                        false),
                    typed(CANARY),
                    Manner.APPLY));
    assertThat(key.ref()).isEqualTo(world().at("openai-t-am-a-2"));
    assertThat(world().key("openai-t-am-a-2").orElseThrow()).isEqualTo(key);
    assertThat(key.spec().path("displayName").asText()).isEqualTo("Tëam A / 2");
    assertThat(key.spec().toString()).doesNotContain(CANARY);
    assertThat(world().plaintext("openai-t-am-a-2")).contains(CANARY);

    var first = model(Optional.empty(), "{apiKeyRef: {name: 'a'}, model: 'gpt-5-mini'}");
    var second = model(Optional.empty(), "{apiKeyRef: {name: 'a'}, model: 'GPT-5-mini'}");
    assertThat(done(first).ref().name()).isEqualTo("gpt-5-mini");
    assertThat(done(second).ref().name()).isEqualTo("gpt-5-mini-2");
    assertThat(world().model("gpt-5-mini-2").orElseThrow().spec().path("model").asText())
        .isEqualTo("GPT-5-mini");
  }

  @Test
  default void everyFieldOfAModelCanBeSetAndUnset() {
    done(model("every", "{apiKeyRef: {name: 'a'}, model: 'gpt-5-mini'}"));
    for (var change :
        List.of(
            "{displayName: 'Grüße 🚀'}",
            "{isDefault: true}",
            "{parameters: {temperature: 0.25, topP: 1}}",
            "{parameters: {maxOutputTokens: 5, stopSequences: ['a', 'b'], timeoutSeconds: 9}}",
            "{parameters: {reasoningEffort: 'Low', extra: {top_k: 3, deep: {er: [1, 2]}}}}",
            "{unsupportedParameters: 'Reject'}",
            "{fallbackRefs: [{name: 'b'}, {name: 'c'}]}",
            "{delivery: {mode: 'File', profile: 'langchain', fileMountPath: '/etc/other'}}",
            "{delivery: {selector: {matchLabels: {'example.com/part': 'x'}}}}",
            "{delivery: {containers: ['b', 'a'], rollback: 'Never'}}",
            "{delivery: {rollout: {policy: 'Manual', maxParallel: 2, minIntervalSeconds: 3}}}",
            "{suspend: true}")) {
      setAndUnset(change);
    }
  }

  private void setAndUnset(String json) {
    var change = world().spec(json);
    var before = world().model("every").orElseThrow();
    var set = done(change("every", before, change));
    assertThat(set.generation()).as(json).isEqualTo(before.generation() + 1);
    assertThat(contains(set.spec(), change)).as("%s in %s", json, set.spec()).isTrue();

    var unset = done(change("every", set, nulled(change)));
    assertThat(pruned(unset.spec())).as(json).isEqualTo(pruned(before.spec()));
    assertThat(world().model("every").orElseThrow().spec()).isEqualTo(unset.spec());
  }

  @Test
  default void everyFieldOfAKeyCanBeSetAndUnset() {
    done(key("every", "{provider: 'OpenAI'}", typed(CANARY)));
    for (var json :
        List.of(
            "{displayName: 'A'}",
            "{models: {discovery: 'Disabled', allow: ['gpt-5*', 'o3']}}",
            "{models: {additional: [{id: 'x', contextTokens: 5}, {id: 'y'}]}}",
            "{verification: {mode: 'OnChange', probe: 'Completion', intervalSeconds: 300}}",
            "{rotation: {gracePeriodSeconds: 5}}",
            "{expiresAt: '2097-03-31T00:00:00Z'}",
            "{suspend: true}")) {
      var change = world().spec(json);
      var before = world().key("every").orElseThrow();
      var set = done(changeKey("every", before, change, NO_KEY));
      assertThat(contains(set.spec(), change)).as("%s in %s", json, set.spec()).isTrue();
      var unset = done(changeKey("every", set, nulled(change), NO_KEY));
      assertThat(pruned(unset.spec())).as(json).isEqualTo(pruned(before.spec()));
    }
  }

  @Test
  default void whoHasSeenAnOlderStateChangesNothing() {
    var first = done(model("stale", "{apiKeyRef: {name: 'a'}, model: 'one'}"));
    var second = done(change("stale", first, world().spec("{model: 'two'}")));
    var late = change("stale", first, world().spec("{model: 'three'}"));
    assertThat(late).isEqualTo(new Outcome.Conflict(second));
    assertThat(
            world().store().deleteModel(world().editor(), first.ref(), seen(first), Manner.APPLY))
        .isInstanceOf(Outcome.Conflict.class);
    assertThat(world().model("stale")).contains(second);
    var other = new Version.Seen("of another object", second.generation());
    assertThat(
            world()
                .store()
                .changeModel(
                    world().editor(),
                    second.ref(),
                    other,
                    world().spec("{model: 'four'}"),
                    Manner.APPLY))
        .isInstanceOf(Outcome.Conflict.class);
  }

  @Test
  default void aNameIsTakenOnlyOnce() {
    var first = done(key("twice", "{provider: 'OpenAI'}", typed(CANARY)));
    assertThat(key("twice", "{provider: 'Anthropic'}", typed(CANARY)))
        .isInstanceOf(Outcome.AlreadyExists.class);
    assertThat(world().key("twice")).contains(first);
    var racing =
        together(
            8,
            number -> model("racing", "{apiKeyRef: {name: 'a'}, model: 'm%d'}".formatted(number)));
    assertThat(racing.stream().filter(Outcome.Done.class::isInstance)).hasSize(1);
    assertThat(racing.stream().filter(Outcome.AlreadyExists.class::isInstance)).hasSize(7);
  }

  @Test
  default void ofManyWritersOneIsDoneForEachGeneration() {
    var start = done(model("busy", "{apiKeyRef: {name: 'a'}, model: 'm'}"));
    var outcomes =
        together(
            50, number -> change("busy", start, world().spec("{model: 'm%d'}".formatted(number))));
    assertThat(outcomes.stream().filter(Outcome.Done.class::isInstance)).hasSize(1);
    assertThat(outcomes.stream().filter(Outcome.Conflict.class::isInstance)).hasSize(49);
    assertThat(world().model("busy").orElseThrow().generation()).isEqualTo(start.generation() + 1);
  }

  @Test
  default void whatIsSavedAgainIsNoNewGeneration() {
    var spec = "{apiKeyRef: {name: 'a'}, model: 'm', parameters: {temperature: 1, topP: 0.5}}";
    var start = done(model("again", spec));
    var changed = done(change("again", start, world().spec("{parameters: {topP: 0.7}}")));
    var same = done(change("again", changed, changed.spec()));
    assertThat(same).isEqualTo(changed);
    assertThat(done(change("again", changed, world().spec("{parameters: {topP: 0.70}}"))))
        .isEqualTo(changed);
  }

  @Test
  default void parametersAreReplacedAsAWhole() {
    var start =
        done(
            model(
                "whole",
                "{apiKeyRef: {name: 'a'}, model: 'm', parameters: {temperature: 1, extra: {a: 1, b: 2}}}"));
    var outcome =
        world()
            .store()
            .replaceParameters(
                world().editor(),
                start.ref(),
                seen(start),
                world().spec("{topP: 0.5, extra: {b: 3}}"),
                Manner.APPLY);
    assertThat(done(outcome).spec().path("parameters"))
        .isEqualTo(world().spec("{topP: 0.5, extra: {b: 3}}"));
  }

  @Test
  default void aPreviewIsWhatApplyThenDoes() {
    var start =
        done(
            model(
                "preview",
                "{apiKeyRef: {name: 'a'}, model: 'm', parameters: {temperature: 1, topP: 0.5}}"));
    for (var json :
        List.of(
            "{model: 'other', parameters: {topP: null, maxOutputTokens: 7}}",
            "{displayName: 'x', delivery: {mode: 'EnvFrom', containers: ['a']}}",
            "{delivery: null, parameters: {extra: {top_k: 1}}}")) {
      var change = world().spec(json);
      var before = world().model("preview").orElseThrow();
      var outcome =
          world()
              .store()
              .changeModel(world().editor(), start.ref(), seen(before), change, Manner.DRY_RUN);
      assertThat(outcome).isInstanceOf(Outcome.Previewed.class);
      assertThat(world().model("preview")).as("nothing is changed").contains(before);
      var preview = ((Outcome.Previewed) outcome).preview();
      var after = done(change("preview", before, change));
      assertThat(preview.after().spec()).isEqualTo(after.spec());
      assertThat(preview.after().generation()).isEqualTo(after.generation());
      assertThat(preview.changes()).isNotEmpty();
      for (var one : preview.changes()) {
        assertThat(at(before.spec(), one.field())).isEqualTo(one.from());
        assertThat(at(after.spec(), one.field())).isEqualTo(one.to());
      }
    }
    assertThat(
            world()
                .store()
                .createModel(
                    world().editor(),
                    new ModelDraft(
                        world().namespace(),
                        Optional.of("never"),
                        world().spec("{apiKeyRef: {name: 'a'}, model: 'm'}")),
                    Manner.DRY_RUN))
        .isInstanceOf(Outcome.Previewed.class);
    assertThat(world().model("never")).isEmpty();
  }

  @Test
  default void everythingThatIsWrongIsSaidAtOnceAndNothingIsRepeated() {
    var outcome =
        model(
            "wrong",
            "{apiKeyRef: {name: 'A B'}, model: 'm m', modle: 'x', parameters: {temperature: 9, Temperature: 1}}");
    assertThat(outcome).isInstanceOf(Outcome.Invalid.class);
    assertThat(((Outcome.Invalid) outcome).flaws())
        .extracting(Flaw::field, Flaw::reason)
        .contains(
            tuple("spec.modle", Flaw.Reason.UnknownField),
            tuple("spec.parameters.Temperature", Flaw.Reason.UnknownField));
    outcome =
        model("wrong", "{apiKeyRef: {name: 'A B'}, model: 'm m', parameters: {temperature: 9}}");
    assertThat(((Outcome.Invalid) outcome).flaws())
        .extracting(Flaw::field)
        .contains("spec.apiKeyRef.name", "spec.model", "spec.parameters.temperature");
    assertThat(outcome.toString()).doesNotContain("A B").doesNotContain("m m");
    assertThat(world().model("wrong")).isEmpty();
    assertThat(model("wrong", "{apiKeyRef: {name: 'a'}, model: 'm', parameters: {topP: '1'}}"))
        .isInstanceOf(Outcome.Invalid.class);
    assertThat(model("default", "{apiKeyRef: {name: 'a'}, model: 'm'}"))
        .isInstanceOf(Outcome.Invalid.class);
    assertThat(model("Not_a_name", "{apiKeyRef: {name: 'a'}, model: 'm'}"))
        .isInstanceOf(Outcome.Invalid.class);
    assertThat(key("wrong", "{provider: 'OpenAi'}", NO_KEY)).isInstanceOf(Outcome.Invalid.class);
    assertThat(key("wrong", "{provider: 'OpenAI'}", NO_KEY))
        .as("a key is needed")
        .isInstanceOf(Outcome.Invalid.class);
  }

  @Test
  default void aKeyIsRefusedWhereItDoesNotBelong() {
    for (var spec :
        List.of(
            "{provider: 'OpenAI', displayName: '%s'}",
            "{provider: 'OpenAI', headers: [{name: 'X-A', value: '%s'}]}",
            "{provider: 'VLLM', endpoint: 'https://llm.example.com/%s'}")) {
      var outcome = key("leak", spec.formatted(CANARY), NO_KEY);
      assertThat(((Outcome.Invalid) outcome).flaws())
          .extracting(Flaw::reason)
          .containsExactly(Flaw.Reason.LooksLikeAKey);
      assertThat(outcome.toString()).doesNotContain(CANARY);
    }
    var extra =
        model(
            "leak",
            "{apiKeyRef: {name: 'a'}, model: 'm', parameters: {extra: {k: '%s'}}}"
                .formatted(CANARY));
    assertThat(((Outcome.Invalid) extra).flaws())
        .extracting(Flaw::field)
        .containsExactly("spec.parameters.extra.k");
    assertThat(world().key("leak")).isEmpty();
  }

  @Test
  default void aNewKeyReplacesTheOldOneAndAnotherPlaceNeedsTheKeyAgain() {
    var start = done(key("rotated", "{provider: 'OpenAI'}", typed("sk-old-0123456789abcdef")));
    assertThat(world().plaintext("rotated")).contains("sk-old-0123456789abcdef");
    var endpoint = world().spec("{endpoint: 'https://elsewhere.example.com/v1'}");
    for (var change : List.of(endpoint, world().spec("{headers: [{name: 'X-A', value: 'b'}]}"))) {
      var refused = changeKey("rotated", start, change, NO_KEY);
      assertThat(((Outcome.Invalid) refused).flaws())
          .extracting(Flaw::reason)
          .containsExactly(Flaw.Reason.KeyRequiredForNewEndpoint);
    }
    assertThat(world().key("rotated")).contains(start);
    assertThat(
            changeKey(
                "rotated", start, world().spec("{endpoint: 'https://API.openai.com/v1/'}"), NO_KEY))
        .as("another spelling is no other place")
        .isInstanceOf(Outcome.Done.class);
    var moved =
        done(changeKey("rotated", world().key("rotated").orElseThrow(), endpoint, typed(CANARY)));
    assertThat(world().plaintext("rotated"))
        .contains(CANARY)
        .contains("https://elsewhere.example.com/v1");
    assertThat(moved.spec().toString()).doesNotContain(CANARY);
  }

  @Test
  default void aMaskIsNoKey() {
    var start = done(key("masked", "{provider: 'OpenAI'}", typed(CANARY)));
    for (var typed :
        List.of("sk-***3f9c", "***", "•••••", "sk-…9c", "", "sk one two", "sk\u0000x")) {
      var outcome = changeKey("masked", start, world().spec("{}"), typed(typed));
      assertThat(outcome)
          .as("a key like %d characters", typed.length())
          .isInstanceOf(Outcome.Invalid.class);
    }
    assertThat(world().key("masked")).contains(start);
    assertThat(world().plaintext("masked")).contains(CANARY);
    var trimmed = changeKey("masked", start, world().spec("{}"), typed(" \"" + CANARY + "9\"\n"));
    assertThat(((Outcome.Done) trimmed).warnings())
        .extracting(Outcome.Warning::reason)
        .containsExactly("KeyTrimmed");
    assertThat(world().plaintext("masked")).contains(CANARY + "9").doesNotContain("\\n");
  }

  @Test
  default void aKeyInUseGoesWithAReplacementOrByForce() {
    var key = done(key("old", "{provider: 'OpenAI'}", typed(CANARY)));
    done(key("other", "{provider: 'OpenAI'}", typed(CANARY)));
    done(key("foreign", "{provider: 'Anthropic'}", typed(CANARY)));
    done(model("user-a", "{apiKeyRef: {name: 'old'}, model: 'm'}"));
    done(model("user-b", "{apiKeyRef: {name: 'old'}, model: 'm'}"));
    done(model("bystander", "{apiKeyRef: {name: 'other'}, model: 'm'}"));

    assertThat(delete(key, new Replacement.None()))
        .isEqualTo(new Outcome.InUse(List.of("user-a", "user-b")));
    for (var unfit : List.of("missing", "other", "foreign", "old")) {
      assertThat(delete(key, new Replacement.By(unfit))).isInstanceOf(Outcome.Invalid.class);
    }
    assertThat(world().key("old")).contains(key);
    world().isReady("other");
    assertThat(delete(key, new Replacement.By("other"))).isEqualTo(new Outcome.Deleted());
    assertThat(world().key("old")).isEmpty();
    for (var user : List.of("user-a", "user-b")) {
      assertThat(world().model(user).orElseThrow().spec().at("/apiKeyRef/name").asText())
          .isEqualTo("other");
    }

    var other = world().key("other").orElseThrow();
    assertThat(delete(other, new Replacement.None())).isInstanceOf(Outcome.InUse.class);
    assertThat(delete(other, new Replacement.Forced())).isEqualTo(new Outcome.Deleted());
    assertThat(delete(other, new Replacement.Forced())).isEqualTo(new Outcome.Missing());
  }

  @Test
  default void thereIsOneDefaultAfterASelection() {
    done(key("a", "{provider: 'OpenAI'}", typed(CANARY)));
    var offer = new Choice.Offered(world().at("a"), "gpt-5-mini");
    var made = done(select(offer, "{temperature: 0.5}"));
    assertThat(made.spec().path("isDefault").asBoolean()).isTrue();
    assertThat(made.spec().at("/parameters/temperature").asDouble()).isEqualTo(0.5);
    done(change(made.ref().name(), made, world().spec("{delivery: {profile: 'langchain'}}")));

    var other = done(model("other", "{apiKeyRef: {name: 'a'}, model: 'm', parameters: {topP: 1}}"));
    assertThat(select(new Choice.Configured(other.ref()), "", Manner.DRY_RUN))
        .isInstanceOf(Outcome.Previewed.class);
    assertThat(world().model("other")).contains(other);
    var selected = done(select(new Choice.Configured(other.ref()), ""));
    assertThat(selected.spec().path("parameters")).isEqualTo(other.spec().path("parameters"));
    assertThat(isDefault("other")).isTrue();
    assertThat(isDefault(made.ref().name())).isFalse();

    assertThat(done(select(new Choice.Configured(other.ref()), ""))).isEqualTo(selected);
    assertThat(done(select(offer, "")).ref()).as("it is there already").isEqualTo(made.ref());
    assertThat(isDefault("other")).isFalse();
    var third = done(select(new Choice.Offered(world().at("a"), "vendor/Third:1"), ""));
    assertThat(third.ref().name()).isEqualTo("vendor-third-1");
    assertThat(third.spec().at("/delivery/profile").asText())
        .as("as the one before it was delivered")
        .isEqualTo("langchain");
    assertThat(select(new Choice.Configured(world().at("nobody")), ""))
        .isEqualTo(new Outcome.Missing());
    assertThat(isDefault("vendor-third-1")).isTrue();
  }

  @Test
  default void longAndForeignNamesAreKept() {
    var id = "überlang/模型-" + "x".repeat(256 - 13) + "é";
    assertThat(id).hasSize(256);
    var made =
        done(
            model(
                Optional.empty(),
                Specs.of("{apiKeyRef: {name: 'a'}}").put("model", id).toString()));
    assertThat(made.spec().path("model").asText()).isEqualTo(id);
    assertThat(made.ref().name()).hasSizeLessThanOrEqualTo(63);
    assertThat(change(made.ref().name(), made, Specs.of("{}").put("model", id + "y")))
        .isInstanceOf(Outcome.Invalid.class);
  }

  @Test
  default void noActionIsTakenOnAnotherStateThanTheOneThatWasSeen() {
    var key = done(key("a", "{provider: 'Echo'}", NO_KEY));
    var first = done(model("one", "{apiKeyRef: {name: 'a'}, model: 'echo'}"));
    var now = done(change("one", first, world().spec("{displayName: 'Second'}")));
    var store = world().store();
    var me = world().editor();
    var stale = new Version.OneOf(List.of(new Version.Seen(first.uid(), first.generation())));
    var choice = new Choice.Configured(first.ref());

    assertThat(store.select(me, choice, stale, Optional.empty(), Manner.APPLY))
        .isInstanceOfSatisfying(
            Outcome.Conflict.class,
            conflict -> assertThat(conflict.current().generation()).isEqualTo(now.generation()));
    assertThat(isDefault("one")).isFalse();
    assertThat(store.select(me, choice, seen(now), Optional.empty(), Manner.APPLY))
        .isInstanceOf(Outcome.Done.class);
    var another = new Version.Seen(key.uid(), key.generation() + 1);
    assertThat(store.requestTest(me, key.ref(), another)).isInstanceOf(Outcome.Conflict.class);
    assertThat(store.requestTest(me, key.ref(), seen(key))).isInstanceOf(Outcome.Requested.class);
    var offered = new Choice.Offered(key.ref(), "echo-slow");
    assertThat(store.select(me, offered, another, Optional.empty(), Manner.APPLY))
        .isEqualTo(new Outcome.Overtaken());
  }

  private boolean isDefault(String name) {
    return world().model(name).orElseThrow().spec().path("isDefault").asBoolean();
  }

  private Outcome select(Choice choice, String parameters) {
    return select(choice, parameters, Manner.APPLY);
  }

  private Outcome select(Choice choice, String parameters, Manner manner) {
    return world()
        .store()
        .select(
            world().editor(),
            choice,
            ANY,
            parameters.isEmpty() ? Optional.empty() : Optional.of(world().spec(parameters)),
            manner);
  }

  private Outcome delete(Stored key, Replacement replacement) {
    return world().store().deleteKey(world().editor(), key.ref(), ANY, replacement, Manner.APPLY);
  }

  private Outcome key(String name, String spec, KeyMaterial material) {
    return world()
        .store()
        .createKey(
            world().editor(),
            new KeyDraft(
                world().namespace(),
                Optional.of(name),
                world().spec(spec),
                Optional.empty(),
                false),
            material,
            Manner.APPLY);
  }

  private Outcome changeKey(String name, Stored seen, ObjectNode change, KeyMaterial material) {
    return world()
        .store()
        .changeKey(
            world().editor(),
            new Ref(world().namespace(), name),
            seen(seen),
            new KeyChange(change, Optional.empty(), false),
            material,
            Manner.APPLY);
  }

  private Outcome model(String name, String spec) {
    return model(Optional.of(name), spec);
  }

  private Outcome model(Optional<String> name, String spec) {
    return world()
        .store()
        .createModel(
            world().editor(),
            new ModelDraft(world().namespace(), name, world().spec(spec)),
            Manner.APPLY);
  }

  private Outcome change(String name, Stored seen, ObjectNode change) {
    return world()
        .store()
        .changeModel(
            world().editor(),
            world().at(name),
            seen(seen),
            change,
            new Manner(Run.Apply, Foreign.Ask));
  }

  static Version seen(Stored stored) {
    return new Version.Seen(stored.uid(), stored.generation());
  }

  static KeyMaterial typed(String text) {
    return KeyMaterial.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Stored done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).stored();
  }

  /// Started at one moment.
  static List<Outcome> together(int writers, IntFunction<Outcome> work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Outcome>>();
      for (var number = 0; number < writers; number++) {
        var own = number;
        tasks.add(() -> work.apply(own));
      }
      return threads.invokeAll(tasks).stream().map(Future::resultNow).toList();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<JsonNode> at(JsonNode spec, String field) {
    var node = spec.at(field.substring("spec".length()).replace('.', '/'));
    return node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }

  private static boolean contains(JsonNode whole, JsonNode part) {
    return part.isObject()
        ? part.propertyStream()
            .allMatch(
                one -> whole.has(one.getKey()) && contains(whole.get(one.getKey()), one.getValue()))
        : whole.toString().equals(part.toString())
            || (whole.isNumber() && whole.asDouble() == part.asDouble())
            || (whole.isArray() && sorted(whole).equals(sorted(part)));
  }

  private static List<String> sorted(JsonNode list) {
    return list.valueStream().map(ConfigStoreContract::ordered).sorted().toList();
  }

  /// The server has an order of its own.
  private static String ordered(JsonNode item) {
    return item.propertyStream().map(Object::toString).sorted().toList() + item.asText();
  }

  private static ObjectNode nulled(ObjectNode change) {
    var nulled = Specs.of("{}");
    change
        .properties()
        .forEach(one -> {
          if (one.getValue() instanceof ObjectNode below
              && !List.of("extra", "selector").contains(one.getKey())) {
            nulled.set(one.getKey(), nulled(below));
          } else {
            nulled.putNull(one.getKey());
          }
        });
    return nulled;
  }

  /// An object with nothing in it says nothing.
  private static JsonNode pruned(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    var pruned = Specs.of("{}");
    object
        .properties()
        .forEach(one -> {
          var below = pruned(one.getValue());
          if (!(below.isObject() && below.isEmpty())) {
            pruned.set(one.getKey(), below);
          }
        });
    return pruned;
  }
}
