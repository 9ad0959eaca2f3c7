package dev.llmconfig.catalogue;

import dev.llmconfig.api.ReasoningEffort;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/// The things there are to know about a model, each with the type of its value. Money is US dollars
/// per million tokens.
public record Attribute<T>(String name, Class<T> type) {

  public static final Attribute<String> DISPLAY_NAME = new Attribute<>("displayName", String.class);
  public static final Attribute<ModelMode> MODE = new Attribute<>("mode", ModelMode.class);

  /// The whole window, where a source states one. Never the sum of the limits below.
  public static final Attribute<Long> CONTEXT_TOKENS = new Attribute<>("contextTokens", Long.class);

  public static final Attribute<Long> MAX_INPUT_TOKENS =
      new Attribute<>("maxInputTokens", Long.class);
  public static final Attribute<Long> MAX_OUTPUT_TOKENS =
      new Attribute<>("maxOutputTokens", Long.class);

  /// False where the source only repeats the input limit.
  public static final Attribute<Boolean> OUTPUT_LIMIT_TRUSTED =
      new Attribute<>("outputLimitTrusted", Boolean.class);

  public static final Attribute<BigDecimal> INPUT_PRICE =
      new Attribute<>("inputUsdPerMillion", BigDecimal.class);
  public static final Attribute<BigDecimal> OUTPUT_PRICE =
      new Attribute<>("outputUsdPerMillion", BigDecimal.class);
  public static final Attribute<BigDecimal> CACHE_READ_PRICE =
      new Attribute<>("cacheReadUsdPerMillion", BigDecimal.class);
  public static final Attribute<Boolean> REASONING = new Attribute<>("reasoning", Boolean.class);
  public static final Attribute<Boolean> VISION = new Attribute<>("vision", Boolean.class);
  public static final Attribute<Boolean> TOOLS = new Attribute<>("tools", Boolean.class);
  public static final Attribute<Boolean> JSON_SCHEMA = new Attribute<>("jsonSchema", Boolean.class);
  public static final Attribute<Sampling> SAMPLING = new Attribute<>("sampling", Sampling.class);
  public static final Attribute<Efforts> EFFORTS = new Attribute<>("efforts", Efforts.class);
  public static final Attribute<ReasoningEffort> DEFAULT_EFFORT =
      new Attribute<>("defaultEffort", ReasoningEffort.class);

  /// Thinking cannot be switched off.
  public static final Attribute<Boolean> THINKING_ALWAYS_ON =
      new Attribute<>("thinkingAlwaysOn", Boolean.class);

  /// Only a provider's own list says it.
  public static final Attribute<BigDecimal> MAX_TEMPERATURE =
      new Attribute<>("maxTemperature", BigDecimal.class);

  public static final Attribute<LocalDate> RETIRES_ON =
      new Attribute<>("retiresOn", LocalDate.class);

  /// In the order in which people read them.
  public static final List<Attribute<?>> ALL =
      List.of(
          DISPLAY_NAME,
          MODE,
          CONTEXT_TOKENS,
          MAX_INPUT_TOKENS,
          MAX_OUTPUT_TOKENS,
          OUTPUT_LIMIT_TRUSTED,
          INPUT_PRICE,
          OUTPUT_PRICE,
          CACHE_READ_PRICE,
          REASONING,
          VISION,
          TOOLS,
          JSON_SCHEMA,
          SAMPLING,
          EFFORTS,
          DEFAULT_EFFORT,
          THINKING_ALWAYS_ON,
          MAX_TEMPERATURE,
          RETIRES_ON);
}
