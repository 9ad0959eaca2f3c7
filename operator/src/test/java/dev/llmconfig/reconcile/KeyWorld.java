package dev.llmconfig.reconcile;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.api.VerificationMode;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.Header;
import dev.llmconfig.api.v1alpha1.SecretRef;
import dev.llmconfig.api.v1alpha1.Verification;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.Fingerprints;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.plan.ApiKeyPlanner;
import dev.llmconfig.plan.KeyFacts;
import dev.llmconfig.plan.KeyPlan;
import dev.llmconfig.plan.PlannedEvent;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.ListedModel;
import dev.llmconfig.provider.Models;
import dev.llmconfig.verify.Outcome;
import dev.llmconfig.verify.Pace;
import dev.llmconfig.verify.Question;
import dev.llmconfig.verify.TestAlarms;
import dev.llmconfig.verify.TestThreads;
import dev.llmconfig.verify.Verifier;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One key and everything around it, without a cluster: its source, its provider, the key ring and
/// the time, and in between all of the code that decides. The fields are what the API server would
/// hold. It notes on the way what must never happen.
final class KeyWorld implements UserObjects, AutoCloseable {

  /// Where a process dies.
  enum Death {
    BeforeTheSecret,
    BeforeTheStatus,
    BeforeTheQuestion
  }

  static final String OWN = "https://api.openai.com/v1";
  static final String FOREIGN = "https://llm.example.com/v1";

  private static final Ref KEY = new Ref("team", "x");
  private static final Ref SOURCE = new Ref("team", "source");
  private static final KubernetesSerialization OBJECTS = new KubernetesSerialization();
  private static final SealedSecrets NO_SEALED = new StoredSealedSecrets("", List.of());
  private static final Consent CONSENT = new Consent(true, false);
  private static final Fingerprints NAMES = Fingerprints.generate();
  private static final Map<String, FernetKey> RING_KEYS =
      Map.of(
          "k1", FernetKey.generate(),
          "k2", FernetKey.generate(),
          "other", FernetKey.generate());

  /// Thrown where a process dies.
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// A key at a place, with what else it was sent with.
  private record Asked(String key, String endpoint, String headers) {}

  final List<String> events = new ArrayList<>();
  final List<String> breaches = new ArrayList<>();
  int calls;

  private final TestAlarms time = new TestAlarms();
  private final ApiKeyConfig config = new ApiKeyConfig();
  private final Map<String, VerdictReason> truth = new HashMap<>();
  private final List<Asked> accepted = new ArrayList<>();

  /// Until when nobody has a reason to ask this again.
  private final Map<Asked, Instant> quiet = new HashMap<>();

  private final Random random;
  private TestThreads threads = new TestThreads();
  private final Verdicts verdicts = new Verdicts();
  private Verifier verifier;
  private KeyProbes probes;
  private Optional<VerdictReason> weather = Optional.empty();
  private Optional<Secret> source = Optional.empty();
  private Optional<Secret> managed = Optional.empty();
  private Optional<ConfigMap> facts = Optional.empty();
  private Optional<Encryption> ring;
  private Optional<Death> death = Optional.empty();
  private boolean consent;
  private boolean awake = true;
  private long version = 1;

  KeyWorld(Provider provider, Random random) {
    this.random = random;
    config.getMetadata().setNamespace(KEY.namespace());
    config.getMetadata().setName(KEY.name());
    config.getMetadata().setUid("the-uid");
    config.getMetadata().setGeneration(1L);
    var ref = new SecretRef();
    ref.setName(SOURCE.name());
    ref.setKey("api-key");
    var spec = new ApiKeyConfigSpec();
    spec.setProvider(provider);
    spec.setEndpoint(OWN);
    spec.setSecretRef(ref);
    config.setSpec(spec);
    ring = ringOf("k1");
    verifier = verifier();
    probes = started();
  }

  // What people, providers and time do.

  void source(String key) {
    if (!source.map(KeyWorld::text).equals(Optional.of(key))) {
      excuseAllButTheKeyInUse();
    }
    source = Optional.of(secret(key, consent));
    wake();
  }

