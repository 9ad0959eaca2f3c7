package dev.llmconfig.provider;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
import dev.llmconfig.provider.transport.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Answers as the rules see them, without a wire.
final class Answers {

  private Answers() {}

  /// @param headers `name: value`, one per line
  static Answer of(Provider provider, Purpose purpose, int status, String headers, String body) {
    return of(provider, purpose, status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  static Answer of(Provider provider, Purpose purpose, int status, String headers, byte[] body) {
    Map<String, List<String>> parsed = new TreeMap<>();
    headers
        .lines()
        .map(line -> line.split(":", 2))
        .forEach(
            pair -> parsed.put(pair[0].strip().toLowerCase(Locale.ROOT), List.of(pair[1].strip())));
    return Answer.of(provider, call(provider, purpose), new Reply(status, parsed, body, false));
  }

  static Call call(Provider provider, Purpose purpose) {
    Target target = Bench.target(provider, "https://bedrock-mantle.us-east-1.api.aws/v1");
    WireDialect dialect = WireDialect.of(provider);
    return switch (purpose) {
      case Key -> dialect.key(target).orElseThrow();
      case List -> dialect.lists(target).getFirst();
      case Model -> dialect.model(target, "some-model").orElseThrow();
      case Tokens -> dialect.tokens(target, "some-model").orElseThrow();
      case Completion ->
          dialect.completion(target, Completion.chat("some-model"), TokenField.MaxTokens);
    };
  }
}
