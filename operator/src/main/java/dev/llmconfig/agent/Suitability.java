package dev.llmconfig.agent;

import dev.llmconfig.agent.AgentNote.Reason;
import dev.llmconfig.agent.Rendering.Refused;
import dev.llmconfig.api.ConditionReason;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a framework can work with a provider in a mode, and what to know if it can.
final class Suitability {

  /// A framework that gives up sooner than this gives up on a model that thinks.
  private static final long PATIENT_SECONDS = 60;

  /// Fewer tokens than this cut an ordinary answer off.
  private static final long ORDINARY_ANSWER = 2048;

  private static final Set<Provider> WITH_RESPONSES =
      EnumSet.of(Provider.OpenAI, Provider.AzureOpenAI);

  private Suitability() {}

  /// Rule 13.
  static Optional<Refused> refusal(Profile profile, Settings settings, ProfileMode mode) {
    Profile.Speech speech = profile.speech();
    if (!speech.modes().contains(mode)) {
      return mismatch(
          mode == ProfileMode.Gateway
              ? "Profile %s cannot be used in mode Gateway; use mode Env, or another profile."
                  .formatted(profile.id())
              : "Profile %s can only be used in mode Gateway.".formatted(profile.id()));
    }
    if (mode == ProfileMode.Env && !speech.fits(settings.provider())) {
      String speaks =
          speech.providers().isEmpty()
              ? "speaks " + speech.dialect()
              : "is for "
                  + String.join(
                      ", ", speech.providers().stream().map(Enum::name).sorted().toList());
      String instead =
          speech.modes().contains(ProfileMode.Gateway)
              ? "use mode Gateway, or another profile"
              : "use another profile";
      return mismatch(
          "Profile %s %s, and provider %s does not; %s."
              .formatted(profile.id(), speaks, settings.provider(), instead));
    }
    return Optional.empty();
  }

  private static Optional<Refused> mismatch(String sentence) {
    return Optional.of(new Refused(ConditionReason.ProfileDialectMismatch, sentence));
  }

  static List<AgentNote> notes(Profile profile, Settings settings, ProfileMode mode) {
    var notes = new ArrayList<AgentNote>();
    ownTemperature(profile, settings, mode).ifPresent(notes::add);
    ownTopP(profile, settings, mode).ifPresent(notes::add);
    ownTokenLimit(profile, settings, mode).ifPresent(notes::add);
    ownTimeout(profile, settings, mode).ifPresent(notes::add);
    responses(profile, settings).ifPresent(notes::add);
    return notes;
  }

  private static Optional<AgentNote> ownTemperature(
      Profile profile, Settings settings, ProfileMode mode) {
    boolean beaten =
        mode == ProfileMode.Gateway
            && settings.parameters().temperature().isPresent()
            && profile.sendsOwn().temperature().isPresent();
    return beaten
        ? note(
            Reason.CallerSendsOwnValue,
            ("A framework of profile %s sends temperature %s of its own, which wins where the "
                    + "gateway only fills in; set parameterPolicy: Override.")
                .formatted(profile.id(), own(profile, Parameter.Temperature)))
        : Optional.empty();
  }

  private static Optional<AgentNote> ownTopP(Profile profile, Settings settings, ProfileMode mode) {
    boolean excluded =
        settings.traits().refusesTopP()
            && mode == ProfileMode.Env
            && profile.sendsOwn().topP().isPresent();
    return excluded
        ? note(
            Reason.FrameworkDefault,
            "A framework of profile %s sends topP %s of its own, which %s refuses; use mode Gateway."
                .formatted(profile.id(), own(profile, Parameter.TopP), settings.model()))
        : Optional.empty();
  }

  private static Optional<AgentNote> ownTokenLimit(
      Profile profile, Settings settings, ProfileMode mode) {
    var own = profile.sendsOwn().maxOutputTokens();
    boolean cutsOff =
        mode == ProfileMode.Env
            && settings.parameters().maxOutputTokens().isEmpty()
            && own.isPresent()
            && own.getAsLong() < ORDINARY_ANSWER;
    return cutsOff
        ? note(
            Reason.FrameworkDefault,
            "A framework of profile %s stops after %s tokens unless told; set maxOutputTokens."
                .formatted(profile.id(), own(profile, Parameter.MaxOutputTokens)))
        : Optional.empty();
  }

  /// In Gateway mode no parameter reaches the agent, so its own patience counts whatever is set.
  private static Optional<AgentNote> ownTimeout(
      Profile profile, Settings settings, ProfileMode mode) {
    var own = profile.sendsOwn().timeoutSeconds();
    boolean inForce =
        mode == ProfileMode.Gateway || settings.parameters().timeoutSeconds().isEmpty();
    boolean tooSoon =
        own.isPresent() && own.getAsLong() < PATIENT_SECONDS && settings.traits().reasons();
    return inForce && tooSoon
        ? note(
            Reason.FrameworkDefault,
            ("A framework of profile %s gives up after %s seconds, and %s thinks before it "
                    + "answers; %s.")
                .formatted(
                    profile.id(),
                    own(profile, Parameter.TimeoutSeconds),
                    settings.model(),
                    mode == ProfileMode.Gateway
                        ? "give the agent a longer time-out in its own manifest"
                        : "set timeoutSeconds"))
        : Optional.empty();
  }

  private static Optional<AgentNote> responses(Profile profile, Settings settings) {
    boolean doubtful =
        profile.speech().surface() == ApiSurface.Responses
            && !WITH_RESPONSES.contains(settings.provider());
    return doubtful
        ? note(
            Reason.CallsResponses,
            ("A framework of profile %s calls the Responses API; if %s does not offer it, switch "
                    + "the agent to Chat Completions.")
                .formatted(profile.id(), settings.provider()))
        : Optional.empty();
  }

  private static String own(Profile profile, Parameter name) {
    return profile.sendsOwn().get(name).map(ParameterValue::text).orElse("");
  }

  private static Optional<AgentNote> note(Reason reason, String sentence) {
    return Optional.of(new AgentNote(reason, sentence));
  }
}