  void sourceGone() {
    excuseAllButTheKeyInUse();
    source = Optional.empty();
    wake();
  }

  void consent(boolean given) {
    excuseAllButTheKeyInUse();
    consent = given;
    source = source.map(one -> secret(text(one), given));
    wake();
  }

  void truth(String key, VerdictReason answer) {
    truth.put(key, answer);
  }

  void weather(Optional<VerdictReason> now) {
    weather = now;
  }

  void endpoint(String url) {
    edit(spec -> spec.setEndpoint(url));
  }

  void header(Optional<String> value) {
    edit(spec -> spec.setHeaders(value.map(KeyWorld::header).map(List::of).orElse(null)));
  }

  void verification(VerificationMode mode) {
    edit(spec -> {
      var verification = new Verification();
      verification.setMode(mode);
      spec.setVerification(verification);
    });
  }

  void suspended(boolean now) {
    edit(spec -> spec.setSuspend(now));
  }

  void expires(Optional<Duration> in) {
    edit(spec ->
        spec.setExpiresAt(in.map(time.instant()::plus).map(Instant::toString).orElse(null)));
  }

  void displayName(String name) {
    edit(spec -> spec.setDisplayName(name));
  }

  void request(String wish) {
    config.getMetadata().setAnnotations(Map.of(Annotations.VERIFY_REQUESTED_AT, wish));
    quiet.clear();
    wake();
  }

  /// Names of keys, separated by commas; none for a ring that is missing.
  void ring(String names) {
    excuseAllButTheKeyInUse();
    ring = ringOf(names);
    wake();
  }

  /// All that was only in memory is gone.
  void restart() {
    verifier.close();
    threads = new TestThreads();
    verifier = verifier();
    probes = started();
    wake();
  }

  /// If the process comes there soon, it dies, and another one takes over.
  void dies(Death where) {
    death = Optional.of(where);
    pass(Duration.ofSeconds(1));
    death = Optional.empty();
  }

  /// Whoever is woken looks, whoever is asked answers.
  void pass(Duration duration) {
    settle();
    time.pass(duration, this::settle);
  }

  // What can be seen.

  /// The status and what we made for the key, to the letter.
  String exactly() {
    return yaml(config.getStatus())
        + managed.map(OBJECTS::asYaml).orElse("no Secret")
        + facts.map(OBJECTS::asYaml).orElse("no list");
  }

  Optional<Condition> condition(String type) {
    return Optional.ofNullable(config.getStatus())
        .flatMap(status -> Optional.ofNullable(status.getConditions()))
        .flatMap(all -> all.stream().filter(one -> one.getType().equals(type)).findFirst());
  }

  String says(String type) {
    return condition(type)
        .map(one -> one.getStatus() + " " + one.getReason() + ": " + one.getMessage())
        .orElse("");
  }

  /// All that does not depend on when or how it came about.
  String summary() {
    return Stream.concat(
            Stream.of("Resolved", "Verified", "Ready", "Reconciling", "Stalled")
                .map(type -> type + " " + says(type)),
            managed.map(KeyWorld::inUse).stream().map(List::toString))
        .toList()
        .toString();
  }

  @Override
  public Optional<Secret> secret(Ref ref) {
    return source.filter(_ -> ref.equals(SOURCE));
  }

  @Override
  public Optional<ConfigMap> configMap(Ref ref) {
    return Optional.empty();
  }

  @Override
  public void close() {
    verifier.close();
  }

