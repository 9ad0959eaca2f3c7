package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.Labels;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.AgreedEndpoints;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.provider.OwnHosts;
import dev.llmconfig.store.Manner.Run;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.cluster.ApiRefusal.Why;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Secret `<key>-key` in which a key is kept that is in no object. Only one that says that the
/// Playground made it is ever touched.
final class KeySecrets {

  private final Requests requests;

  KeySecrets(Requests requests) {
    this.requests = requests;
  }

  static String name(String key) {
    return key + "-key";
  }

  /// What `spec.secretRef` says then.
  static ObjectNode reference(String key) {
    return Trees.object().put("name", name(key)).put("key", ManagedNames.API_KEY);
  }

  /// Whether this key is kept in a Secret of ours.
  Optional<Live> of(Ref key, String secret) {
    if (!secret.equals(name(key.name()))) {
      return Optional.empty();
    }
    return found(new Ref(key.namespace(), secret)).filter(KeySecrets::ours);
  }

  /// A new one, or new content for the one that is ours.
  Beside put(ApiKey key, SecretBytes material) {
    var ref = new Ref(key.ref().namespace(), name(key.ref().name()));
    return found(ref)
        .<Beside>map(there -> new Changed(there, key, material))
        .orElseGet(() -> new Made(key, material));
  }

  /// What becomes of the Secret when the key is in the object from now on: one of ours would be
  /// left with a plain key that nobody needs.
  Beside leaving(Ref key, String secret) {
    return of(key, secret)
        .<Beside>map(ours ->
            new Beside() {
              @Override
              public void settle(Live object) {
                quietly(() -> requests.delete(ours, Run.Apply));
              }
            })
        .orElse(Beside.NOTHING);
  }

  /// That the Secret lets its key go where the key is to be sent.
  ///
  /// @param consent say so to the Secret, where it does not yet
  Beside agreement(ApiKey key, Ref secret, boolean consent) {
    if (OwnHosts.own(key.provider(), key.endpoint())) {
      return Beside.NOTHING;
    }
    var there = found(secret);
    var agreed =
        there
            .map(one -> one.annotations().getOrDefault(Annotations.ALLOWED_ENDPOINTS, ""))
            .map(AgreedEndpoints::of);
    if (agreed.isEmpty() || agreed.get().cover(key.endpoint())) {
      return Beside.NOTHING; // of one that is not there yet the operator judges
    }
    if (!consent) {
      throw new Ended(new Outcome.EndpointNotAllowed(agreed.get().command(secret, key.endpoint())));
    }
    return new Agreed(there.get(), agreed.get(), key);
  }

  private Optional<Live> found(Ref ref) {
    try {
      return Optional.of(requests.get(Kind.Secret, ref));
    } catch (ApiRefusal refused) {
      return switch (refused.why()) {
        case Why.Missing() -> Optional.empty();
        // Who may create Secrets need not be allowed to read them: the API server says if it is
        // there.
        case Why.Forbidden _ -> Optional.empty();
        default -> throw refused;
      };
    }
  }

  private static boolean ours(Live secret) {
    return FieldManagers.PLAYGROUND.equals(secret.labels().get(Labels.MANAGED_BY));
  }

  private static ObjectNode content(ApiKey key, SecretBytes material) {
    var secret = Trees.object();
    var meta = secret.putObject("metadata");
    if (!OwnHosts.own(key.provider(), key.endpoint())) {
      meta.putObject("annotations").put(Annotations.ALLOWED_ENDPOINTS, key.endpoint().text());
    }
    secret
        .putObject("data")
        .put(ManagedNames.API_KEY, material.use(Base64.getEncoder()::encodeToString));
    return secret;
  }

  private final class Made implements Beside {
    private final ApiKey key;
    private final SecretBytes material;
    private Optional<Live> made = Optional.empty();

    Made(ApiKey key, SecretBytes material) {
      this.key = key;
      this.material = material;
    }

    @Override
    public boolean holdsKey() {
      return true;
    }

    @Override
    public void rehearse() {
      create(Run.DryRun);
    }

    @Override
    public void write() {
      made = Optional.of(create(Run.Apply));
    }

    private Live create(Run run) {
      var secret = content(key, material);
      secret
          .put("apiVersion", Kind.Secret.apiVersion())
          .put("kind", Kind.Secret.name())
          .put("type", "Opaque");
      secret
          .withObjectProperty("metadata")
          .put("name", name(key.ref().name()))
          .put("namespace", key.ref().namespace())
          .putObject("labels")
          .put(Labels.MANAGED_BY, FieldManagers.PLAYGROUND);
      return requests.create(Kind.Secret, secret, run);
    }

    @Override
    public void undo() {
      made.ifPresent(secret -> requests.delete(secret, Run.Apply));
    }

    /// So that it goes with the key. Without the right to say so it stays, as one that somebody
    /// made by hand would.
    @Override
    public void settle(Live object) {
      var change = Trees.object();
      change
          .putObject("metadata")
          .putArray("ownerReferences")
          .addObject()
          .put("apiVersion", object.kind().apiVersion())
          .put("kind", object.kind().name())
          .put("name", object.ref().name())
          .put("uid", object.uid());
      made.ifPresent(secret ->
          quietly(
              () -> requests.merge(Kind.Secret, secret.ref(), change, FieldManagers.PLAYGROUND)));
    }
  }

  private final class Agreed implements Beside {
    private final Live secret;
    private final AgreedEndpoints before;
    private final ApiKey key;

    Agreed(Live secret, AgreedEndpoints before, ApiKey key) {
      this.secret = secret;
      this.before = before;
      this.key = key;
    }

    @Override
    public void write() {
      annotate(Trees.object().textNode(before.with(key.endpoint())));
    }

    @Override
    public void undo() {
      annotate(secret.metadata().path("annotations").get(Annotations.ALLOWED_ENDPOINTS));
    }

    private void annotate(@Nullable JsonNode value) {
      var change = Trees.object();
      change
          .putObject("metadata")
          .put("uid", secret.uid())
          .putObject("annotations")
          .set(Annotations.ALLOWED_ENDPOINTS, value);
      requests.merge(Kind.Secret, secret.ref(), change, FieldManagers.PLAYGROUND_ACTION);
    }
  }

  private final class Changed implements Beside {
    private final Live before;
    private final ApiKey key;
    private final SecretBytes material;

    Changed(Live before, ApiKey key, SecretBytes material) {
      this.before = before;
      this.key = key;
      this.material = material;
    }

    @Override
    public boolean holdsKey() {
      return true;
    }

    @Override
    public void rehearse() {
      if (!ours(before)) {
        throw new Ended(new Outcome.AlreadyExists("Secret " + before.ref().name()));
      }
    }

    @Override
    public void write() {
      merge(content(key, material), before.version());
    }

    @Override
    public void undo() {
      var old = Trees.object();
      var endpoint = before.annotations().get(Annotations.ALLOWED_ENDPOINTS);
      old.putObject("metadata")
          .putObject("annotations")
          .put(Annotations.ALLOWED_ENDPOINTS, endpoint);
      old.set("data", Trees.replacing(Trees.object(), (ObjectNode) before.tree().path("data")));
      merge(old, "");
    }

    private void merge(ObjectNode change, String version) {
      if (!version.isEmpty()) {
        change.withObjectProperty("metadata").put("resourceVersion", version);
      }
      requests.merge(Kind.Secret, before.ref(), change, FieldManagers.PLAYGROUND);
    }
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (ApiRefusal _) {
      // The object is saved, and that is what was asked for.
    }
  }
}
