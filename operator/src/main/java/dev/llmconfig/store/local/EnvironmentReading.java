package dev.llmconfig.store.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.llmconfig.access.OwnMachine;
import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Flaw;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.local.EnvironmentKeys.Found;
import dev.llmconfig.store.local.Ledger.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks for keys in a `.env` file and in the environment. What is wrong there is told, and no
/// reason not to start: the store is the truth, and has been used without it.
final class EnvironmentReading {

  private static final String SUFFIX = "-env";

  private final LocalObjects objects;
  private final Encryption encryption;
  private final Consumer<String> told;

  EnvironmentReading(LocalObjects objects, Encryption encryption, Consumer<String> told) {
    this.objects = objects;
    this.encryption = encryption;
    this.told = told;
  }

  Map<Provider, Found> read(Optional<Migration.Source> env, Map<String, String> environment) {
    var found = new LinkedHashMap<Provider, Found>();
    var name = env.map(Migration.Source::name).orElse("");
    try (var file = env.map(this::parsed).orElseGet(() -> new EnvFile(Map.of(), Map.of()))) {
      providers()
          .forEach(provider -> {
            for (var variable : provider.keyVariables()) {
              var there = file.values().get(variable);
              if (there != null && !found.containsKey(provider)) {
                there
                    .use(bytes -> found(provider, variable, name, bytes))
                    .ifPresent(one -> found.put(provider, one));
              }
            }
            for (var variable : provider.keyVariables()) {
              var there = environment.getOrDefault(variable, "");
              if (!there.isBlank() && !found.containsKey(provider)) {
                var bytes = there.getBytes(StandardCharsets.UTF_8);
                found(provider, variable, "the environment", bytes)
                    .ifPresent(one -> found.put(provider, one));
                Arrays.fill(bytes, (byte) 0);
              }
            }
          });
    }
    return found;
  }

  /// Where the key of the others goes is not in its variable.
  private static Stream<Provider> providers() {
    return Stream.of(Provider.values()).filter(one -> one.defaultEndpoint().isPresent());
  }

  private EnvFile parsed(Migration.Source env) {
    var wanted =
        providers().flatMap(one -> one.keyVariables().stream()).collect(Collectors.toSet());
    try {
      return EnvFile.parse(env.content(), wanted);
    } catch (EnvFile.Malformed malformed) {
      told.accept(
          "%s, line %d %s, so no key of that file is used; correct it and start again, or start with --no-env."
              .formatted(env.name(), malformed.line(), malformed.getMessage()));
      return new EnvFile(Map.of(), Map.of());
    }
  }

  private Optional<Found> found(Provider provider, String variable, String place, byte[] typed) {
    try (var material = KeyMaterial.of(typed)) {
      return switch (material) {
        case KeyMaterial.Absent() -> Optional.empty();
        case KeyMaterial.Refused(var flaw) -> {
          if (flaw.reason() != Flaw.Reason.KeyEmpty) {
            told.accept("%s from %s is not used. %s".formatted(variable, place, flaw.sentence()));
          }
          yield Optional.empty();
        }
        case KeyMaterial.Given(var key, _) -> found(provider, variable, place, key);
      };
    }
  }

  private Optional<Found> found(Provider provider, String variable, String place, SecretBytes key) {
    var ref = new Ref(OwnMachine.NAMESPACE, provider.name().toLowerCase(Locale.ROOT) + SUFFIX);
    return token(provider, ref, key)
        .map(token ->
            new Found(
                variable,
                place,
                ref,
                JsonNodeFactory.instance
                    .objectNode()
                    .put("provider", provider.name())
                    .put("displayName", "%s (%s)".formatted(provider, variable))
                    .put("encryptedKey", token)));
  }

  /// The one that is there, if it holds the same key: a start changes nothing that is as it was.
  private Optional<String> token(Provider provider, Ref ref, SecretBytes key) {
    if (!(Endpoint.parse(provider.defaultEndpoint().orElseThrow())
        instanceof Validated.Valid<Endpoint>(var endpoint))) {
      throw new IllegalStateException("a default endpoint is one");
    }
    var place = new Binding(ref.namespace(), ref.name(), endpoint);
    return objects
        .look(shelf -> shelf.tree(Kind.ApiKeyConfig, ref))
        .filter(EnvironmentKeys::isOne)
        .map(tree -> tree.path("spec").path("encryptedKey").asText())
        .filter(token -> holds(place, token, key))
        .or(() -> encryption.token(place, key));
  }

  private boolean holds(Binding place, String token, SecretBytes key) {
    if (!(encryption.open(place, Envelope.Purpose.Spec, token)
        instanceof Encryption.Opened.Key(var bytes))) {
      return false;
    }
    try (bytes) {
      return bytes.equals(key);
    }
  }
}
