package dev.llmconfig.agent;

import dev.llmconfig.api.Dialect;
import dev.llmconfig.api.Provider;

/// What a framework speaks. `Native` is a vendor's own protocol: only the providers that the
/// profile lists can be spoken to with it.
public enum ProfileDialect {
  OpenAI,
  Anthropic,
  Gemini,
  Native;

  /// Echo is never dialled, so an agent may be pointed at it like at anything that speaks OpenAI.
  boolean fits(Provider provider) {
    return switch (this) {
      case OpenAI -> provider.dialect() == Dialect.OpenAI || provider.dialect() == Dialect.Echo;
      case Anthropic -> provider.dialect() == Dialect.Anthropic;
      case Gemini -> provider.dialect() == Dialect.Gemini;
      case Native -> false;
    };
  }
}
