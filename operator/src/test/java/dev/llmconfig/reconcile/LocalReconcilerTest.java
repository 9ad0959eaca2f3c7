package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.catalogue.Catalogue;
import dev.llmconfig.crypto.Envelope;
import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.Fingerprints;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.KeyPhase;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.mirror.KeyRow;
import dev.llmconfig.mirror.ModelConfigRow;
import dev.llmconfig.mirror.ObjectRows;
import dev.llmconfig.mirror.Stored;
import dev.llmconfig.provider.Finding;
import dev.llmconfig.provider.ListedModel;
import dev.llmconfig.provider.Models;
import dev.llmconfig.sqlite.ConfigReader;
import dev.llmconfig.sqlite.LedgerDatabase;
import dev.llmconfig.store.local.Ledger.Kind;
import dev.llmconfig.store.local.LocalObjects;
import dev.llmconfig.verify.Outcome;
import dev.llmconfig.verify.Question;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real file; only the provider is played.
class LocalReconcilerTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ENDPOINT = "https://api.openai.com/v1";
  private static final String GOOD = "sk-good-0123456789abcdef";
  private static final String OTHER = "sk-other-0123456789abcdef";
  private static final String WRONG = "sk-wrong-0123456789abcdef";
  private static final Ref KEY = new Ref("default", "team");
  private static final Ref MODEL = new Ref("default", "support");

  @TempDir private Path directory;

  private final Encryption encryption =
      new Encryption(KeyRing.of(FernetKey.generate()), Fingerprints.generate());
  private final Map<String, VerdictReason> truth = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private LedgerDatabase ledger;
  private LocalObjects objects;
  private LocalReconciler reconciler;

  @BeforeEach
  void start() {
    ledger = LedgerDatabase.open(directory, InstantSource.system());
    objects = new LocalObjects(ledger, new ObjectRows(Catalogue.packed()));
    reconciler =
        LocalReconciler.start(
            objects, encryption, this::answer, Catalogue.packed(), InstantSource.system());
  }

  @AfterEach
  void stop() {
    reconciler.close();
    ledger.close();
  }

  @Test
  void aKeyIsVerifiedAndAModelIsInForceAsSoonAsItIsProven() {
    put(key(GOOD, 1));
    awaitPhase(KeyPhase.Ready);
    assertThat(keyRow().told().maskedKey()).isEqualTo("sk-***cdef");
    assertThat(keyRow().current()).isPresent();
    put(model("gpt-4.1", "0.7", 1));
    await("the model to be in force")
        .until(() -> applied().path("model").asText().equals("gpt-4.1"));
    assertThat(modelRow().ready().status()).isEqualTo("True");
    assertThat(keyRow().told().usedBy()).hasValue(1);
  }

  @Test
  void aWrongKeyKeepsTheLastGoodOne() {
    put(key(GOOD, 1));
    awaitPhase(KeyPhase.Ready);
    var held = keyRow().current();
    truth.put(WRONG, VerdictReason.InvalidKey);
    put(key(WRONG, 2));
    awaitPhase(KeyPhase.KeptLastGood);
    assertThat(keyRow().current()).isEqualTo(held);
    put(key(OTHER, 3));
    awaitPhase(KeyPhase.Ready);
    assertThat(keyRow().previous()).as("the one before it stays for a while").isPresent();
    assertThat(keyRow().current()).isNotEqualTo(held);
  }

  @Test
  void aSecondStartAsksNobodyAndWritesNothing() {
    put(key(GOOD, 1));
    awaitPhase(KeyPhase.Ready);
    put(model("gpt-4.1", "0.7", 1));
    await("the model to be in force").until(() -> !applied().isMissingNode());
    var before = keys();
    var asked = calls.get();
    stop();
    start();
    // Whoever writes waits until everything that is due was looked at.
    put(model("gpt-4.1", "0.2", 2));
    assertThat(applied().path("parameters").path("temperature").asDouble()).isEqualTo(0.2);
    assertThat(keys()).isEqualTo(before);
    assertThat(calls.get()).isEqualTo(asked);
  }

  @Test
  void whatIsWrittenIsInForceForTheNextRequest() {
    put(key(GOOD, 1));
    awaitPhase(KeyPhase.Ready);
    put(model("gpt-4.1", "0.7", 1));
    await("the model to be in force").until(() -> !applied().isMissingNode());
    for (var generation = 2; generation < 20; generation++) {
      var temperature = "0." + generation;
      put(model("gpt-4.1", temperature, generation));
      assertThat(applied().path("parameters").path("temperature").asDouble())
          .isEqualTo(Double.parseDouble(temperature));
    }
  }

  @Test
  void aKeyThatIsGoneTakesWhatNamedItOutOfUse() {
    put(key(GOOD, 1));
    awaitPhase(KeyPhase.Ready);
    put(model("gpt-4.1", "0.7", 1));
    await("the model to be ready").until(() -> modelRow().ready().status().equals("True"));
    objects.change(desk -> {
      desk.remove(Kind.ApiKeyConfig, KEY);
      return true;
    });
    await("the model to say so").until(() -> modelRow().ready().status().equals("False"));
  }

  private String keys() {
    return objects.look(shelf -> shelf.trees(Kind.ApiKeyConfig).toString());
  }

  private Outcome answer(Question question, Optional<SecretBytes> key) {
    calls.incrementAndGet();
    var text = key.orElseThrow().use(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    var reason = truth.getOrDefault(text, VerdictReason.KeyAccepted);
    var accepted = reason.weight() == VerdictReason.Weight.Accepted;
    return new Outcome(
        Finding.of(reason, Probe.ListModels),
        Optional.of(
            accepted
                ? new Models.Listed(List.of(listed("gpt-4.1")), true)
                : new Models.NotRead(reason)),
        List.of());
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

  private void put(ObjectNode object) {
    var kind = Kind.valueOf(object.path("kind").asText());
    objects.change(desk -> {
      var ref = kind == Kind.ApiKeyConfig ? KEY : MODEL;
      desk.tree(kind, ref)
          .map(one -> one.get("status"))
          .ifPresent(old -> object.set("status", old));
      return desk.put(kind, object);
    });
  }

  private ObjectNode key(String key, long generation) {
    var object = object("ApiKeyConfig", KEY, generation);
    object.putObject("spec").put("provider", "OpenAI").put("encryptedKey", token(key));
    return object;
  }

  private String token(String key) {
    var place =
        new Binding(
            KEY.namespace(),
            KEY.name(),
            ((Validated.Valid<Endpoint>) Endpoint.parse(ENDPOINT)).value());
    try (var bytes = SecretBytes.taking(key.getBytes(StandardCharsets.US_ASCII));
        var envelope = place.envelope(Envelope.Purpose.Spec, bytes).toJson()) {
      return encryption.ring().encrypt(envelope, Instant.now());
    }
  }

  private static ObjectNode model(String model, String temperature, long generation) {
    var object = object("ModelConfig", MODEL, generation);
    var spec = object.putObject("spec").put("model", model);
    spec.putObject("apiKeyRef").put("name", KEY.name());
    spec.putObject("parameters").put("temperature", Double.parseDouble(temperature));
    return object;
  }

  private static ObjectNode object(String kind, Ref ref, long generation) {
    var object = JSON.createObjectNode();
    object.put("apiVersion", "llmconfig.dev/v1alpha1").put("kind", kind);
    object
        .putObject("metadata")
        .put("namespace", ref.namespace())
        .put("name", ref.name())
        .put("uid", "uid-of-" + ref.name())
        .put("creationTimestamp", "2026-11-21T12:00:00Z")
        .put("generation", generation);
    return object;
  }

  private void awaitPhase(KeyPhase phase) {
    await("the key to be " + phase).until(() -> keyRow().told().phase() == phase);
  }

  private KeyRow keyRow() {
    return row(reader -> reader.read(view -> view.key(KEY).map(Stored::row)));
  }

  private ModelConfigRow modelRow() {
    return row(reader -> reader.read(view -> view.modelConfig(MODEL).map(Stored::row)));
  }

  private JsonNode applied() {
    try {
      return JSON.readTree(modelRow().status()).path("applied");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Reading<T> {
    Optional<T> of(ConfigReader reader);
  }

  private <T> T row(Reading<T> reading) {
    var reader = ConfigReader.of(directory);
    try {
      return reading.of(reader).orElseThrow();
    } finally {
      reader.close();
    }
  }
}
