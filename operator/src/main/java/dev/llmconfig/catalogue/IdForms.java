package dev.llmconfig.catalogue;

import dev.llmconfig.api.Provider;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The ways in which one model id is written: with a path, a region, a variant, a date.
final class IdForms {

  private static final Pattern PATH = Pattern.compile("^(models/|accounts/[^/]+/models/)");

  /// The geographies of Bedrock's inference profiles.
  private static final Pattern GEO =
      Pattern.compile("^(us-gov|us|eu|apac|jp|au|in|ca|sa|global)\\.", Pattern.CASE_INSENSITIVE);

  private static final Pattern DATE =
      Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{8}|latest)$", Pattern.CASE_INSENSITIVE);
  private static final Pattern VENDOR =
      Pattern.compile("^([a-z-]+\\.)?(anthropic|openai|xai|deepseek|google|mistral)\\.");

  private IdForms() {}

  static String lower(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  /// Without `models/`, an account's path or, at Bedrock, the geography.
  static String withoutPath(Provider provider, String id) {
    String bare =
        id.startsWith("models/") || id.startsWith("accounts/")
            ? PATH.matcher(id).replaceFirst("")
            : id;
    return provider == Provider.Bedrock ? GEO.matcher(bare).replaceFirst("") : bare;
  }

  /// Without a variant (`:free`), or the base of a fine-tuned model (`ft:base:…`).
  static Optional<String> withoutVariant(String id) {
    if (id.startsWith("ft:")) {
      int end = id.indexOf(':', 3);
      String base = end < 0 ? id.substring(3) : id.substring(3, end);
      return base.isEmpty() ? Optional.empty() : Optional.of(base);
    }
    int colon = id.lastIndexOf(':');
    return colon > 0 ? Optional.of(id.substring(0, colon)) : Optional.empty();
  }

  static Optional<String> withoutDate(String id) {
    var date = DATE.matcher(id);
    return date.find() && date.start() > 0
        ? Optional.of(id.substring(0, date.start()))
        : Optional.empty();
  }

  /// What the rules by name look at: the id after its last `/`, without variant and vendor.
  static String family(String id) {
    String whole = lower(withoutVariant(id).orElse(id));
    String name = whole.substring(whole.lastIndexOf('/') + 1);
    return VENDOR.matcher(name).replaceFirst("");
  }
}
