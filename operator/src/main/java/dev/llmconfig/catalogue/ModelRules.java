package dev.llmconfig.catalogue;

import static dev.llmconfig.catalogue.ModelRule.Quirk.LoopsBelowOne;
import static dev.llmconfig.catalogue.ModelRule.Quirk.OneSamplingField;
import static dev.llmconfig.catalogue.ModelRule.Quirk.OnlyDefaultWhileThinking;
import static dev.llmconfig.catalogue.ModelRule.Quirk.RefusesPenalties;
import static dev.llmconfig.catalogue.ModelRule.Quirk.RefusesStop;
import static dev.llmconfig.catalogue.ModelRule.Quirk.RefusesTemperature;
import static dev.llmconfig.catalogue.ModelRule.Quirk.ThinksByDefault;
import static dev.llmconfig.catalogue.ModelRule.Quirk.Unconfirmed;

import dev.llmconfig.api.Provider;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Who refuses what: the table of parameter refusals, the first row that fits. A new generation of
/// models is a row here, with its test.
final class ModelRules {

  /// The day on which the table was last compared with the providers' documentation.
  static final LocalDate AS_OF = LocalDate.of(2026, 11, 20);

  private static final Pattern COMPLETION_TOKENS = Pattern.compile("^o[1-9](-|$)|gpt-[56]");

  private static final List<Row> ROWS =
      List.of(
          new Row(model -> model.provider == Provider.Echo, Sampling.Accepted),
          new Row(
              model -> model.provider == Provider.Perplexity && !model.id.contains("/"),
              Sampling.Accepted,
              RefusesStop),
          new Row(
              model -> model.ofOpenAi() && model.family.contains("-search-"),
              Sampling.OnlyDefault,
              RefusesTemperature,
              RefusesStop),
          new Row(
              named("^o3(-(?!mini)|$)|^o4-mini"),
              Sampling.OnlyDefault,
              RefusesStop,
              ThinksByDefault),
          new Row(named("^o[1-9](-|$)"), Sampling.OnlyDefault, ThinksByDefault),
          new Row(
              named("^gpt-5(-(mini|nano|pro|codex))?(-20\\d\\d-.*)?$"),
              Sampling.OnlyDefault,
              RefusesStop,
              ThinksByDefault),
          new Row(named("^gpt-5\\.[1-4](?!.*-chat)"), Sampling.WhenEffortNone, RefusesStop),
          new Row(
              named("^gpt-(5\\.[5-9]|6)(?!.*-chat)"),
              Sampling.WhenEffortNone,
              RefusesStop,
              ThinksByDefault),
          new Row(named("^gpt-(5-chat|4|3\\.?5)"), Sampling.Accepted),
          new Row(ModelRules::claudeWithoutSampling, Sampling.OnlyDefault),
          new Row(
              model -> claude(model).filter(version -> version.major() == 4).isPresent(),
              Sampling.Accepted,
              OneSamplingField,
              OnlyDefaultWhileThinking),
          new Row(ModelRules::geminiWithoutSampling, Sampling.Ignored, ThinksByDefault),
          new Row(named("^gemini-2\\.5-(flash|pro)(?!-lite)"), Sampling.Accepted, ThinksByDefault),
          new Row(named("^gemini-3(?!.*-lite)"), Sampling.Accepted, LoopsBelowOne, ThinksByDefault),
          new Row(named("^gemini-3"), Sampling.Accepted, LoopsBelowOne),
          new Row(
              named("^grok-4|^grok-3-mini|^grok-code-fast"),
              Sampling.Accepted,
              RefusesStop,
              RefusesPenalties),
          new Row(ModelRules::thinkingDeepSeek, Sampling.Ignored, Unconfirmed));

  private ModelRules() {}

  /// `stated` is what the sources say: some rows depend on it, because no name tells.
  static ModelRule find(Provider provider, String id, Facts stated) {
    var model = new Subject(provider, id, IdForms.family(id), stated);
    var rule =
        ROWS.stream()
            .filter(row -> row.fits.test(model))
            .findFirst()
            .map(row -> row.rule)
            .orElse(ModelRule.NONE);
    return rule.with(EffortRules.facts(provider, model.family));
  }

  /// Which of Azure's models want the newer token field.
  static boolean takesCompletionTokens(String base) {
    return COMPLETION_TOKENS.matcher(IdForms.family(base)).find();
  }

  private static Predicate<Subject> named(String pattern) {
    var name = Pattern.compile(pattern).asPredicate();
    return model -> name.test(model.family);
  }

  private static Optional<ClaudeVersion> claude(Subject model) {
    return ClaudeVersion.of(model.family);
  }

  /// Opus 4.7 and later, all of Claude 5, and what the sources say it of.
  private static boolean claudeWithoutSampling(Subject model) {
    if (!model.family.startsWith("claude-")) {
      return false;
    }
    return model.stated.says(Attribute.SAMPLING, Sampling.OnlyDefault)
        || claude(model)
            .filter(v -> v.major() >= 5 || (v.line().equals("opus") && v.atLeast(4, 7)))
            .isPresent();
  }

  /// 3.5-flash-lite, the flash models from 3.6 on, and what the sources say it of.
  private static boolean geminiWithoutSampling(Subject model) {
    if (!model.family.startsWith("gemini-")) {
      return false;
    }
    return model.stated.says(Attribute.SAMPLING, Sampling.OnlyDefault)
        || model.family.startsWith("gemini-3.5-flash-lite")
        || (model.family.contains("-flash")
            && GeminiVersion.of(model.family).filter(v -> v.atLeast(3, 6)).isPresent());
  }

  private static boolean thinkingDeepSeek(Subject model) {
    return model.provider == Provider.DeepSeek
        && (model.family.startsWith("deepseek-reasoner")
            || model.stated.says(Attribute.REASONING, true));
  }

  private record Subject(Provider provider, String id, String family, Facts stated) {
    boolean ofOpenAi() {
      return provider == Provider.OpenAI
          || provider == Provider.AzureOpenAI
          || family.startsWith("gpt-");
    }
  }

  private record Row(Predicate<Subject> fits, ModelRule rule) {
    Row(Predicate<Subject> fits, Sampling sampling, ModelRule.Quirk... quirks) {
      this(
          fits,
          new ModelRule(
              Facts.none().with(Attribute.SAMPLING, sampling, Source.rule()), Set.of(quirks)));
    }
  }
}
