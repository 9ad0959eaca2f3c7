package dev.llmconfig.rest;

import static dev.llmconfig.rest.Parameter.amount;
import static dev.llmconfig.rest.Parameter.namespaces;
import static dev.llmconfig.rest.Parameter.text;
import static dev.llmconfig.rest.Parameter.whole;
import static dev.llmconfig.rest.Parameter.words;
import static dev.llmconfig.rest.Parameter.yes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.AuditRecord;
import dev.llmconfig.domain.AgentState;
import dev.llmconfig.domain.KeyPhase;
import dev.llmconfig.domain.ModelPhase;
import dev.llmconfig.rest.shape.Agent;
import dev.llmconfig.rest.shape.AuditEntry;
import dev.llmconfig.rest.shape.ChatAnswer;
import dev.llmconfig.rest.shape.ChatQuestion;
import dev.llmconfig.rest.shape.Choice;
import dev.llmconfig.rest.shape.Config;
import dev.llmconfig.rest.shape.ConfigFields;
import dev.llmconfig.rest.shape.Facts;
import dev.llmconfig.rest.shape.Health;
import dev.llmconfig.rest.shape.ImportResult;
import dev.llmconfig.rest.shape.Key;
import dev.llmconfig.rest.shape.KeyFields;
import dev.llmconfig.rest.shape.ModelSource;
import dev.llmconfig.rest.shape.Namespace;
import dev.llmconfig.rest.shape.NewConfig;
import dev.llmconfig.rest.shape.NewKey;
import dev.llmconfig.rest.shape.Nothing;
import dev.llmconfig.rest.shape.OfferedModel;
import dev.llmconfig.rest.shape.ParameterSet;
import dev.llmconfig.rest.shape.Permissions;
import dev.llmconfig.rest.shape.PreviewWish;
import dev.llmconfig.rest.shape.RolloutWish;
import dev.llmconfig.rest.shape.SecretKeys;
import dev.llmconfig.rest.shape.SecretName;
import dev.llmconfig.rest.shape.SelectedModel;
import dev.llmconfig.rest.shape.Selection;
import dev.llmconfig.rest.shape.Session;
import dev.llmconfig.rest.shape.SettingsPreview;
import dev.llmconfig.rest.shape.Status;
import dev.llmconfig.rest.shape.TestResult;
import dev.llmconfig.rest.shape.TriedKey;
import java.util.List;

/// Every route there is. The router and the OpenAPI document are made of it.
final class RouteTable implements AutoCloseable {

  private static final String KEYS = "apikeyconfigs";
  private static final String CONFIGS = "modelconfigs";

  private final List<Route> routes;
  private final Runnable ending;

  private RouteTable(List<Route> routes, Runnable ending) {
    this.routes = List.copyOf(routes);
    this.ending = ending;
    for (var route : routes) {
      if (route.needs().isEmpty()) {
        // Whoever forgets it would have opened a door to everybody (traps U3).
        throw new IllegalStateException("%s does not say what it asks".formatted(route.path()));
      }
    }
  }

  static RouteTable of(List<Route> routes) {
    return new RouteTable(routes, () -> {});
  }

