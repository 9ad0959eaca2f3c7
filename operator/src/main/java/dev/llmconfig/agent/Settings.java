package dev.llmconfig.agent;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
import dev.llmconfig.domain.Parameters;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Everything that is told to an agent, before a profile says how.
///
/// @param parameters the effective ones, after Drop and clamp
/// @param tokenField what the model's limit of output tokens is called
/// @param account further words of the connection that some frameworks have a variable for; what is
///   absent is unset
public record Settings(
    Provider provider,
    String model,
    Parameters parameters,
    TokenField tokenField,
    ModelTraits traits,
    Map<Account, String> account,
    Route route) {

  /// Words of the connection that are the same for every model behind it.
  public enum Account {
    Organization,
    Project,
    ApiVersion
  }

  public Settings {
    var given = new EnumMap<Account, String>(Account.class);
    given.putAll(account);
    given.values().removeIf(String::isEmpty);
    account = Map.copyOf(given);
  }

  Optional<String> account(Account name) {
    return Optional.ofNullable(account.get(name));
  }
}
