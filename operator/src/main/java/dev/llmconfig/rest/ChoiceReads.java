package dev.llmconfig.rest;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Reach;
import dev.llmconfig.access.Right;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.catalogue.ParameterMapping;
import dev.llmconfig.catalogue.ParameterSupport;
import dev.llmconfig.domain.ModelDelivery;
import dev.llmconfig.domain.RequestFormat;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.KnownModel;
import dev.llmconfig.mirror.MirrorPool;
import dev.llmconfig.mirror.MirrorView;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.OfferedModels;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.rest.Choices.Row;
import dev.llmconfig.rest.shape.Choice;
import dev.llmconfig.rest.shape.ModelSource;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.rest.shape.SelectedModel;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Models to choose from, across keys. Nobody is asked for them: one dead provider delays no list.
final class ChoiceReads {

  static final List<String> SORTABLE = List.of("name", "provider");
  static final int MOST_COMPACT = 2_000;

  private static final Listing.Order<Row> ORDER =
      new Listing.Order<>(
          Row::place,
          Map.of(
              "name",
              row -> row.model().model(),
              "provider",
              row -> row.model().provider() == null ? "" : row.model().provider()));

  private final MirrorAnswers answers;
  private final Access access;
  private final Catalogue catalogue;
  private final MirrorPool mirror;
  private final ProfilesInForce profiles;
  private final EchoOffer echo;

  ChoiceReads(MirrorAnswers answers, Parts parts, ProfilesInForce profiles) {
    this.answers = answers;
    this.access = parts.access();
    this.catalogue = parts.catalogue();
    this.mirror = parts.mirror();
    this.profiles = profiles;
    this.echo = EchoOffer.of(parts);
  }

  Answer list(Asked asked) {
    var compact = asked.query().one("view").isPresent();
    if (!compact && asked.query().limit() > Parameter.MOST) {
      throw Refusal.parameters(
          List.of(
              new Problem.Field(
                  "limit",
                  ProblemReason.UnknownParameter.name(),
                  "limit may be more than %d with view=compact only.".formatted(Parameter.MOST))));
    }
    var keys = keys(asked);
    return answers.listWith(
        asked,
        // Profiles are in no row.
        keys.label() + " " + mirror.glimpse().heartbeat().profiles().hashCode(),
        view -> {
          var namespaces = view.namespaces().stream().filter(asked::shows).toList();
          var choices = new Choices(view, catalogue, profiles.of(view), keys, namespaces);
          echo.in(view)
              .filter(one -> asked.shows(one.key().ref().namespace()))
              .ifPresent(choices::with);
          var rows =
              choices.in(namespaces).stream().filter(row -> wanted(asked.query(), row)).toList();
          var distinct = asked.query().one("distinct").isPresent();
          var page = Listing.of(distinct ? merged(rows) : rows, ORDER, asked.query());
          var extras = Wire.object();
          extras.set("sources", Wire.tree(sources(asked, view, choices, keys)));
          return new MirrorAnswers.Rows<>(
              page.map(row -> shape(row, choices, keys, compact, distinct)), extras);
        });
  }

  /// The oldest claim counts, as for the operator.
  Answer selected(Asked asked) {
    var namespace =
        asked
            .query()
            .one("namespace")
            .orElseThrow(() ->
                Refusal.of(
                    ProblemReason.NamespaceRequired,
                    "The default is that of one namespace at a time."));
    var keys = keys(asked);
    return answers.about(view -> {
      var choices = new Choices(view, catalogue, profiles.of(view), keys, List.of(namespace));
      return view.modelConfigs().stream()
          .map(Stored::row)
          .filter(row -> row.ref().namespace().equals(namespace))
          .filter(row -> row.isDefault() && !row.version().deleting())
          .min(
              Comparator.comparing((ModelConfigRow row) -> row.version().createdAt())
                  .thenComparing(row -> row.ref().name()))
          .map(row -> new SelectedModel(shape(choices.of(row), choices, keys, false, false), null))
          .orElseGet(() -> new SelectedModel(null, "NoDefaultModel"));
    });
  }

  /// Where the caller may know of keys.
  private Reach keys(Asked asked) {
    var places = asked.query().all("namespace");
    return access.reach(
        asked.signedIn(),
        Right.of("list", "apikeyconfigs"),
        () -> places.isEmpty() ? answers.namespaces() : places);
  }

  private static boolean wanted(Query query, Row row) {
    var model = row.model();
    return query.allows("provider", model.provider() == null ? "" : model.provider())
        && model.capabilities().containsAll(query.all("capability"))
        && ModelReads.atLeast(query, model)
        && query
            .one("configured")
            .map(yes -> yes.equals(Boolean.toString(row.config().isPresent())))
            .orElse(true)
        && Told.found(
            query,
            model.model(),
            model.displayName(),
            row.config().map(one -> one.ref().name()).orElse(null),
            row.config().map(ModelConfigRow::displayName).orElse(null));
  }

