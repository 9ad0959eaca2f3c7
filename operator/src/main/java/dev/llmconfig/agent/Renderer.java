package dev.llmconfig.agent;

import dev.llmconfig.agent.Rendering.NotCarried;
import dev.llmconfig.agent.Rendering.Refused;
import dev.llmconfig.agent.Rendering.Rendered;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Validated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The one function from settings to environment entries, for writing and for comparing alike. Same
/// input, same bytes.
public final class Renderer {

  private final Profile profile;
  private final Settings settings;
  private final ProfileMode mode;
  private final Addresses addresses;

  private Renderer(Profile profile, Settings settings) {
    this.profile = profile;
    this.settings = settings;
    switch (settings.route()) {
      case Route.Direct(var endpoint, _) -> {
        this.mode = ProfileMode.Env;
        this.addresses = Addresses.of(settings.provider(), endpoint);
      }
      case Route.Gateway(var gateway, _, _) -> {
        this.mode = ProfileMode.Gateway;
        this.addresses = Addresses.ofGateway(gateway);
      }
    }
  }

  public static Rendering render(Profile profile, Settings settings) {
    var renderer = new Renderer(profile, settings);
    return renderer.refused().<Rendering>map(refused -> refused).orElseGet(renderer::rendered);
  }

  private Optional<Refused> refused() {
    return Suitability.refusal(profile, settings, mode)
        .or(this::modelUnsayable)
        .or(this::addressUnsayable);
  }

  private Optional<Refused> modelUnsayable() {
    String model = settings.model();
    if (mode == ProfileMode.Gateway) {
      return Optional.empty();
    }
    if (profile.naming().lowersModel() && !model.equals(Model.lower(model))) {
      return Optional.of(
          new Refused(
              ConditionReason.ProfileCannotCarryModel,
              ("Profile %s lower-cases the model id, which turns %s into another one; "
                      + "use mode Gateway, or set the model in the agent's code.")
                  .formatted(profile.id(), model)));
    }
    return Literals.settingProblem(model)
        .map(why ->
            new Refused(
                ConditionReason.ProfileCannotCarryModel,
                "The model id cannot be a variable: it %s; use mode Gateway.".formatted(why)));
  }

  /// An agent that is not told its address calls the framework's default with this key.
  private Optional<Refused> addressUnsayable() {
    boolean told = rules().stream().anyMatch(rule -> rule.from() == Source.BaseUrl);
    if (!told && addressNeeded(profile.urls().style())) {
      return Optional.of(
          new Refused(
              ConditionReason.ProfileDialectMismatch,
              "Profile %s has no setting for the address, so the agent would not call %s; use %s."
                  .formatted(
                      profile.id(),
                      addresses.in(profile.urls().style(), profile.speech().surface()),
                      mode == ProfileMode.Gateway
                          ? "a profile with a base URL"
                          : "the default endpoint or another profile")));
    }
    boolean appends =
        rules().stream()
            .anyMatch(rule ->
                rule.from() == Source.BaseUrl
                    && style(rule) == UrlStyle.Root
                    && profile.speech().dialect() == ProfileDialect.OpenAI);
    boolean pathTold = rules().stream().anyMatch(rule -> rule.from() == Source.CompletionsPath);
    if (appends && !addresses.versioned() && !pathTold) {
      return Optional.of(
          new Refused(
              ConditionReason.ProfileDialectMismatch,
              "Profile %s appends /v1, which %s does not have; use a profile that takes the whole base URL."
                  .formatted(profile.id(), addresses.root().text())));
    }
    return Optional.empty();
  }

  private Rendered rendered() {
    List<Entry> entries = new ArrayList<>();
    Set<Parameter> carried = new HashSet<>();
    Set<Source> told = new HashSet<>();
    for (EntryRule rule : rules()) {
      Optional<Entry.Value> value = value(rule);
      value.ifPresent(found -> entries.add(new Entry(rule.name(), found)));
      if (value.isPresent()) {
        told.add(rule.from());
        rule.from().parameter().ifPresent(carried::add);
        if (rule.from() == Source.ParametersJson) {
          settings.parameters().values().keySet().stream()
              .filter(WireJson::carries)
              .forEach(carried::add);
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::name));
    List<AgentNote> notes = new ArrayList<>(Suitability.notes(profile, settings, mode));
    headerLost(told).ifPresent(notes::add);
    return new Rendered(entries, notCarried(carried), notes);
  }

  private Optional<AgentNote> headerLost(Set<Source> told) {
    List<String> lost = new ArrayList<>();
    if (!told.contains(Source.Organization)) {
      direct(settings.account(Settings.Account.Organization))
          .ifPresent(_ -> lost.add("OpenAI-Organization"));
    }
    if (!told.contains(Source.Project)) {
      direct(settings.account(Settings.Account.Project)).ifPresent(_ -> lost.add("OpenAI-Project"));
    }
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AgentNote(
                AgentNote.Reason.HeadersNotCarried,
                "Profile %s has no setting for %s; requests of the agent go without."
                    .formatted(profile.id(), String.join(" and ", lost))));
  }

  private List<EntryRule> rules() {
    return profile.env().stream()
        .filter(rule -> rule.applies(mode, settings.provider(), settings.tokenField()))
        .filter(rule -> !rule.onlyWithBaseUrl() || addressNeeded(profile.urls().style()))
        .toList();
  }

