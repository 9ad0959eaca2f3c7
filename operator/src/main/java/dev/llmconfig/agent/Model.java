package dev.llmconfig.agent;

import dev.llmconfig.api.Provider;
import java.util.Locale;

/// What a model and its provider are called towards a framework.
final class Model {

  private Model() {}

  static String name(Profile profile, Settings settings) {
    return switch (settings.route()) {
      case Route.Gateway(_, var alias, _) ->
          profile.naming().gatewayModel().replace("{alias}", alias);
      case Route.Direct _ ->
          profile
              .naming()
              .model()
              .replace("{provider}", profile.naming().word(settings.provider()))
              .replace("{model}", settings.model());
    };
  }

  /// Behind the gateway the provider is whoever the framework believes to speak to.
  static String providerWord(Profile profile, Settings settings, ProfileMode mode) {
    Provider provider = mode == ProfileMode.Env ? settings.provider() : spokenTo(profile);
    return profile.naming().word(provider);
  }

  private static Provider spokenTo(Profile profile) {
    return switch (profile.speech().dialect()) {
      case Anthropic -> Provider.Anthropic;
      case Gemini -> Provider.Google;
      case OpenAI, Native -> Provider.OpenAI;
    };
  }

  static String lower(String model) {
    return model.toLowerCase(Locale.ROOT);
  }
}
