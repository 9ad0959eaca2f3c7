package dev.llmconfig.agent;

import dev.llmconfig.domain.ParameterValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The form a framework wants a value in.
sealed interface ValueFormat {

  String PLACEHOLDER = "{value}";

  record Plain() implements ValueFormat {}

  /// Text around the value, such as `{value}s` for a duration.
  record Template(String text) implements ValueFormat {}

  record Millis() implements ValueFormat {}

  record Csv() implements ValueFormat {}

  record Json() implements ValueFormat {}

  record Lower() implements ValueFormat {}

  /// A path without its leading slash, for what resolves it against the base URL.
  record Relative() implements ValueFormat {}

  /// Empty for a word that is no format; a template has its placeholder exactly once.
  static Optional<ValueFormat> parse(String text) {
    return switch (text) {
      case "millis" -> Optional.of(new Millis());
      case "csv" -> Optional.of(new Csv());
      case "json" -> Optional.of(new Json());
      case "lower" -> Optional.of(new Lower());
      case "relative" -> Optional.of(new Relative());
      default ->
          text.indexOf(PLACEHOLDER) >= 0
                  && text.indexOf(PLACEHOLDER) == text.lastIndexOf(PLACEHOLDER)
                  && text.replace(PLACEHOLDER, "").indexOf('{') < 0
              ? Optional.of(new Template(text))
              : Optional.empty();
    };
  }

  /// Whether this form means something for values of that source.
  default boolean fits(Source source) {
    return switch (this) {
      case Plain _ -> true;
      case Millis _ -> source == Source.TimeoutSeconds;
      case Csv _, Json _ -> source == Source.StopSequences;
      case Relative _ -> source == Source.CompletionsPath;
      // A key inside another text could not be a reference any more.
      case Template _, Lower _ ->
          source != Source.Key
              && source != Source.StopSequences
              && source != Source.ParametersJson
              && source != Source.Constant;
    };
  }

  default String of(String plain) {
    return switch (this) {
      case Plain _, Csv _, Json _ -> plain;
      case Template(var text) -> text.replace(PLACEHOLDER, plain);
      case Millis _ -> plain + "000";
      case Lower _ -> plain.toLowerCase(Locale.ROOT);
      case Relative _ -> plain.replaceFirst("^/", "");
    };
  }

  /// Empty where this form cannot say the value.
  default Optional<String> of(ParameterValue value) {
    return switch (value) {
      case ParameterValue.Texts(var texts) ->
          this instanceof Json ? Optional.of(WireJson.write(value.json())) : csv(texts);
      // As every wire spells it.
      case ParameterValue.Effort(var level) ->
          Optional.of(of(level.name().toLowerCase(Locale.ROOT)));
      case ParameterValue.Fields fields -> Optional.of(WireJson.write(fields.object()));
      case ParameterValue.Decimal _, ParameterValue.Whole _ -> Optional.of(of(value.text()));
    };
  }

  /// Readers of comma-separated lists trim and split, and none of them knows an escape in common.
  private static Optional<String> csv(List<String> texts) {
    boolean sayable =
        texts.stream().allMatch(text -> text.equals(text.strip()) && !text.contains(","));
    return sayable ? Optional.of(String.join(",", texts)) : Optional.empty();
  }
}
