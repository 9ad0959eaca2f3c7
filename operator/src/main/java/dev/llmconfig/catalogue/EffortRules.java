package dev.llmconfig.catalogue;

import dev.llmconfig.api.Dialect;
import dev.llmconfig.api.Provider;
import dev.llmconfig.api.ReasoningEffort;
import java.util.regex.Pattern;

/// The levels of effort that follow from a name, where no source lists them.
final class EffortRules {

  private static final Pattern NO_REASONING = Pattern.compile("^gpt-(4|3\\.?5)");
  private static final Pattern NONE_BY_DEFAULT =
      Pattern.compile("^gpt-5\\.[124](-(mini|nano))?(-20\\d\\d-\\d\\d-\\d\\d)?$");
  private static final Pattern USUAL = Pattern.compile("^o[1-9](-|$)|^gpt-5-codex");
  private static final Pattern FROM_MINIMAL =
      Pattern.compile("^gpt-5(-(mini|nano))?(-20\\d\\d-.*)?$");

  private static final Efforts LOW_TO_HIGH =
      Efforts.of(ReasoningEffort.Low, ReasoningEffort.Medium, ReasoningEffort.High);
  private static final Efforts MINIMAL_TO_HIGH =
      Efforts.of(
          ReasoningEffort.Minimal,
          ReasoningEffort.Low,
          ReasoningEffort.Medium,
          ReasoningEffort.High);
  private static final Efforts NONE_TO_HIGH =
      Efforts.of(
          ReasoningEffort.None, ReasoningEffort.Low, ReasoningEffort.Medium, ReasoningEffort.High);

  private EffortRules() {}

  static Facts facts(Provider provider, String family) {
    if (NO_REASONING.matcher(family).find()) {
      return without();
    }
    if (NONE_BY_DEFAULT.matcher(family).find()) {
      return Facts.none().with(Attribute.DEFAULT_EFFORT, ReasoningEffort.None, Source.rule());
    }
    if (USUAL.matcher(family).find()) {
      return levels(LOW_TO_HIGH);
    }
    if (FROM_MINIMAL.matcher(family).find()) {
      return levels(MINIMAL_TO_HIGH);
    }
    return switch (provider.dialect()) {
      case Dialect.Anthropic -> anthropic(family);
      case Dialect.Gemini -> gemini(family);
      case Dialect.OpenAI, Dialect.Echo -> Facts.none();
    };
  }

  /// Up to 4.5 the level becomes a budget of tokens, and none is no thinking.
  private static Facts anthropic(String family) {
    return ClaudeVersion.of(family)
        .map(version -> {
          if (!version.atLeast(3, 7)) {
            return without();
          }
          return version.atLeast(4, 6) ? Facts.none() : levels(NONE_TO_HIGH);
        })
        .orElse(Facts.none());
  }

  /// 2.5 has budgets, of which only the pro model's cannot be zero; later ones have levels, and
  /// cannot stop thinking.
  private static Facts gemini(String family) {
    if (!family.startsWith("gemini-")) {
      return Facts.none();
    }
    boolean pro = family.contains("-pro");
    var version = GeminiVersion.of(family);
    if (version.filter(v -> !v.atLeast(2, 5)).isPresent()) {
      return without();
    }
    if (version.filter(v -> v.major() == 2).isPresent()) {
      return levels(pro ? LOW_TO_HIGH : NONE_TO_HIGH);
    }
    return levels(pro ? LOW_TO_HIGH : MINIMAL_TO_HIGH);
  }

  private static Facts levels(Efforts efforts) {
    return Facts.none().with(Attribute.EFFORTS, efforts, Source.rule());
  }

  private static Facts without() {
    return Facts.none().with(Attribute.REASONING, false, Source.rule());
  }
}
