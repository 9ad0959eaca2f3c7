package dev.llmconfig.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmconfig.api.Probe;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.VerdictReason;
import dev.llmconfig.provider.Keys;
import dev.llmconfig.provider.fake.FakeCall;
import dev.llmconfig.provider.fake.FakeProvider;
import dev.llmconfig.provider.fake.Fixture;
import dev.llmconfig.provider.fake.Fixtures;
import dev.llmconfig.provider.fake.Mood;
import dev.llmconfig.provider.fake.Script;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// The fake provider, as scenarios of the page talk about it.
final class PlayedProvider implements AutoCloseable {

  /// The calls that a check of a key makes.
  private static final Set<FakeCall> CHECKS =
      Set.of(FakeCall.List, FakeCall.Key, FakeCall.Completion);

  private final FakeProvider fake = FakeProvider.start();

  String url() {
    return fake.url("");
  }

  /// Nothing where the question is not about the provider.
  Optional<Object> answer(String question, JsonNode with) {
    return switch (question) {
      case "mood" -> {
        fake.mood(with.path("path").asText(), Mood.valueOf(with.path("mood").asText()));
        yield Optional.of(true);
      }
      case "well" -> {
        fake.well(with.path("path").asText());
        yield Optional.of(true);
      }
      case "thinks" -> {
        fake.thinksFor(Duration.ofMillis(with.path("ms").asInt()));
        yield Optional.of(true);
      }
      case "plays" -> {
        fake.plays(with.path("model").asText(), script(with));
        yield Optional.of(true);
      }
      case "left" -> Optional.of(left(with.path("ms").asInt()));
      case "calls" ->
          Optional.of(
              fake.seen().stream()
                  .map(seen ->
                      Map.of("call", seen.call().name(), "path", seen.path(), "body", seen.body()))
                  .toList());
      case "bodies" -> Optional.of(bodies());
      default -> Optional.empty();
    };
  }

  /// What providers are known to answer to a check of a key, how that is asked for, and what is to
  /// be made of it. Bedrock is asked at its own hosts only, and nobody is asked about Echo.
  private List<Map<String, String>> bodies() {
    return Stream.of(Provider.values())
        .filter(provider -> provider != Provider.Bedrock && provider != Provider.Echo)
        .flatMap(provider ->
            Fixtures.of(provider).orElseThrow().stream()
                .filter(fixture -> CHECKS.contains(fixture.call()))
                .map(fixture -> body(provider, fixture)))
        .toList();
  }

  private Map<String, String> body(Provider provider, Fixture fixture) {
    var reason = fixture.expect().reason();
    var completion = fixture.call() == FakeCall.Completion;
    var path = provider.defaultEndpoint().map(one -> URI.create(one).getPath()).orElse("");
    return Map.of(
        "id", fixture.id(),
        "provider", provider.name(),
        "key",
            reason == VerdictReason.NoKeyNeeded
                ? ""
                : Keys.playing(provider, fixture.id(), new Random(4)),
        "path", fixture.withoutKey() ? "/fx/" + fixture.id() : path,
        "probe", completion ? Probe.Completion.name() : Probe.ListModels.name(),
        "reason", reason.name(),
        "kind", reason.kindAtFirstContact(completion ? Probe.Completion : Probe.ListModels).name(),
        "sentence", reason.sentence(),
        "action", reason.nextStep());
  }

  /// Whether whoever asked last goes away within this time, in the middle of the answer.
  private boolean left(int millis) {
    try {
      return fake.performances().getLast().goneWithin(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Script script(JsonNode with) {
    var pieces = with.path("pieces").valueStream().map(JsonNode::asText).toArray(String[]::new);
    var script =
        with.has("status")
            ? Script.document(with.path("status").asInt(), pieces[0])
            : Script.stream(pieces);
    for (var header : with.path("headers").properties()) {
      script = script.with(header.getKey(), header.getValue().asText());
    }
    if (with.has("ending")) {
      script = script.ending(Script.Ending.valueOf(with.path("ending").asText()));
    }
    return with.path("forEver").asBoolean() ? script.forEver() : script;
  }

  /// As it was at the start.
  void forget() {
    fake.forget();
    fake.thinksFor(Duration.ZERO);
    fake.well("/v1");
  }

  @Override
  public void close() {
    fake.close();
  }
}
