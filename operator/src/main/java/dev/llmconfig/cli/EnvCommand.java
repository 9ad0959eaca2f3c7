package dev.llmconfig.cli;

import dev.llmconfig.agent.AgentFiles;
import dev.llmconfig.agent.KeyRef;
import dev.llmconfig.agent.ModelTraits;
import dev.llmconfig.agent.Profile;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.agent.Renderer;
import dev.llmconfig.agent.Rendering;
import dev.llmconfig.agent.Route;
import dev.llmconfig.agent.Settings;
import dev.llmconfig.agent.Settings.Account;
import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.UnsupportedParameters;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.catalogue.DeclaredModel;
import dev.llmconfig.catalogue.Facts;
import dev.llmconfig.catalogue.ModelFacts;
import dev.llmconfig.domain.EffectiveParameters;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.domain.ModelDelivery;
import dev.llmconfig.domain.ParameterDecision;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ParameterQuestion;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `llmconfig env`.
@Command(
    name = "env",
    description =
        "Prints what an agent would get: the environment entries or files of one profile. The key"
            + " is a reference to a Secret, never a value.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What the agent is not told, and what changes on the way, is said on standard error."
    })
final class EnvCommand implements Callable<Integer> {

  private final Shell shell;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "What the agent is built with (default: openai); see `llmconfig profiles`.")
  private String profile = Profiles.USUAL;

  @Mixin private final ModelOptions options = new ModelOptions();
  @Mixin private final ProfileChoice choice = new ProfileChoice();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "Env, EnvFrom, File or Gateway (default: Env).")
  private String mode = ModelDelivery.USUAL_MODE.name();

  @Option(
      names = "--gateway-url",
      paramLabel = "URL",
      description =
          "Where the gateway is, for mode Gateway (default:"
              + " http://llm-gateway.llm-config.svc:4000).")
  private String gatewayUrl = "http://llm-gateway.llm-config.svc:4000";

  @Option(
      names = "--alias",
      paramLabel = "NAME",
      description =
          "Name of the ModelConfig, which is the model's name behind the gateway (default: the"
              + " model, where that can be a name).")
  private @Nullable String alias;

  @Option(
      names = "--key-secret",
      paramLabel = "NAME",
      description =
          "Name of the Secret with the key or virtual key (default: made of the provider's name;"
              + " none for a provider without a key).")
  private @Nullable String keySecret;

  @Option(
      names = "--mount-path",
      paramLabel = "PATH",
      description = "Where the files are mounted, for mode File (default: /etc/llm).")
  private String mountPath = ModelDelivery.USUAL_MOUNT_PATH;

  @Option(
      names = "--api-version",
      paramLabel = "VERSION",
      description = "azure.apiVersion of the ApiKeyConfig.")
  private @Nullable String apiVersion;

  @Option(
      names = "--organization",
      paramLabel = "ID",
      description = "Header OpenAI-Organization of the ApiKeyConfig.")
  private @Nullable String organization;

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "Header OpenAI-Project of the ApiKeyConfig.")
  private @Nullable String project;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "env, yaml or json (default: env).")
  private String output = "env";

  EnvCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Optional<EnvOutput.Format> format = EnvOutput.Format.of(output, options::problem);
    Optional<DeliveryMode> delivery =
        Choices.read("--mode", DeliveryMode.class, mode, options::problem)
            .filter(chosen -> {
              if (chosen == DeliveryMode.None) {
                options.problem("--mode None delivers nothing; there is nothing to print.");
              }
              return chosen != DeliveryMode.None;
            });
    options.needModel();
    Optional<Provider> provider = options.provider();
    Optional<String> model = options.model();
    Optional<String> baseModel = options.baseModel();
    Optional<Endpoint> endpoint = options.endpoint();
    Optional<Parameters> asked = options.parameters();
    Optional<Endpoint> gateway = url("--gateway-url", gatewayUrl);
    checkNames();
    options.refuseProblems();

    Profile chosen = ProfileChoice.find(choice.profiles(), profile);
    DeclaredModel declared =
        new DeclaredModel(model.orElseThrow(), baseModel.orElse(""), Facts.none());
    ModelFacts facts = Catalogue.packed().describe(provider.orElseThrow(), declared, Facts.none());
    EffectiveParameters effective =
        effective(
            new ParameterQuestion(
                provider.orElseThrow(),
                declared,
                asked.orElseThrow(),
                UnsupportedParameters.Drop,
                chosen.requestFormat(delivery.orElseThrow())),
            facts);
    Settings settings =
        new Settings(
            provider.orElseThrow(),
            model.orElseThrow(),
            effective.values(),
            effective.tokenField(),
            ModelTraits.of(facts, effective.values()),
            account(),
            delivery.orElseThrow() == DeliveryMode.Gateway
                ? throughGateway(gateway.orElseThrow(), model.orElseThrow())
                : direct(provider.orElseThrow(), endpoint.orElseThrow()));
    print(chosen, delivery.orElseThrow(), settings, effective, format.orElseThrow());
    return 0;
  }

  private void checkNames() {
    if (keySecret != null) {
      check("--key-secret", FieldRules.objectName(keySecret, FieldRules.LONGEST_NAME));
    }
    if (alias != null) {
      check("--alias", FieldRules.objectName(alias, FieldRules.LONGEST_OWN_NAME));
    }
    check("--mount-path", FieldRules.directory(mountPath));
  }

  private void check(String option, Optional<String> broken) {
    broken.ifPresent(how -> options.problem("%s %s.".formatted(option, how)));
  }

  private Optional<Endpoint> url(String option, String text) {
    return switch (Endpoint.parse(text)) {
      case Validated.Valid<Endpoint>(var parsed) -> Optional.of(parsed);
      case Validated.Invalid<Endpoint>(var wrong) -> {
        wrong.forEach(
            problem -> options.problem(problem.sentence().replaceFirst("^endpoint", option)));
        yield Optional.empty();
      }
    };
  }

  /// What the model takes of the parameters, decided as for a ModelConfig.
  private static EffectiveParameters effective(ParameterQuestion question, ModelFacts facts) {
    return switch (question.decide(facts)) {
      case ParameterDecision.Send(var effective) -> effective;
      case ParameterDecision.Refuse(var reason, var problems) ->
          throw Refusal.negative(
              problems.stream()
                  .map(Problem::sentence)
                  .collect(Collectors.joining(" ", reason + ": ", "")));
    };
  }

  private Map<Account, String> account() {
    var account = new EnumMap<Account, String>(Account.class);
    put(account, Account.ApiVersion, apiVersion);
    put(account, Account.Organization, organization);
    put(account, Account.Project, project);
    return account;
  }

  private static void put(Map<Account, String> account, Account name, @Nullable String value) {
    if (value != null) {
      account.put(name, value);
    }
  }

  private Route direct(Provider provider, Endpoint endpoint) {
    if (keySecret == null && provider.keyless()) {
      return new Route.Direct(endpoint, new Route.KeyHeld.Keyless());
    }
    String secret =
        keySecret == null ? provider.name().toLowerCase(Locale.ROOT) + "-llmkey" : keySecret;
    return new Route.Direct(endpoint, new Route.KeyHeld.Held(new KeyRef(secret)));
  }

  private Route throughGateway(Endpoint gateway, String model) {
    String name = alias == null ? model : alias;
    if (FieldRules.objectName(name, FieldRules.LONGEST_OWN_NAME).isPresent()) {
      throw Refusal.usage(
          "--alias is needed, because behind the gateway a model goes by the name of its"
              + " ModelConfig, and the id of this one cannot be a name.");
    }
    return new Route.Gateway(
        gateway, name, new KeyRef(keySecret == null ? name + "-vkey" : keySecret));
  }

  private void print(
      Profile chosen,
      DeliveryMode delivery,
      Settings settings,
      EffectiveParameters effective,
      EnvOutput.Format format) {
    switch (Renderer.render(chosen, settings)) {
      case Rendering.Refused(var reason, var sentence) ->
          throw Refusal.negative(reason + ": " + sentence);
      case Rendering.Rendered rendered -> {
        AgentFiles files = AgentFiles.of(settings, rendered.entries(), mountPath);
        var result = new EnvOutput(chosen, delivery, rendered, files, effective);
        shell.out().print(result.in(format));
        shell.out().flush();
        result.warnings().forEach(shell::warn);
      }
    }
  }
}
