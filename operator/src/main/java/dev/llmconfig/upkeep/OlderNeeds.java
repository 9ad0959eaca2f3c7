package dev.llmconfig.upkeep;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.Opening;
import dev.llmconfig.domain.Keeper;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.reconcile.KeyringObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Finds what still needs an older key of the ring, and what none of its keys opens, by trying each
/// token there is: in the managed Secrets and in specs. One page of them is held at a time.
public final class OlderNeeds {

  /// Where a token is.
  public enum Where {
    ManagedSecret("managed Secret", "The operator encrypts it anew by itself."),
    Spec("spec.encryptedKey", "Encrypt the key again where the object comes from.");

    private final String words;
    private final String nextStep;

    Where(String words, String nextStep) {
      this.words = words;
      this.nextStep = nextStep;
    }

    public String words() {
      return words;
    }

    public String nextStep() {
      return nextStep;
    }
  }

  /// The place of a token, or of the two of a managed Secret.
  ///
  /// @param key the ApiKeyConfig that it is of
  public record Place(Ref key, Where where) {}

  /// Why a place is told of.
  ///
  /// @param by the key of the ring that opens it; empty where none does
  /// @param keeper whose object it is, where its signs tell
  public record Need(Place place, Optional<KeyId> by, Optional<Keeper> keeper) {}

  private static final Comparator<Place> BY_NAME =
      Comparator.comparing((Place place) -> place.key().namespace())
          .thenComparing(place -> place.key().name())
          .thenComparing(Place::where);

  private final KubernetesClient client;
  private final Set<String> namespaces;

  /// @param namespaces none means all
  public OlderNeeds(KubernetesClient client, Set<String> namespaces) {
    this.client = client;
    this.namespaces = Set.copyOf(namespaces);
  }

  /// All that the first key does not open, in the order of their names.
  List<Need> find(KeyRing ring) {
    SortedMap<Place, Need> found = new TreeMap<>(BY_NAME);
    eachSecret(secret ->
        note(found, ring, secret, new Place(key(secret), Where.ManagedSecret), tokens(secret)));
    eachKey(key ->
        note(found, ring, key, new Place(ref(key), Where.Spec), token(key).stream().toList()));
    return List.copyOf(found.values());
  }

  private static void note(
      SortedMap<Place, Need> found,
      KeyRing ring,
      HasMetadata object,
      Place place,
      List<String> tokens) {
    found.remove(place);
    tokens.stream()
        .map(token -> opener(ring, token))
        .filter(by -> by.filter(ring.first()::equals).isEmpty())
        // One that an older key opens is the one to wait for.
        .max(Comparator.comparing(Optional::isPresent))
        .ifPresent(by -> found.put(place, new Need(place, by, Kept.by(object))));
  }

  static Optional<KeyId> opener(KeyRing ring, String token) {
    if (ring.open(token) instanceof Opening.Opened(var plaintext, var by)) {
      plaintext.close();
      return Optional.of(by);
    }
    return Optional.empty();
  }

  void eachSecret(Consumer<Secret> look) {
    var secrets = client.secrets();
    var type = ManagedNames.ENCRYPTED_KEY_TYPE;
    if (namespaces.isEmpty()) {
      Pages.each(secrets.inAnyNamespace().withField("type", type), look);
    }
    namespaces.forEach(one -> Pages.each(secrets.inNamespace(one).withField("type", type), look));
  }

  private void eachKey(Consumer<ApiKeyConfig> look) {
    var keys = client.resources(ApiKeyConfig.class);
    if (namespaces.isEmpty()) {
      Pages.each(keys.inAnyNamespace(), look);
    }
    namespaces.forEach(one -> Pages.each(keys.inNamespace(one), look));
  }

  static List<String> tokens(Secret secret) {
    return Stream.of(ManagedNames.CURRENT, ManagedNames.PREVIOUS)
        .flatMap(slot -> KeyringObject.data(secret, slot).stream())
        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
        .toList();
  }

  private static Optional<String> token(ApiKeyConfig key) {
    return Optional.ofNullable(key.getSpec()).map(spec -> spec.getEncryptedKey());
  }

  /// What the managed Secret is of; its own name where its label is gone.
  static Ref key(Secret secret) {
    var meta = secret.getMetadata();
    var label = Objects.requireNonNullElse(meta.getLabels(), Map.<String, String>of());
    return new Ref(meta.getNamespace(), label.getOrDefault(Labels.API_KEY, meta.getName()));
  }

  private static Ref ref(HasMetadata object) {
    return new Ref(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
