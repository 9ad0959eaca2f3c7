package dev.llmconfig.plan;

import static dev.llmconfig.plan.Samples.endpoint;
import static dev.llmconfig.plan.Samples.json;
import static dev.llmconfig.plan.Samples.parameters;
import static dev.llmconfig.plan.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.DeliveryMode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.domain.Parameter;
import dev.llmconfig.domain.ParameterValue;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Revision;
import dev.llmconfig.testing.Seeds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionNameTest {

  private static final Revision REVISION = Samples.revision();

  private final long seed = Seeds.next(RevisionNameTest.class);
  private final RandomGenerator random = new Random(seed);

  /// A change here renames every revision in every cluster: it needs a reason and a changelog line.
  @Test
  void isTheSameInEveryRelease() {
    assertThat(RevisionName.of(REVISION)).isEqualTo("m-af0237c961");
    assertThat(RevisionName.of(small())).isEqualTo("m-152bafa434");
    assertThat(
            RevisionName.of(
                with(
                    small(),
                    "profile",
                    new Revision.ProfileUsed("acme@3", Optional.of("p-0123456789")))))
        .isEqualTo("m-c82cc3dba8");
  }

  private static Revision small() {
    return new Revision(
        "ollama",
        Provider.Ollama,
        Optional.empty(),
        endpoint("http://ollama:11434"),
        Optional.empty(),
        new TreeMap<>(),
        "llama3.2:latest",
        Parameters.none(),
        new Revision.ProfileUsed("openai@1", Optional.empty()),
        DeliveryMode.None,
        new TreeSet<>(),
        "/etc/llm");
  }

  /// One other value for every field there is: a field without one here fails.
  private static Map<String, Object> others() {
    var others = new HashMap<String, Object>();
    others.put("apiKey", "second");
    others.put("provider", Provider.OpenAICompatible);
    others.put("keyRevision", Optional.of("r-90aa"));
    others.put("endpoint", endpoint("https://eu.api.openai.com/v1"));
    others.put("apiVersion", Optional.of("2025-01-01"));
    others.put("headers", new TreeMap<>(Map.of("openai-project", "proj_124", "x-team", "a")));
    others.put("model", "gpt-4.1");
    others.put("parameters", Parameters.none());
    others.put("profile", new Revision.ProfileUsed("generic@2", Optional.empty()));
    others.put("mode", DeliveryMode.EnvFrom);
    others.put("containers", new TreeSet<>(Set.of("agent")));
    others.put("fileMountPath", "/srv/llm");
    return others;
  }

  @Test
  void changesWithEveryField() {
    assertThat(others().keySet()).isEqualTo(Samples.components(Revision.class));
    var names = new HashSet<String>();
    names.add(RevisionName.of(REVISION));
    others()
        .forEach((field, other) ->
            assertThat(names.add(RevisionName.of(with(REVISION, field, other))))
                .as("a name of its own for another %s", field)
                .isTrue());
  }

  @Test
  void changesWithEveryParameter() {
    var values =
        new TreeMap<Parameter, ParameterValue>(
            Map.of(
                Parameter.Temperature, ParameterValue.Decimal.of("0.3"),
                Parameter.TopP, ParameterValue.Decimal.of("0.3"),
                Parameter.MaxOutputTokens, new ParameterValue.Whole(3),
                Parameter.StopSequences, new ParameterValue.Texts(List.of("3")),
                Parameter.ReasoningEffort, new ParameterValue.Effort(ReasoningEffort.Low),
                Parameter.TimeoutSeconds, new ParameterValue.Whole(3),
                Parameter.Extra, new ParameterValue.Fields(json("{\"a\":3}"))));
    assertThat(values.keySet()).containsExactly(Parameter.values());
    var names = new HashSet<String>();
    for (var name : Parameter.values()) {
      var one = parameters(Map.of(name, values.get(name)));
      assertThat(names.add(RevisionName.of(with(REVISION, "parameters", one))))
          .as(name.field())
          .isTrue();
    }
    assertThat(names.add(RevisionName.of(with(REVISION, "parameters", parameters(values)))))
        .isTrue();
  }

  /// What is absent is not what is empty, and nothing moves unseen into the field beside it.
  @Test
  void keepsNeighboursApart() {
    var names = new HashSet<String>();
    var revisions =
        List.of(
            with(REVISION, "keyRevision", Optional.empty()),
            with(REVISION, "keyRevision", Optional.of("")),
            with(REVISION, "apiVersion", Optional.empty()),
            with(REVISION, "apiVersion", Optional.of("")),
            with(with(REVISION, "apiKey", "ab"), "model", "c"),
            with(with(REVISION, "apiKey", "a"), "model", "bc"),
            headers(Map.of()),
            headers(Map.of("a", "bc")),
            headers(Map.of("ab", "c")),
            headers(Map.of("a", "b", "c", "d")),
            headers(Map.of("a", "b", "c", "")),
            headers(Map.of("a", "b\0c\0d")),
            headers(Map.of("a", "b\nc: d")),
            containers(Set.of()),
            containers(Set.of("a", "b")),
            containers(Set.of("ab")),
            containers(Set.of("a,b")),
            stops("a", "b"),
            stops("b", "a"),
            stops("a\",\"b"),
            stops("ab"),
            extra("{\"a\":{\"b\":1}}"),
            extra("{\"a\":1,\"b\":1}"),
            extra("{\"a\":\"1\"}"),
            extra("{\"a\":1}"),
            extra("{\"a\":true}"),
            extra("{\"a\":null}"),
            extra("{\"a\":[1,2]}"),
            extra("{\"a\":[2,1]}"),
            extra("{\"a\":[[1],2]}"),
            extra("{\"a\":10}"),
            extra("{\"a\":0.1}"),
            extra("{\"a:1,b\":1}"));
    for (var revision : revisions) {
      assertThat(names.add(RevisionName.of(revision))).as("%s", revision).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":{\"c\":2,\"d\":3}} | {\"b\":{\"d\":3,\"c\":2},\"a\":1}",
        "{\"a\":1} | {\"a\":1.0}",
        "{\"a\":100} | {\"a\":1e2}",
        "{\"a\":0} | {\"a\":-0.0}",
        "{\"a\":0.10} | {\"a\":0.1}"
      })
  void staysForTheSameWrittenOtherwise(String one, String other) {
    assertThat(RevisionName.of(extra(one))).isEqualTo(RevisionName.of(extra(other)));
  }

  /// A short number to read only.
  @Test
  void doesNotWriteOutWhatIsHuge() {
    assertThat(RevisionName.of(extra("{\"a\":1e300}"))).hasSize(12);
  }

  /// Nobody may learn what a name was made of.
  @Test
  void isTenHexDigits() {
    assertThat(RevisionName.of(REVISION)).matches("m-[0-9a-f]{10}");
  }

  /// Two that are equal have one name, and two that are not have two, whatever is in them.
  @RepeatedTest(300)
  void isAsEqualAsTheRevision() {
    var one = random();
    var other = random.nextBoolean() ? mutated(one) : random();

    assertThat(RevisionName.of(one).equals(RevisionName.of(other)))
        .as("seed %d: %s and %s", seed, one, other)
        .isEqualTo(one.equals(other));
  }

  @RepeatedTest(100)
  void doesNotDependOnTheOrderOfAnything() {
    var headers = new HashMap<String, String>();
    var containers = new HashSet<String>();
    for (int i = 0; i < 5; i++) {
      headers.put(text(), text());
      containers.add(text());
    }
    var reversedHeaders = new TreeMap<String, String>(java.util.Comparator.reverseOrder());
    reversedHeaders.putAll(headers);
    var reversedContainers = new TreeSet<String>(java.util.Comparator.reverseOrder());
    reversedContainers.addAll(containers);

    assertThat(
            RevisionName.of(
                with(with(REVISION, "headers", reversedHeaders), "containers", reversedContainers)))
        .as("seed %d", seed)
        .isEqualTo(
            RevisionName.of(
                with(
                    with(REVISION, "headers", new TreeMap<>(headers)),
                    "containers",
                    new TreeSet<>(containers))));
  }

  private Revision random() {
    return new Revision(
        text(),
        pick(Provider.values()),
        random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
        endpoint("https://%s.example/v1".formatted(random.nextBoolean() ? "a" : "b")),
        random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
        new TreeMap<>(random.nextBoolean() ? Map.of(text(), text()) : Map.of()),
        text(),
        random.nextBoolean() ? Parameters.none() : Samples.parameters(),
        new Revision.ProfileUsed(text() + "@1", Optional.empty()),
        pick(DeliveryMode.values()),
        new TreeSet<>(random.nextBoolean() ? Set.of(text()) : Set.of()),
        text());
  }

  private Revision mutated(Revision revision) {
    var field = pick(Samples.components(Revision.class).toArray(String[]::new));
    return with(revision, field, Optional.ofNullable(others().get(field)).orElseThrow());
  }

  /// Few letters, so that neighbours run together alike; and those that could end a text.
  private String text() {
    var text = new StringBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      text.append("ab\0\n:,".charAt(random.nextInt(6)));
    }
    return text.toString();
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static Revision headers(Map<String, String> headers) {
    return with(REVISION, "headers", new TreeMap<>(headers));
  }

  private static Revision containers(Set<String> containers) {
    return with(REVISION, "containers", new TreeSet<>(containers));
  }

  private static Revision stops(String... texts) {
    return with(
        REVISION,
        "parameters",
        parameters(Map.of(Parameter.StopSequences, new ParameterValue.Texts(List.of(texts)))));
  }

  private static Revision extra(String json) {
    return with(
        REVISION,
        "parameters",
        parameters(Map.of(Parameter.Extra, new ParameterValue.Fields(json(json)))));
  }
}
