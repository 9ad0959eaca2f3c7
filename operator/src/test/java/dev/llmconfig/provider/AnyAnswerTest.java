package dev.llmconfig.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.provider.fake.Fixture;
import dev.llmconfig.provider.fake.Fixtures;
import dev.llmconfig.provider.transport.Deadline;
import dev.llmconfig.provider.transport.Destination;
import dev.llmconfig.provider.transport.Limits;
import dev.llmconfig.provider.transport.Reply;
import dev.llmconfig.provider.transport.Request;
import dev.llmconfig.provider.transport.Transport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Whatever bytes come back: a reason, never an exception, and never a piece of the key.
class AnyAnswerTest {

  private static final int ROUNDS = 40;
  private static final int PER_ROUND = 50;
  private static final int[] STATUSES = {
    100, 200, 201, 204, 301, 400, 401, 402, 403, 404, 407, 408, 413, 422, 429, 498, 500, 503, 529,
    999
  };

  /// Answers every request with the same bytes.
  private record Same(Reply reply) implements Transport {
    @Override
    public Reply send(Request request, Deadline deadline) {
      return reply;
    }

    @Override
    public void connect(Destination destination, Deadline deadline) {}
  }

  @RepeatedTest(ROUNDS)
  void givesAReasonAndNothingOfTheKey(RepetitionInfo round) {
    long seed = 1_000L + round.getCurrentRepetition();
    RandomGenerator random = new Random(seed);
    for (int i = 0; i < PER_ROUND; i++) {
      String at = "seed " + seed + ", case " + i;
      Provider provider = any(random, List.of(Provider.values()));
      String secret = Keys.letters(28 + random.nextInt(40), random);
      String key = provider.keyPrefixes().stream().findFirst().orElse("") + secret;
      Reply reply =
          new Reply(
              STATUSES[random.nextInt(STATUSES.length)],
              headers(random, key),
              body(random, key),
              random.nextInt(20) == 0);

      String everything = probe(provider, Keys.bytes(key), reply, at);

      Canary.assertNothingOf(secret, everything);
    }
  }

  /// Ids of models are read by people and programs and may be any word, so a short piece is chance.
  private static String probe(Provider provider, SecretBytes key, Reply reply, String at) {
    Prober prober = new Prober(new Same(reply), Limits.STANDARD, InstantSource.fixed(Bench.NOW));
    Target target = Bench.target(provider, "https://bedrock-mantle.us-east-1.api.aws/v1");
    try {
      KeyCheck free = prober.key(target, Optional.of(key), Completion.chat("some-model"));
      ModelCheck model = prober.model(target, Optional.of(key), ModelQuestion.of("gpt-5-mini"));
      assertThat(free.finding().reason()).as(at).isNotNull();
      assertThat(model.finding().reason()).as(at).isNotNull();
      return free
          + " "
          + free.finding().said()
          + free.finding().code()
          + " "
          + model
          + model.finding().said();
    } catch (InterruptedException | RuntimeException broken) {
      throw new AssertionError(at + " with " + reply, broken);
    }
  }

  @RepeatedTest(ROUNDS)
  void theOrderOfHeadersDoesNotMatter(RepetitionInfo round) {
    long seed = 2_000L + round.getCurrentRepetition();
    Random random = new Random(seed);
    Provider provider = any(random, List.of(Provider.values()));
    byte[] body = body(random, "none");
    int status = STATUSES[random.nextInt(STATUSES.length)];
    List<Map.Entry<String, List<String>>> entries =
        new ArrayList<>(headers(random, "none").entrySet());
    Answer one =
        Answer.of(
            provider, Answers.call(provider, Purpose.Completion), reply(status, entries, body));

    Collections.shuffle(entries, random);
    Answer other =
        Answer.of(
            provider, Answers.call(provider, Purpose.Completion), reply(status, entries, body));

    assertThat(Rules.judge(other)).as("seed " + seed).isEqualTo(Rules.judge(one));
  }

