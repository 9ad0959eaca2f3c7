package dev.llmconfig.catalogue;

import dev.llmconfig.api.ReasoningEffort;
import dev.llmconfig.domain.RequestFormat;

/// How a request says how much to think.
enum EffortStyle {
  /// `reasoning_effort`.
  ChatWord,
  /// `reasoning.effort`.
  ResponsesWord,
  /// `output_config.effort` and adaptive thinking: Claude from 4.6 on.
  OutputConfig,
  /// `thinking.budget_tokens`: Claude up to 4.5.
  ClaudeBudget,
  /// `thinkingConfig.thinkingLevel`: Gemini from 3 on.
  ThinkingLevel,
  /// `thinkingConfig.thinkingBudget`: Gemini 2.5.
  GeminiBudget;

  /// The least that Claude takes as a budget, and what must be left for the answer.
  static final long SMALLEST_BUDGET = 1024;

  static EffortStyle of(RequestFormat format, String family) {
    return switch (format) {
      case ChatCompletions -> ChatWord;
      case Responses -> ResponsesWord;
      case Messages ->
          ClaudeVersion.of(family).filter(version -> !version.atLeast(4, 6)).isPresent()
              ? ClaudeBudget
              : OutputConfig;
      case GenerateContent ->
          GeminiVersion.of(family).filter(version -> version.major() < 3).isPresent()
              ? GeminiBudget
              : ThinkingLevel;
    };
  }

  /// The budget of a level; only for levels that models with a budget have.
  static long budget(ReasoningEffort level) {
    return switch (level) {
      case None -> 0;
      case Minimal, Low -> 2048;
      case Medium -> 8192;
      case High, XHigh, Max -> 16384;
    };
  }

  /// What is left of Claude's budget below an output limit.
  static long budgetWithin(ReasoningEffort level, long maxTokens) {
    return Math.min(budget(level), maxTokens - SMALLEST_BUDGET);
  }
}
