package dev.llmconfig.plan;

import dev.llmconfig.agent.KeyRef;
import dev.llmconfig.agent.ModelTraits;
import dev.llmconfig.agent.Route;
import dev.llmconfig.agent.Settings;
import dev.llmconfig.agent.Settings.Account;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.ParameterBasis;
import dev.llmconfig.domain.Revision;
import java.util.EnumMap;
import java.util.Map;

/// A revision as an agent is told it. The same for a new revision and for the last good one, so
/// that going back gives back the same bytes.
public final class AgentSettings {

  /// Headers that some frameworks have a setting for; all others reach checks, chat and gateway
  /// only.
  static final Map<String, Account> CARRIED =
      Map.of("openai-organization", Account.Organization, "openai-project", Account.Project);

  private AgentSettings() {}

  /// For agents that call the provider themselves.
  public static Settings direct(Revision revision, ParameterBasis basis) {
    var key =
        revision
            .keyRevision()
            .<Route.KeyHeld>map(held ->
                new Route.KeyHeld.Held(
                    new KeyRef(ManagedNames.deliveredSecret(revision.apiKey(), held))))
            .orElseGet(Route.KeyHeld.Keyless::new);
    return settings(revision, basis, new Route.Direct(revision.endpoint(), key));
  }

  /// For agents that call the gateway.
  ///
  /// @param alias the name of the ModelConfig
  /// @param virtualKey the Secret of the virtual key
  public static Settings throughGateway(
      Revision revision, ParameterBasis basis, Endpoint gateway, String alias, KeyRef virtualKey) {
    return settings(revision, basis, new Route.Gateway(gateway, alias, virtualKey));
  }

  private static Settings settings(Revision revision, ParameterBasis basis, Route route) {
    return new Settings(
        revision.provider(),
        revision.model(),
        revision.parameters(),
        basis.tokenField(),
        new ModelTraits(
            basis.onlyTemperatureOne(),
            basis.refusesTopP(),
            basis.reasons(),
            basis.contextTokens()),
        account(revision),
        route);
  }

  private static Map<Account, String> account(Revision revision) {
    var account = new EnumMap<Account, String>(Account.class);
    CARRIED.forEach((header, name) -> {
      var value = revision.headers().get(header);
      if (value != null) {
        account.put(name, value);
      }
    });
    revision.apiVersion().ifPresent(version -> account.put(Account.ApiVersion, version));
    return account;
  }
}