  private static Reply reply(
      int status, List<Map.Entry<String, List<String>>> entries, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    entries.forEach(entry -> headers.put(entry.getKey(), entry.getValue()));
    return new Reply(status, headers, body, false);
  }

  private static Map<String, List<String>> headers(RandomGenerator random, String key) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name :
        List.of(
            "x-request-id",
            "request-id",
            "cf-ray",
            "retry-after",
            "x-amzn-errortype",
            "www-authenticate",
            "content-type",
            "apim-request-id")) {
      if (random.nextInt(3) == 0) {
        headers.put(name, List.of(text(random, key)));
      }
    }
    return headers;
  }

  /// Recorded answers, damaged; JSON of any shape; and noise.
  private static byte[] body(RandomGenerator random, String key) {
    return switch (random.nextInt(4)) {
      case 0 -> noise(random);
      case 1 -> json(random, key, 0).getBytes(StandardCharsets.UTF_8);
      default -> damaged(random, recorded(random, key).getBytes(StandardCharsets.UTF_8));
    };
  }

  private static String recorded(RandomGenerator random, String key) {
    Fixture fixture = any(random, Fixtures.all());
    String text = fixture.body().isEmpty() ? "{}" : fixture.body();
    return text.replace("{KEY}", disguised(random, key))
        .replace("{HEAD8}", key.substring(0, Math.min(8, key.length())))
        .replace("\"message\":\"", "\"message\":\"" + disguised(random, key) + " ");
  }

  private static String json(RandomGenerator random, String key, int depth) {
    return switch (depth > 4 ? 5 + random.nextInt(4) : random.nextInt(9)) {
      case 0, 1, 2 ->
          "{%s:%s,%s:%s}"
              .formatted(
                  field(random),
                  json(random, key, depth + 1),
                  field(random),
                  json(random, key, depth + 1));
      case 3, 4 -> "[" + json(random, key, depth + 1) + "," + json(random, key, depth + 1) + "]";
      case 5 -> String.valueOf(random.nextLong());
      case 6 -> random.nextBoolean() ? "true" : "null";
      case 7 -> random.nextDouble() + "e" + random.nextInt(400);
      default -> "\"" + text(random, key).replace("\\", "").replace("\"", "") + "\"";
    };
  }

  private static String field(RandomGenerator random) {
    return "\""
        + any(
            random,
            List.of(
                "error",
                "message",
                "code",
                "type",
                "data",
                "models",
                "id",
                "name",
                "detail",
                "details",
                "reason",
                "loc",
                "msg",
                "choices",
                "status",
                "param",
                "request_id",
                "deprecation",
                "pricing",
                "has_more",
                "last_id",
                "limit_remaining",
                "violations"))
        + "\"";
  }

  private static String text(RandomGenerator random, String key) {
    return switch (random.nextInt(5)) {
      case 0 -> disguised(random, key);
      case 1 -> "model not found " + disguised(random, key);
      case 2 -> String.valueOf(random.nextInt(100_000));
      case 3 -> "Basic realm=\"" + disguised(random, key) + "\"";
      default -> Keys.letters(random.nextInt(60), random);
    };
  }

  private static String disguised(RandomGenerator random, String key) {
    int from = random.nextInt(key.length());
    String piece = key.substring(from, from + random.nextInt(key.length() - from + 1));
    byte[] bytes = (random.nextBoolean() ? key : piece).getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(8)) {
      case 0 -> key;
      case 1 -> new StringBuilder(key).reverse().toString();
      case 2 -> URLEncoder.encode(key, StandardCharsets.UTF_8);
      case 3 -> Base64.getEncoder().encodeToString(bytes);
      case 4 -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      case 5 -> HexFormat.of().formatHex(bytes);
      case 6 -> "x" + piece + "y";
      default ->
          Base64.getEncoder().encodeToString(("Bearer " + key).getBytes(StandardCharsets.UTF_8));
    };
  }

  private static byte[] damaged(RandomGenerator random, byte[] bytes) {
    if (bytes.length > 0 && random.nextInt(3) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))
        : bytes;
  }

  private static byte[] noise(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(2_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static <T> T any(RandomGenerator random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
