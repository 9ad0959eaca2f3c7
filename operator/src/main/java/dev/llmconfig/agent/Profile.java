package dev.llmconfig.agent;

import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.RequestFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which variables a framework reads, and in which form: what one profile file says, once it has
/// passed every rule.
///
/// @param sendsOwn what the framework sends when nothing is set
/// @param text the file as it was written
/// @param shadowedBy names that would overrule ours if the container has them from somewhere else
public record Profile(
    String id,
    int version,
    Origin origin,
    About about,
    Speech speech,
    Urls urls,
    Naming naming,
    TokenParam tokenParam,
    Parameters sendsOwn,
    boolean requiresKey,
    List<EntryRule> env,
    Set<String> shadowedBy,
    String text) {

  public Profile {
    env = List.copyOf(env);
    shadowedBy = Set.copyOf(shadowedBy);
  }

  public enum Origin {
    BuiltIn,
    ConfigMap
  }

  /// For people.
  ///
  /// @param checked the version of the framework that the names were checked against
  /// @param sources the framework's own pages and packages they were checked in
  public record About(String title, String checked, List<String> sources, List<String> notes) {
    public About {
      sources = List.copyOf(sources);
      notes = List.copyOf(notes);
    }
  }

  /// Which call of which provider it makes.
  ///
  /// @param providers the only ones it can be used with when it calls them itself; empty where the
  ///   dialect decides
  public record Speech(
      ProfileDialect dialect, ApiSurface surface, Set<ProfileMode> modes, Set<Provider> providers) {
    public Speech {
      modes = Set.copyOf(modes);
      providers = Set.copyOf(providers);
    }

    boolean fits(Provider provider) {
      return providers.isEmpty() ? dialect.fits(provider) : providers.contains(provider);
    }
  }

  /// How it wants to be told an address.
  ///
  /// @param defaults what the framework calls when nothing is set
  public record Urls(UrlStyle style, Map<Provider, String> defaults) {
    public Urls {
      defaults = Map.copyOf(defaults);
    }
  }

  /// How it wants a model to be called.
  ///
  /// @param otherProvider the word for a provider that has none of its own here; empty for its id
  ///   in lower case
  /// @param lowersModel the framework lower-cases the model id, so an id with capitals breaks
  public record Naming(
      Map<Provider, String> providers,
      Optional<String> otherProvider,
      String model,
      String gatewayModel,
      boolean lowersModel) {
    public Naming {
      providers = Map.copyOf(providers);
    }

    String word(Provider provider) {
      return Optional.ofNullable(providers.get(provider))
          .or(() -> otherProvider)
          .orElseGet(() -> provider.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  /// The request that a framework makes; empty where it is a protocol of the vendor's own.
  public Optional<RequestFormat> requestFormat() {
    return switch (speech.surface()) {
      case ChatCompletions -> Optional.of(RequestFormat.ChatCompletions);
      case Responses -> Optional.of(RequestFormat.Responses);
      case Messages -> Optional.of(RequestFormat.Messages);
      case GenerateContent -> Optional.of(RequestFormat.GenerateContent);
      case Native -> Optional.empty();
    };
  }

  /// The request that an agent makes which is given its settings so, or that is made on its behalf;
  /// empty for the one that is usual for the model.
  public Optional<RequestFormat> requestFormat(DeliveryMode mode) {
    return switch (mode) {
      case Env, EnvFrom, File -> requestFormat();
      // Whatever the agent speaks, the gateway speaks to the provider.
      case Gateway, None -> Optional.empty();
    };
  }

  /// One of its variables, for people.
  ///
  /// @param when empty for always
  public record Variable(String name, String from, String when) {}

  public List<Variable> variables() {
    return env.stream().map(EntryRule::described).toList();
  }

  /// What a ModelConfig remembers of it, such as `spring-ai-2@1`.
  public String label() {
    return id + "@" + version;
  }

  @Override
  public String toString() {
    return label();
  }
}