  /// One of each model, for looking only.
  private static List<Row> merged(List<Row> rows) {
    var first = new LinkedHashMap<String, Row>();
    for (var row : rows) {
      first.merge(
          row.model().provider() + "\n" + row.model().model(),
          row,
          (one, other) -> one.config().isEmpty() && other.config().isPresent() ? other : one);
    }
    return List.copyOf(first.values());
  }

  private List<ModelSource> sources(Asked asked, MirrorView view, Choices choices, Reach keys) {
    return view.keys().stream()
        .map(Stored::row)
        .filter(row -> asked.shows(row.ref().namespace()))
        .filter(row -> keys.includes(row.ref().namespace()))
        .filter(row -> asked.query().allows("provider", row.declared().provider()))
        .map(row -> source(row, choices.list(row)))
        .toList();
  }

  private static ModelSource source(KeyRow key, Optional<OfferedModels> offered) {
    var standing = ModelReads.standing(key, offered);
    return new ModelSource(
        Told.id(key.ref()),
        standing.path("status").asText(),
        standing.path("reason").textValue(),
        standing.path("sentence").textValue(),
        standing.path("at").textValue(),
        offered.map(list -> list.models().size()).orElse(0));
  }

  private Choice shape(Row row, Choices choices, Reach keys, boolean compact, boolean merged) {
    var model = row.model();
    var known = keys.includes(row.namespace()) && !merged;
    return new Choice(
        merged ? null : model.id(),
        row.config().isPresent(),
        model.provider(),
        model.model(),
        row.config()
            .map(ModelConfigRow::displayName)
            .filter(name -> !name.isEmpty() && !merged)
            .orElse(model.displayName()),
        known
            ? row.config()
                .map(one -> Told.id(KeyReads.keyOf(one)))
                .or(() -> row.key().map(one -> Told.id(one.ref())))
                .orElse(null)
            : null,
        known ? row.otherKeys().orElse(null) : null,
        row.isDefault() && !merged,
        ModelReads.window(model),
        model.maxOutputTokens(),
        model.price(),
        model.capabilities(),
        compact ? null : parameters(row, choices),
        model.retiresOn(),
        row.source().orElse(null));
  }

  /// By the rules that requests are held against; nothing where nobody knows the provider.
  private @Nullable Map<String, Choice.Support> parameters(Row row, Choices choices) {
    var key = row.key().flatMap(choices::understood);
    if (key.isEmpty()) {
      return null;
    }
    var facts =
        KnownModel.of(catalogue, key.get(), row.model().model(), row.model().facts().toString());
    var all = new TreeMap<String, Choice.Support>();
    ParameterSupport.of(facts, format(row, choices, facts))
        .forEach((name, support) ->
            all.put(
                name.field(),
                new Choice.Support(
                    support.supported(),
                    support.least().orElse(null),
                    support.most().orElse(null),
                    support.levels().isEmpty() ? null : support.levels(),
                    support.refusal().orElse(null))));
    return all;
  }

  private static RequestFormat format(Row row, Choices choices, ModelFacts facts) {
    return row.config()
        .flatMap(config -> {
          var delivered = config.delivered();
          return choices
              .profiles()
              .find(
                  delivered.profile().isEmpty() ? ModelDelivery.USUAL_PROFILE : delivered.profile())
              .flatMap(profile -> profile.requestFormat(mode(delivered.mode())));
        })
        .orElseGet(() -> ParameterMapping.usualFormat(facts));
  }

  private static DeliveryMode mode(String name) {
    return name.isEmpty() ? ModelDelivery.USUAL_MODE : DeliveryMode.valueOf(name);
  }

  static List<Parameter> parameters() {
    return List.of(
        Parameter.namespaces(),
        ModelReads.provider(),
        ModelReads.capability(),
        Parameter.whole("minContext", "Only models with at least so many tokens of context."),
        Parameter.yes("configured", "Only what is configured; or only what is not."),
        new Parameter(
            "distinct",
            "One of each model in whichever namespaces it is; without ids, to look at.",
            new Parameter.Word(List.of("model")),
            false),
        new Parameter(
            "view",
            "Without parameters, so that a page may hold more.",
            new Parameter.Word(List.of("compact")),
            false),
        new Parameter(
            "limit",
            "At most so many: 500, or 2000 with view=compact.",
            new Parameter.Whole(1, MOST_COMPACT),
            false));
  }
}
