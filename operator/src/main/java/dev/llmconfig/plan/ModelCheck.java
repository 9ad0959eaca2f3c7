package dev.llmconfig.plan;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.domain.KeyState;
import java.util.Optional;

/// That the provider shall be asked about a model, and what it need not be asked again.
///
/// @param known the last word of an earlier life
/// @param request the wish of a person that was not answered yet
public record ModelCheck(Optional<VerdictKind> known, Optional<String> request) {

  /// Empty where nobody may ask, or nothing is to be asked.
  public static Optional<ModelCheck> of(ModelOutlook outlook) {
    var seen = outlook.seen();
    var declared = seen.declared();
    return outlook.wanted().isEmpty()
            || !outlook.standing().required()
            || declared.suspended()
            || declared.deleting()
            || !(seen.key() instanceof KeyState.Usable)
        ? Optional.empty()
        : Optional.of(
            new ModelCheck(
                outlook.standing().weather().isPresent()
                    ? Optional.empty()
                    : outlook
                        .standing()
                        .word()
                        .map(word -> word.accepted() ? VerdictKind.Accepted : VerdictKind.Refused),
                declared
                    .requests()
                    .verify()
                    .filter(
                        wish -> seen.before().handled().verify().filter(wish::equals).isEmpty())));
  }
}