  /// As the reconciler does it.
  void look() {
    if (!(Parsing.apiKey(config) instanceof Validated.Valid<ApiKey>(var key))) {
      throw new AssertionError("the spec is valid");
    }
    var now = time.instant();
    var around =
        new KeyGathering.Surroundings(
            managed,
            new ManagedFacts.Found(facts, Optional.empty()),
            KeyMemory.of(KeyStatus.ours(status())),
            ModelConfigs.use(config, List.of()));
    try (var gathered =
        new KeyGathering(new KeySources(this, NO_SEALED, CONSENT), this, probes)
            .gather(key, around, ring, now)) {
      var plan = ApiKeyPlanner.plan(gathered.seen());
      var shown = managed.map(KeyWorld::inUse);
      plan.facts().filter(_ -> ring.isPresent()).ifPresent(this::keep);
      if (plan.secret().isPresent()) {
        dieAt(Death.BeforeTheSecret, true);
        write(plan, now);
      }
      var after = KeyStatus.of(plan.report(), status(), now);
      if (!yaml(after).equals(yaml(status()))) {
        dieAt(Death.BeforeTheStatus, shown.equals(managed.map(KeyWorld::inUse)) || !tellable());
        config.setStatus(after);
      }
      plan.events().stream().map(PlannedEvent::toString).forEach(events::add);
      dieAt(Death.BeforeTheQuestion, false);
      awake |= probes.ask(key, gathered, plan, Optional.empty());
      plan.nextLook().ifPresent(next -> time.ring(next, this::wake));
    }
  }

  private void keep(KeyFacts found) {
    var object = FactsObject.of(config, found, facts, ring.orElseThrow().installation());
    version++;
    object.getMetadata().setResourceVersion(Long.toString(version));
    facts = Optional.of(object);
  }

  private void edit(Consumer<ApiKeyConfigSpec> change) {
    var before = OBJECTS.asYaml(config.getSpec());
    change.accept(config.getSpec());
    if (!before.equals(OBJECTS.asYaml(config.getSpec()))) {
      config.getMetadata().setGeneration(config.getMetadata().getGeneration() + 1);
      quiet.clear();
    }
    wake();
  }

  private void wake() {
    awake = true;
  }

  private void settle() {
    for (int round = 0; awake || threads.running() > 0; round++) {
      if (round > 50) {
        throw new AssertionError("it never comes to rest: " + exactly());
      }
      threads.runAll();
      if (awake) {
        awake = false;
        try {
          look();
        } catch (Killed _) {
          restart();
        }
      }
    }
  }

  /// @param heard whether what was heard dies with it
  private void dieAt(Death where, boolean heard) {
    if (death.equals(Optional.of(where))) {
      death = Optional.empty();
      if (heard) {
        quiet.clear();
      }
      throw new Killed();
    }
  }

  /// That a key came into use is proof that it was accepted, but not of how, nor of whose wish was
  /// answered with it.
  private boolean tellable() {
    return config.getSpec().getProvider() == Provider.OpenAI
        && config.getMetadata().getAnnotations().isEmpty();
  }

  private void write(KeyPlan plan, Instant now) {
    var secret =
        ManagedSecretObject.of(
            plan.secret().orElseThrow(),
            ring.orElseThrow(),
            ManagedSecretObject.Target.of(config, managed),
            now);
    var next = inUse(secret);
    if (!managed.map(KeyWorld::inUse).equals(Optional.of(next)) && !proven(next)) {
      breaches.add("came into use without proof: " + next);
    }
    version++;
    secret.getMetadata().setResourceVersion(Long.toString(version));
    managed = Optional.of(secret);
  }

  /// Revision, endpoint and terms.
  private static List<String> inUse(Secret secret) {
    var all = secret.getMetadata().getAnnotations();
    return Stream.of(Annotations.REVISION, Annotations.ENDPOINT, Annotations.TERMS)
        .map(name -> Objects.requireNonNullElse(all.get(name), ""))
        .toList();
  }

  private boolean proven(List<String> inUse) {
    var verification = config.getSpec().getVerification();
    return (verification != null && verification.getMode() == VerificationMode.Disabled)
        || accepted.stream().anyMatch(asked -> isAbout(asked, inUse));
  }

  private static String revision(String key) {
    try (var bytes = SecretBytes.taking(key.getBytes(StandardCharsets.US_ASCII))) {
      return NAMES.revision(bytes);
    }
  }

  private Verifier verifier() {
    return new Verifier(this::answer, verdicts, Pace.STANDARD, time, threads, random);
  }

  private KeyProbes started() {
    return new KeyProbes(
        verifier,
        verdicts,
        new KeySources(this, NO_SEALED, CONSENT),
        new Encryptions() {
          @Override
          public Optional<Encryption> current() {
            return ring;
          }

          @Override
          public Subscription onChange(Runnable listener) {
            return () -> {};
          }
        },
        _ -> wake());
  }

