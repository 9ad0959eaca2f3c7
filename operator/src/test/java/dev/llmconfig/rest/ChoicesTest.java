package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.access.Right;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.v1alpha1.ModelConfigStatus;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.FactsJson;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.mirror.Sample;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models to choose from.
@SuppressWarnings("NullAway.Init") // set before each test
class ChoicesTest {

  private static final Catalogue CATALOGUE = Catalogue.packed();
  private static final Right LIST_KEYS = Right.of("list", "apikeyconfigs");
  private static final Right LIST_CONFIGS = Right.of("list", "modelconfigs");

  @TempDir Path directory;
  private RestStage stage;

  @BeforeEach
  void start() {
    stage = new RestStage(directory);
    stage.review.knows("root", "root", LIST_KEYS, LIST_CONFIGS);
    stage.review.knows("jane", "jane", LIST_KEYS.in("agents"), LIST_CONFIGS.in("agents"));
    stage.review.knows("chatter", "chatter", LIST_CONFIGS.in("agents"));
    stage.review.knows("nobody", "nobody");
    stage.holds(
        new RestStage.Content(
            List.of(
                Sample.keyRow(new Ref("agents", "openai"), "k1", 3),
                Sample.keyRow(new Ref("agents", "second"), "k3", 3),
                Sample.keyRow(new Ref("tools", "openai"), "k2", 4)),
            List.of(
                Sample.modelConfigRow(new Ref("agents", "support"), "m1", 5),
                Sample.modelConfigRow(new Ref("tools", "search"), "m2", 6)),
            List.of(
                models("openai", "gpt-5", "gpt-5-mini", "openai/gpt x~é"),
                models("second", "gpt-5", "gpt-5-mini"),
                Sample.models(new Ref("tools", "openai"), "s3", "gpt-5-mini")),
            List.of()));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void whatIsConfiguredComesOnceAndTheRestIsOffered() {
    var models = stage.get("jane", "/config/models");

    assertThat(models.status()).isEqualTo(200);
    assertThat(models.each("id"))
        .containsExactly(
            "agents.support",
            "agents.openai:gpt-5-mini",
            "agents.openai:openai~2Fgpt~20x~7E~C3~A9");
    var configured = models.json().path("items").get(0);
    assertThat(configured.path("configured").asBoolean()).isTrue();
    assertThat(configured.path("provider").asText()).isEqualTo("OpenAI");
    assertThat(configured.path("model").asText()).isEqualTo("gpt-5");
    assertThat(configured.path("apiKeyId").asText()).isEqualTo("agents.openai");
    assertThat(configured.path("otherKeys").asInt()).isEqualTo(1);
    assertThat(configured.path("source").asText()).isEqualTo("Provider");
    assertThat(models.json().path("items").get(2).path("otherKeys").asInt(-1)).isZero();
  }

  @Test
  void everyChoiceSaysWhatItTakes() {
    var parameters = choice("jane", "agents.openai:gpt-5-mini").path("parameters");

    assertThat(parameters.at("/temperature/supported").asBoolean(true)).isFalse();
    assertThat(parameters.at("/temperature/sentence").asText())
        .isEqualTo("gpt-5-mini does not accept temperature.");
    assertThat(parameters.at("/temperature/max").isMissingNode()).isTrue();
    assertThat(parameters.at("/maxOutputTokens/supported").asBoolean()).isTrue();
    assertThat(parameters.at("/maxOutputTokens/min").asInt()).isEqualTo(1);
    assertThat(parameters.at("/maxOutputTokens/max").asLong()).isEqualTo(128_000);
    assertThat(parameters.at("/reasoningEffort/values").isEmpty()).isFalse();
  }

  @Test
  void theContextIsAtLeastWhatAModelTakesIn() {
    assertThat(choice("jane", "agents.openai:gpt-5-mini").path("contextTokens").asLong())
        .isGreaterThanOrEqualTo(200_000);
  }

  @Test
  void whoMayNotListKeysSeesWhatIsConfiguredAndNoKey() {
    var models = stage.get("chatter", "/config/models");

    assertThat(models.each("id")).containsExactly("agents.support");
    assertThat(models.json().path("items").get(0).has("apiKeyId")).isFalse();
    assertThat(models.json().path("items").get(0).has("otherKeys")).isFalse();
    assertThat(models.json().path("sources").isEmpty()).isTrue();
    assertThat(models.body()).doesNotContain("agents.openai", "second");
    // the same question of somebody who may know more, and the other way round
    assertThat(stage.get("jane", "/config/models").each("id")).hasSize(3);
    assertThat(stage.get("chatter", "/config/models").each("id")).hasSize(1);
  }

  @Test
  void aNamespaceThatMayNotBeReadIsRefused() {
    assertThat(stage.get("nobody", "/config/models").status()).isEqualTo(403);
    assertThat(stage.get("jane", "/config/models?namespace=tools").status()).isEqualTo(403);
    assertThat(stage.get("jane", "/config/models/selected?namespace=tools").status())
        .isEqualTo(403);
    assertThat(stage.get("jane", "/config/models/selected").json().path("reason").asText())
        .isEqualTo("NamespaceRequired");
    assertThat(stage.get("", "/config/models").status()).isEqualTo(401);
  }

  @Test
  void sourcesTellHowTheListsCameAbout() {
    var sources = stage.get("jane", "/config/models").json().path("sources");

    assertThat(sources.findValuesAsText("apiKeyId"))
        .containsExactly("agents.openai", "agents.second");
    assertThat(sources.get(0).path("status").asText()).isEqualTo("Fresh");
    assertThat(sources.get(0).path("count").asInt()).isEqualTo(3);
    assertThat(sources.get(0).path("at").asText()).isEqualTo("2026-11-20T12:00:00Z");
  }

  /// The key is as good as it was; that its provider cannot be heard is another word.
  @Test
  void whyAListIsOldIsToldInTheWordsOfWhatIsInTheWay() {
    var key = Sample.key(new Ref("agents", "openai"), "k1", 4);
    key.getStatus()
        .setConditions(
            List.of(
                said("Ready", "True", "Verified", "OpenAI accepted the key."),
                said(
                    "Verified",
                    "Unknown",
                    "ProviderUnavailable",
                    "OpenAI has a problem of its own right now.")));
    stage.changes(new RowChange.KeyIs(Sample.row(key)));
    var words = "OpenAI has a problem of its own right now. Wait; see the provider's status page.";

    var source = stage.get("jane", "/config/models").json().path("sources").get(0);
    assertThat(source.path("status").asText()).isEqualTo("Cached");
    assertThat(source.path("reason").asText()).isEqualTo("ProviderUnavailable");
    assertThat(source.path("sentence").asText()).isEqualTo(words);
    var row = stage.get("jane", "/config/api-keys").json().path("items").get(0);
    assertThat(row.path("state").asText()).isEqualTo("Unknown");
    assertThat(row.path("reason").asText()).isEqualTo("ProviderUnavailable");
    assertThat(row.path("sentence").asText()).isEqualTo(words);
  }

  private static Condition said(String type, String status, String reason, String message) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  @Test
  void ofTwoThatClaimItTheOneThatWasRefusedIsNotTheDefault() {
    var older = Sample.defaultConfigRow(new Ref("agents", "support"), "m1", 6);
    var younger = Sample.modelConfig(new Ref("agents", "another"), "m3", 7);
    younger.getSpec().setIsDefault(true);
    var status = new ModelConfigStatus();
    status.setObservedGeneration(7L);
    status.setConditions(
        List.of(said("Ready", "False", "DefaultConflict", "support is the default already.")));
    younger.setStatus(status);
    stage.changes(
        new RowChange.ModelConfigIs(older), new RowChange.ModelConfigIs(Sample.row(younger)));

    var configs = stage.get("jane", "/config/model-configs").json().path("items");
    assertThat(configs.findValuesAsText("isDefault")).containsExactly("false", "true");
    assertThat(stage.get("jane", "/config/models?configured=true").json().path("items"))
        .filteredOn(one -> one.path("isDefault").asBoolean())
        .extracting(one -> one.path("id").asText())
        .containsExactly("agents.support");
  }

  @Test
  void filtersNarrow() {
    assertThat(ids("configured=true")).containsExactly("agents.support", "tools.search");
    assertThat(ids("configured=false&namespace=tools")).containsExactly("tools.openai:gpt-5-mini");
    assertThat(ids("provider=Anthropic")).isEmpty();
    assertThat(ids("q=MINI"))
        .containsExactly("agents.openai:gpt-5-mini", "tools.openai:gpt-5-mini");
    assertThat(ids("capability=vision&capability=tools&namespace=agents"))
        .containsExactly("agents.support", "agents.openai:gpt-5-mini");
    assertThat(ids("minContext=100000&namespace=agents"))
        .containsExactly("agents.support", "agents.openai:gpt-5-mini");
    assertThat(ids("minContext=2000000000")).isEmpty();
    assertThat(stage.get("root", "/config/models?distinct=id").status()).isEqualTo(400);
  }

  @Test
  void distinctMergesNamespacesIntoRowsWithoutId() {
    var merged = stage.get("root", "/config/models?distinct=model");

    assertThat(merged.each("model"))
        .containsExactly("gpt-5", "gpt-5-mini", "gpt-6", "openai/gpt x~é");
    for (var item : merged.json().path("items")) {
      assertThat(item.has("id") || item.has("apiKeyId") || item.has("otherKeys")).isFalse();
    }
  }

  @Test
  void aCompactViewHoldsMore() {
    var many = IntStream.range(0, 1_900).mapToObj("m-%04d"::formatted).toArray(String[]::new);
    stage.changes(
        new RowChange.ModelsAre(
            new Ref("tools", "openai"),
            "s9",
            () -> Sample.models(new Ref("tools", "openai"), "s9", many)));

    var compact = stage.get("root", "/config/models?namespace=tools&view=compact&limit=2000");
    assertThat(compact.json().path("items").size()).isEqualTo(1_901);
    assertThat(compact.json().path("items").get(5).has("parameters")).isFalse();
    assertThat(stage.get("root", "/config/models?limit=501").status()).isEqualTo(400);
    assertThat(stage.get("root", "/config/models?view=compact&limit=2001").status()).isEqualTo(400);

    var pages = new ArrayList<String>();
    var next = "";
    do {
      var page = stage.get("root", "/config/models?namespace=tools&limit=500" + next);
      pages.addAll(page.each("id"));
      next = page.json().has("next") ? "&cursor=" + page.json().path("next").asText() : "";
    } while (!next.isEmpty());
    assertThat(pages).doesNotHaveDuplicates().hasSize(1_901);
  }

  @Test
  void theDefaultOfANamespaceIsTheOldestClaim() {
    var none = stage.get("jane", "/config/models/selected?namespace=agents");
    assertThat(none.json().path("selected").isNull()).isTrue();
    assertThat(none.json().path("reason").asText()).isEqualTo("NoDefaultModel");

    stage.changes(
        new RowChange.ModelConfigIs(
            Sample.defaultConfigRow(new Ref("agents", "support"), "m1", 6)));

    var selected = stage.get("jane", "/config/models/selected?namespace=agents").json();
    assertThat(selected.has("reason")).isFalse();
    assertThat(selected.at("/selected/id").asText()).isEqualTo("agents.support");
    assertThat(selected.at("/selected/isDefault").asBoolean()).isTrue();
    assertThat(
            stage
                .get("chatter", "/config/models/selected?namespace=agents")
                .json()
                .path("selected"))
        .isNotEmpty()
        .noneMatch(field -> field.asText().equals("agents.openai"));
  }

  @Test
  void aKeyThatCannotBeUsedOffersNothingAndStillSaysWhy() {
    stage.changes(
        new RowChange.KeyIs(Sample.suspendedKeyRow(new Ref("agents", "openai"), "k1", 4)),
        new RowChange.KeyIs(Sample.suspendedKeyRow(new Ref("agents", "second"), "k3", 4)));

    var models = stage.get("jane", "/config/models");

    assertThat(models.each("id")).isEmpty();
    assertThat(models.json().path("sources").size()).isEqualTo(2);
  }

  @Test
  void whatTheCallerHasAlreadyIsNotSentAgain() {
    var etag = stage.get("jane", "/config/models").header("ETag");

    assertThat(stage.get("jane", "/config/models", "If-None-Match: " + etag).status())
        .isEqualTo(304);
    assertThat(stage.get("chatter", "/config/models", "If-None-Match: " + etag).status())
        .isEqualTo(200);
  }

  private List<String> ids(String query) {
    return stage.get("root", "/config/models?" + query).each("id");
  }

  private JsonNode choice(String who, String id) {
    for (var item : stage.get(who, "/config/models").json().path("items")) {
      if (item.path("id").asText().equals(id)) {
        return item;
      }
    }
    throw new AssertionError("no " + id);
  }

  /// With what the catalogue knows of them.
  private static OfferedModels models(String key, String... ids) {
    return new OfferedModels(
        new Ref("agents", key),
        "s-" + key,
        Optional.of("2026-11-20T12:00:00Z"),
        0,
        0,
        Stream.of(ids)
            .map(id ->
                new OfferedModels.Model(
                    id,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    FactsJson.of(CATALOGUE.describe(Provider.OpenAI, id).facts()).toString()))
            .toList());
  }
}
