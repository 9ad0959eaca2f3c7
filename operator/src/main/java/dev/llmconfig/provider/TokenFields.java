package dev.llmconfig.provider;

import dev.llmconfig.api.Provider;
import dev.llmconfig.api.TokenField;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which field limits the answer of a model. Where our first guess was refused, the other one is
/// remembered for that model.
final class TokenFields {

  private static final int MOST_REMEMBERED = 1_000;
  private static final Pattern REASONS = Pattern.compile("(^|[/-])o[1-9](-|$)|gpt-[56]");

  private record Place(String endpoint, String model) {}

  private final Map<Place, TokenField> remembered =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.@Nullable Entry<Place, TokenField> eldest) {
              return size() > MOST_REMEMBERED;
            }
          });

  TokenField first(Target target, Completion asked) {
    TokenField known = remembered.get(place(target, asked));
    return known == null ? guess(target.provider(), asked) : known;
  }

  void remember(Target target, Completion asked, TokenField field) {
    remembered.put(place(target, asked), field);
  }

  /// The field that the provider blames, if it is one of the two.
  static boolean blamed(Heard heard) {
    Optional<String> param = heard.answer().flatMap(answer -> answer.error().param());
    return heard.status(400, 422)
        && param
            .filter(name ->
                name.equals(TokenField.MaxTokens.wireName())
                    || name.equals(TokenField.MaxCompletionTokens.wireName()))
            .isPresent();
  }

  private static TokenField guess(Provider provider, Completion asked) {
    boolean old =
        provider == Provider.AzureOpenAI
            && asked.baseModel().filter(base -> !REASONS.matcher(base).find()).isPresent();
    return old ? TokenField.MaxTokens : provider.tokenField();
  }

  private static Place place(Target target, Completion asked) {
    return new Place(target.endpoint().text(), asked.model());
  }
}