  static RouteTable of(Parts parts) {
    var answers = new MirrorAnswers(parts.mirror(), parts.keyUses()::stamp, parts.clock());
    var owners = new Owners(parts.installation().argocd());
    var keys = new KeyReads(answers, parts.keyUses(), owners);
    var configs = new ConfigReads(answers, owners);
    var keyWrites = new KeyWrites(parts, keys);
    var export = new ExportRoute(parts);
    var imports = new ImportRoute(parts);
    var secrets = new SecretNames(parts);
    var keyTests = new KeyTests(parts);
    var configWrites = new ConfigWrites(parts, configs);
    var configPreview = new ConfigPreview(parts);
    var agents = new AgentReads(answers, owners);
    var agentActions = new AgentActions(parts, agents);
    var models = new ModelReads(answers, parts.catalogue(), parts.clock());
    var profiles = new ProfilesInForce(parts.profiles());
    var choices = new ChoiceReads(answers, parts, profiles);
    var facts = new FactReads(parts.mirror(), profiles);
    var credentials = new Credentials(parts);
    var people = new PersonReads(parts, credentials, answers);
    var audit = new AuditReads(parts, answers);
    var signIns = new SignIns(parts, credentials);
    var hub = new EventHub(parts.watch(), keys, configs, agents, parts.clock(), parts.ticker());
    var events = new EventRoute(parts, hub);
    var chat = new ChatRoute(parts, ChatRoute.PATIENCE);
    var status = new StatusReads(parts, answers);
    return new RouteTable(
        List.of(
            Route.get("/session", "Who is signed in, and how one can.")
                .needs(new Needs.Nothing())
                .gives(Session.class)
                .or(401)
                .by(people::session),
            Route.post("/session", "Signs a browser in.", new Sent.Form(Session.Login.class))
                .needs(new Needs.Nothing())
                .answers(204)
                .or(401)
                .or(403)
                .or(429)
                .by(signIns::in),
            Route.delete("/session", "Signs the browser out.")
                .needs(new Needs.Nothing())
                .answers(204)
                .or(401)
                .or(403)
                .by(signIns::out),
            Route.get("/health", "Whether this replica can be used.")
                .needs(new Needs.Nobody())
                .gives(Health.class)
                .by(_ -> status.health()),
            Route.get("/permissions", "What the caller may do in a namespace, as a hint.")
                .needs(new Needs.SignedIn())
                .takes(Parameter.requiredText("namespace", "The namespace."))
                .gives(Permissions.class)
                .by(people::permissions),
            Route.get("/namespaces", "Namespaces in which the caller may list keys or configs.")
                .needs(new Needs.SignedIn())
                .takes(text("name", "Only this one, whether or not there is anything in it."))
                .lists(Namespace.class, PersonReads.SORTABLE, "reach")
                .by(people::namespaces),
            Route.get("/config/api-keys", "Keys.")
                .needs(Needs.listing(KEYS))
                .takes(
                    namespaces(),
                    ModelReads.provider(),
                    words("state", "Only in these states.", KeyPhase.values()),
                    new Parameter(
                        "usedBy",
                        "Only those that these configs name.",
                        new Parameter.Text(),
                        true))
                .lists(Key.class, KeyReads.SORTABLE)
                .by(keys::list),
            Route.post(
                    "/config/api-keys/test",
                    "Checks a key that is not stored, and stores nothing.",
                    new Sent.Form(TriedKey.class))
                .needs(new Needs.InNamespaceSent("create", KEYS))
                .takes(KeyTests.strict())
                .gives(TestResult.class)
                .or(409)
                .or(429)
                .by(keyTests::test),
            Route.get("/config/api-keys/{id}", "One key.")
                .needs(new Needs.WithObject("get", KEYS))
                .takes(MirrorAnswers.minGeneration())
                .gives(Key.class)
                .declares()
                .missing(ProblemReason.ApiKeyNotFound)
                .by(keys::one),
            Route.post("/config/api-keys", "Makes a key.", new Sent.Form(NewKey.class))
                .needs(new Needs.InNamespaceSent("create", KEYS))
                .changes(Key.class)
                .answers(200, 201)
                .or(412)
                .by(keyWrites::create),
            Route.patch(
                    "/config/api-keys/{id}",
                    "Changes a key, or replaces it.",
                    new Sent.MergePatch(KeyFields.class))
                .needs(new Needs.WithObject("patch", KEYS))
                .matching()
                .changes(Key.class)
                .missing(ProblemReason.ApiKeyNotFound)
                .by(keyWrites::change),
            Route.delete("/config/api-keys/{id}", "Deletes a key.")
                .needs(new Needs.WithObject("delete", KEYS))
                .takes(text("replaceWith", "Another key, for the configs that use this one."))
                .changes(Key.class)
                .answers(200, 202, 204)
                .mayMatch()
                .missing(ProblemReason.ApiKeyNotFound)
                .by(keyWrites::delete),
            Route.post(
                    "/config/api-keys/{id}/test", "Checks a key now.", new Sent.Form(Nothing.class))
                .needs(new Needs.WithObject("patch", KEYS))
                .takes(KeyTests.strict())
                .gives(TestResult.class)
                .answers(200, 202)
                .missing(ProblemReason.ApiKeyNotFound)
                .mayMatch()
                .by(keyWrites::test),
            Route.post(
                    "/config/api-keys/{id}/import",
                    "Makes a key that comes from the environment the store's own; without a cluster"
                        + " only.",
                    new Sent.Form(Nothing.class))
                .needs(new Needs.WithObject("patch", KEYS))
                .gives(Key.class)
                .or(409)
                .missing(ProblemReason.ApiKeyNotFound)
                .mayMatch()
                .by(keyWrites::keep),
            Route.get("/config/api-keys/{id}/models", "What can be chosen for a key.")
                .needs(new Needs.WithObject("get", KEYS))
                .lists(
                    OfferedModel.class,
                    ModelReads.SORTABLE,
                    "status",
                    "reason",
                    "sentence",
                    "at",
                    "hiddenByAllow")
                .missing(ProblemReason.ApiKeyNotFound)
                .by(models::ofKey),
            Route.get("/config/models", "Models that can be chosen.")
                .needs(Needs.listing(CONFIGS))
                .takes(ChoiceReads.parameters().toArray(Parameter[]::new))
                .lists(Choice.class, ChoiceReads.SORTABLE)
                .beside("sources", ModelSource.class)
                .by(choices::list),
            Route.get("/config/models/selected", "The default of a namespace.")
                .needs(Needs.listing(CONFIGS))
                .takes(Parameter.requiredText("namespace", "The namespace."))
                .gives(SelectedModel.class)
                .by(choices::selected),
            Route.get("/config/model-configs", "Model configurations.")
                .needs(Needs.listing(CONFIGS))
                .takes(
                    namespaces(),
                    several("apiKey", "Only those of these keys."),
                    several("model", "Only of these models."),
                    words("state", "Only in these states.", ModelPhase.values()),
                    several("profile", "Only with these profiles."))
                .lists(Config.class, ConfigReads.SORTABLE)
                .by(configs::list),
            Route.post(
                    "/config/model-configs/preview",
                    "What agents would receive of a configuration that is not saved.",
                    new Sent.Form(PreviewWish.class))
                .needs(new Needs.InNamespaceSent("list", CONFIGS))
                .gives(SettingsPreview.class)
                .by(configPreview::answer),
            Route.get("/config/model-configs/{id}", "One model configuration.")
                .needs(new Needs.WithObject("get", CONFIGS))
                .takes(MirrorAnswers.minGeneration())
                .gives(Config.class)
                .declares()
                .missing(ProblemReason.ModelNotFound)
                .by(configs::one),
            Route.post(
                    "/config/model-configs",
                    "Makes a model configuration.",
                    new Sent.Form(NewConfig.class))
                .needs(new Needs.InNamespaceSent("create", CONFIGS))
                .changes(Config.class)
                .answers(200, 201)
                .or(412)
                .by(configWrites::create),
            Route.patch(
                    "/config/model-configs/{id}",
                    "Changes a model configuration.",
                    new Sent.MergePatch(ConfigFields.class))
                .needs(new Needs.WithObject("patch", CONFIGS))
                .matching()
                .changes(Config.class)
                .missing(ProblemReason.ModelNotFound)
                .by(configWrites::change),
            Route.delete("/config/model-configs/{id}", "Deletes a model configuration.")
                .needs(new Needs.WithObject("delete", CONFIGS))
                .changes(Config.class)
                .answers(200, 202, 204)
                .mayMatch()
                .missing(ProblemReason.ModelNotFound)
                .by(configWrites::delete),
            Route.post(
                    "/config/model-configs/{id}/rollout",
                    "Lets a waiting revision go, or tries a failed one again.",
                    new Sent.Form(RolloutWish.class))
                .needs(new Needs.WithObject("patch", CONFIGS))
                .gives(Config.class)
                .answers(202)
                .or(409)
                .missing(ProblemReason.ModelNotFound)
                .mayMatch()
                .by(configWrites::rollout),
            Route.post(
                    "/config/models/{id}/select",
                    "Makes a config, or a model that a key offers, the default of its namespace.",
                    new Sent.Form(Selection.class))
                .needs(new Needs.InNamespaceOf("patch", CONFIGS))
                .changes(Config.class)
                .mayMatch()
                .missing(ProblemReason.ModelNotFound)
                .by(configWrites::select),
            Route.put(
                    "/config/models/{id}/parameters",
                    "Sets these parameters and no others.",
                    new Sent.Form(ParameterSet.class))
                .needs(new Needs.WithObject("patch", CONFIGS))
                .matching()
                .changes(Config.class)
                .missing(ProblemReason.ModelNotFound)
                .by(configWrites::parameters),
            Route.get("/agents", "Workloads that ask for settings, or have some.")
                .needs(Needs.listing(CONFIGS))
                .takes(
                    namespaces(),
                    several("config", "Only those of these configs."),
                    several("apiKey", "Only those of these keys."),
                    several("model", "Only those that ask for these models."),
                    words("state", "Only in these states.", AgentState.values()),
                    several("kind", "Only of these kinds."))
                .lists(Agent.class, AgentReads.SORTABLE)
                .by(agents::list),
            Route.get("/agents/{id}", "One of them.")
                .needs(new Needs.InNamespaceOf("list", CONFIGS))
                .gives(Agent.class)
                .by(agents::one),
            Route.get(
                    "/agents/{id}/patch",
                    "What of its workload is ours, as it is there now; read with the caller's own"
                        + " rights.")
                .needs(new Needs.WithWorkload("get"))
                .manifests()
                .by(agentActions::patch),
            Route.post(
                    "/agents/{id}/restart",
                    "Has its pods replaced, as kubectl rollout restart does.",
                    new Sent.Form(Nothing.class))
                .needs(new Needs.WithWorkload("patch"))
                .gives(Agent.class)
                .answers(202)
                .or(409)
                .mayMatch()
                .by(agentActions::restart),
            Route.get("/export", "Everything that is declared, as YAML for a repository.")
                .needs(new Needs.InNamespacesAsked("get", List.of(KEYS, CONFIGS)))
                .takes(ExportRoute.parameters())
                .manifests()
                .or(404)
                .or(409)
                .or(429)
                .by(export::export),
            Route.post(
                    "/import",
                    "Takes in YAML, or the keys of an .env file: all of it or nothing.",
                    ImportRoute.sent())
                .needs(new Needs.AsWritten())
                .takes(ImportRoute.parameters())
                .gives(ImportResult.class)
                .or(404)
                .or(409)
                .or(412)
                .by(imports::take),
            Route.get("/secrets", "The names of the Secrets in a namespace.")
                .needs(new Needs.InCluster("list", "secrets"))
                .takes(Parameter.requiredText("namespace", "The namespace."))
                .lists(SecretName.class, SecretNames.SORTABLE)
                .or(409)
                .by(secrets::list),
            Route.get("/secrets/{id}", "The names of what is in a Secret, without the values.")
                .needs(new Needs.InCluster("get", "secrets"))
                .gives(SecretKeys.class)
                .or(409)
                .by(secrets::one),
            Route.post(
                    "/chat",
                    "Asks a model. The answer comes as events: start, text, reasoning, usage, and"
                        + " one of done and problem.",
                    new Sent.Form(ChatQuestion.class))
                .needs(new Needs.UseOfSent())
                .gives(ChatAnswer.class)
                .streaming()
                .or(404)
                .or(429)
                .or(502)
                .or(504)
                .by(chat::answer),
            Route.get(
                    "/events",
                    "What changes, as it happens: hello, upsert, delete, refresh, freshness and"
                        + " bye.")
                .needs(new Needs.SignedIn())
                .takes(EventRoute.parameters().toArray(Parameter[]::new))
                .events()
                .or(403)
                .or(429)
                .by(events::answer),
            Route.get("/providers", "Providers, with what the form for a key must know.")
                .needs(new Needs.SignedIn())
                .lists(Facts.Provider.class, FactReads.SORTABLE)
                .by(facts::providers),
            Route.get("/profiles", "What the frameworks of agents read.")
                .needs(new Needs.SignedIn())
                .lists(Facts.Profile.class, FactReads.SORTABLE)
                .by(facts::profiles),
            Route.get("/reasons", "The words of verdicts and problems.")
                .needs(new Needs.SignedIn())
                .lists(Facts.Reason.class, FactReads.SORTABLE)
                .by(facts::reasons),
            Route.get("/catalogue/models", "Models that this version knows, and who says so.")
                .needs(new Needs.SignedIn())
                .takes(
                    ModelReads.provider(),
                    ModelReads.capability(),
                    whole("minContext", "Only models with at least so many tokens of context."),
                    amount("maxPrice", "Only up to so many dollars for a million input tokens."),
                    yes(
                        "retiring",
                        "Only those that end within 90 days, or have ended; or the others."))
                .lists(OfferedModel.class, ModelReads.SORTABLE, "asOf")
                .by(models::ofCatalogue),
            Route.get("/status", "How this replica fares.")
                .needs(new Needs.SignedIn())
                .gives(Status.class)
                .by(status::status),
            Route.get("/audit", "Who did what, as far as this replica has seen it.")
                .needs(Needs.listing(KEYS))
                .takes(
                    namespaces(),
                    several("actor", "Only what they did."),
                    words("action", "Only such actions.", AuditRecord.Action.values()),
                    words("result", "Only with this end.", AuditRecord.Result.values()),
                    several("object", "Only what was done to these."),
                    text("from", "Not before that time."),
                    text("to", "Before that time."))
                .lists(AuditEntry.class, AuditReads.SORTABLE, "replica", "since")
                .lines()
                .by(audit::list),
            Route.get("/openapi.json", "This document.")
                .needs(new Needs.Nobody())
                .by(_ -> Answer.json(document(parts)))),
        () -> hub.close("Restarting"));
  }

  private static ObjectNode document(Parts parts) {
    return OpenApi.of(of(parts), parts.installation());
  }

  private static Parameter several(String name, String description) {
    return new Parameter(name, description, new Parameter.Text(), true);
  }

  /// Says good-bye to whoever still reads.
  @Override
  public void close() {
    ending.run();
  }

  List<Route> routes() {
    return routes;
  }
}