  private Outcome answer(Question question, Optional<SecretBytes> lent) {
    calls++;
    var target = question.target();
    var asked =
        new Asked(
            lent.orElseThrow().use(bytes -> new String(bytes, StandardCharsets.US_ASCII)),
            target.endpoint().text(),
            target.headers().toString());
    var own = target.provider() == Provider.OpenAI && asked.endpoint().equals(OWN);
    note(!own && !consent, "sent without consent: ", asked);
    note(Boolean.TRUE.equals(config.getSpec().getSuspend()), "sent while suspended: ", asked);
    note(
        !source.map(KeyWorld::text).equals(Optional.of(asked.key())),
        "sent, and not in its source any more: ",
        asked);
    note(
        Optional.ofNullable(quiet.get(asked)).filter(time.instant()::isBefore).isPresent(),
        "asked again for no cause: ",
        asked);
    var answer =
        weather.orElseGet(() -> truth.getOrDefault(asked.key(), VerdictReason.KeyAccepted));
    switch (answer.weight()) {
      case Accepted -> {
        accepted.add(asked);
        quiet.put(asked, time.instant().plus(Duration.ofHours(6)));
      }
      case Refused -> quiet.put(asked, Instant.MAX);
      case FirstContact, ByProbe, Transient -> quiet.remove(asked);
    }
    return new Outcome(
        Finding.of(answer, Probe.ListModels), Optional.of(models(asked, answer)), List.of());
  }

  /// Each key is shown other models.
  private static Models models(Asked asked, VerdictReason answer) {
    return answer.weight() == VerdictReason.Weight.Accepted
        ? new Models.Listed(List.of(listed("of-" + asked.key().charAt(4))), true)
        : new Models.NotRead(answer);
  }

  private static ListedModel listed(String id) {
    return new ListedModel(
        id,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of());
  }

  private void note(boolean breach, String what, Asked asked) {
    if (breach) {
      breaches.add(what + asked);
    }
  }

  /// How a key was accepted is forgotten behind another one, where that is no matter of course.
  private void excuseAllButTheKeyInUse() {
    quiet
        .keySet()
        .removeIf(asked ->
            config.getSpec().getProvider() != Provider.OpenAI
                || managed.map(KeyWorld::inUse).filter(one -> isAbout(asked, one)).isEmpty());
  }

  private static boolean isAbout(Asked asked, List<String> inUse) {
    return revision(asked.key()).equals(inUse.get(0))
        && asked.endpoint().equals(inUse.get(1))
        && asked.headers().equals("[]") == inUse.get(2).isEmpty();
  }

  private @Nullable ApiKeyConfigStatus status() {
    return config.getStatus() == null ? null : OBJECTS.clone(config.getStatus());
  }

  private static Secret secret(String key, boolean consent) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(SOURCE.namespace())
        .withName(SOURCE.name())
        .withAnnotations(
            consent ? Map.of(Annotations.ALLOWED_ENDPOINTS, OWN + "," + FOREIGN) : Map.of())
        .endMetadata()
        .withData(
            Map.of(
                "api-key",
                Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII))))
        .build();
  }

  private static String text(Secret source) {
    return new String(
        Base64.getDecoder().decode(source.getData().get("api-key")), StandardCharsets.US_ASCII);
  }

  private static Optional<Encryption> ringOf(String names) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Encryption(
                KeyRing.of(
                    ringKey(names.split(",", -1)[0]),
                    Stream.of(names.split(",", -1))
                        .skip(1)
                        .map(KeyWorld::ringKey)
                        .toArray(FernetKey[]::new)),
                NAMES));
  }

  private static FernetKey ringKey(String name) {
    return Objects.requireNonNull(RING_KEYS.get(name));
  }

  private static Header header(String value) {
    var header = new Header();
    header.setName("OpenAI-Project");
    header.setValue(value);
    return header;
  }

  private static String yaml(@Nullable Object object) {
    return object == null ? "nothing" : OBJECTS.asYaml(object);
  }
}
