package dev.llmconfig.gateway;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What the provider counted. Each number is absent until it is told.
///
/// @param input everything that was read, `cached` and `cacheWritten` included
/// @param output everything that was written, `reasoning` included
public record TokenCounts(
    OptionalLong input,
    OptionalLong output,
    OptionalLong reasoning,
    OptionalLong cached,
    OptionalLong cacheWritten) {

  public static final TokenCounts NONE =
      new TokenCounts(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  static TokenCounts of(long input, long output) {
    return NONE.withInput(OptionalLong.of(input)).withOutput(OptionalLong.of(output));
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /// Providers count upwards and tell the sum, so the later number is the right one.
  TokenCounts then(TokenCounts later) {
    return new TokenCounts(
        first(later.input, input),
        first(later.output, output),
        first(later.reasoning, reasoning),
        first(later.cached, cached),
        first(later.cacheWritten, cacheWritten));
  }

  TokenCounts withInput(OptionalLong other) {
    return new TokenCounts(other, output, reasoning, cached, cacheWritten);
  }

  TokenCounts withOutput(OptionalLong other) {
    return new TokenCounts(input, other, reasoning, cached, cacheWritten);
  }

  TokenCounts withReasoning(OptionalLong other) {
    return new TokenCounts(input, output, other, cached, cacheWritten);
  }

  TokenCounts withCached(OptionalLong other) {
    return new TokenCounts(input, output, reasoning, other, cacheWritten);
  }

  TokenCounts withCacheWritten(OptionalLong other) {
    return new TokenCounts(input, output, reasoning, cached, other);
  }

  /// The sum of what is there; absent where nothing is.
  static OptionalLong sum(OptionalLong... parts) {
    LongStream present = Stream.of(parts).flatMapToLong(OptionalLong::stream);
    return present.reduce(Long::sum);
  }

  private static OptionalLong first(OptionalLong later, OptionalLong earlier) {
    return later.isPresent() ? later : earlier;
  }
}