  /// Empty is left out: an empty variable counts as set (rule 2).
  private Optional<Entry.Value> value(EntryRule rule) {
    return switch (rule.from()) {
      case Key -> key().map(Entry.Key::new);
      case Constant -> literal(rule.constant());
      default ->
          text(rule)
              .filter(text -> Literals.settingProblem(text).isEmpty())
              .flatMap(Renderer::literal);
    };
  }

  private static Optional<Entry.Value> literal(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new Entry.Literal(text));
  }

  private Optional<KeyRef> key() {
    return switch (settings.route()) {
      case Route.Gateway(_, _, var virtualKey) -> Optional.of(virtualKey);
      case Route.Direct(_, Route.KeyHeld.Held(var ref)) -> Optional.of(ref);
      case Route.Direct(_, Route.KeyHeld.Keyless()) ->
          profile.requiresKey() ? Optional.of(KeyRef.NO_KEY) : Optional.empty();
    };
  }

  private Optional<String> text(EntryRule rule) {
    Optional<String> plain =
        switch (rule.from()) {
          case BaseUrl ->
              addressNeeded(style(rule))
                  ? Optional.of(addresses.in(style(rule), profile.speech().surface()))
                  : Optional.empty();
          case CompletionsPath ->
              addresses.versioned() || profile.speech().dialect() != ProfileDialect.OpenAI
                  ? Optional.empty()
                  : Optional.of(ApiSurface.ChatCompletions.path());
          case Model -> Optional.of(Model.name(profile, settings));
          case Provider -> Optional.of(Model.providerWord(profile, settings, mode));
          case Deployment ->
              settings.provider() == dev.llmconfig.api.Provider.AzureOpenAI
                  ? direct(Optional.of(settings.model()))
                  : Optional.empty();
          case ApiVersion -> direct(settings.account(Settings.Account.ApiVersion));
          case Organization -> direct(settings.account(Settings.Account.Organization));
          case Project -> direct(settings.account(Settings.Account.Project));
          case Region -> region();
          case ContextTokens ->
              settings.traits().contextTokens().isPresent()
                  ? Optional.of(Long.toString(settings.traits().contextTokens().getAsLong()))
                  : Optional.empty();
          case ParametersJson -> direct(parametersJson());
          case Temperature, TopP, MaxOutputTokens, StopSequences, ReasoningEffort, TimeoutSeconds ->
              Optional.empty();
          case Key, Constant -> throw new IllegalStateException("not a text");
        };
    return plain
        .map(rule.format()::of)
        .or(() -> rule.from().parameter().flatMap(this::parameter).flatMap(rule.format()::of));
  }

  /// The gateway applies parameters with each request, so a change there restarts nobody (rule 7).
  private Optional<ParameterValue> parameter(Parameter name) {
    if (mode == ProfileMode.Gateway) {
      return Optional.empty();
    }
    Optional<ParameterValue> set = settings.parameters().get(name);
    return set.isEmpty() && name == Parameter.Temperature ? temperatureToSilence() : set;
  }

  /// Rule 9: what the framework would send on its own is replaced by the one value that is
  /// accepted.
  private Optional<ParameterValue> temperatureToSilence() {
    ParameterValue one = ParameterValue.Decimal.of("1");
    boolean wouldFail =
        settings.traits().onlyTemperatureOne()
            && profile
                .sendsOwn()
                .get(Parameter.Temperature)
                .filter(own -> !own.equals(one))
                .isPresent();
    return wouldFail ? Optional.of(one) : Optional.empty();
  }

  private Optional<String> parametersJson() {
    var json =
        WireJson.of(
            settings.parameters(), profile.tokenParam().fixed().orElse(settings.tokenField()));
    return json.isEmpty() ? Optional.empty() : Optional.of(WireJson.write(json));
  }

  private <T> Optional<T> direct(Optional<T> value) {
    return mode == ProfileMode.Gateway ? Optional.empty() : value;
  }

  private Optional<String> region() {
    return switch (settings.route()) {
      case Route.Direct(var endpoint, _) -> Addresses.region(settings.provider(), endpoint);
      case Route.Gateway _ -> Optional.empty();
    };
  }

  private UrlStyle style(EntryRule rule) {
    return rule.urlStyle().orElse(profile.urls().style());
  }

  /// Rule 5: in Env mode only where the framework would call another place by itself.
  private boolean addressNeeded(UrlStyle style) {
    String address = addresses.in(style, profile.speech().surface());
    String usual = profile.urls().defaults().get(settings.provider());
    if (mode == ProfileMode.Gateway || usual == null) {
      return true;
    }
    String place = region().map(region -> usual.replace("{region}", region)).orElse(usual);
    return !(Endpoint.parse(place) instanceof Validated.Valid<Endpoint>(var same)
        && same.text().equals(address));
  }

  /// Rule 8. In Gateway mode nothing is lost: the gateway carries it.
  private List<NotCarried> notCarried(Set<Parameter> carried) {
    return mode == ProfileMode.Gateway
        ? List.of()
        : settings.parameters().values().entrySet().stream()
            .filter(set -> !carried.contains(set.getKey()))
            .map(this::notCarried)
            .toList();
  }

  private NotCarried notCarried(Map.Entry<Parameter, ParameterValue> set) {
    boolean hasEntry =
        rules().stream()
            .anyMatch(rule -> rule.from().parameter().filter(set.getKey()::equals).isPresent());
    String why =
        hasEntry
            ? "Profile %s has no way to write this %s in a variable; the agent is not told of it."
            : "Profile %s has no setting for %s; the agent is not told of it.";
    return new NotCarried(set.getKey(), why.formatted(profile.id(), set.getKey().field()));
  }
}
