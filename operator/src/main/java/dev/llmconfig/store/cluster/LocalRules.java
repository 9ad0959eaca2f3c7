package dev.llmconfig.store.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.store.Flaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What in a cluster the schemas alone refuse, since whoever reads an object there may rely on
/// them. The files that the schemas are tested with say which rules these are.
final class LocalRules {

  private static final Pattern TOKEN = Pattern.compile("gAAAAA[A-Za-z0-9_-]{92,}={0,2}");
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");
  private static final Pattern PLAIN_HTTP = Pattern.compile("(?i)^http://.*", Pattern.DOTALL);

  private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Z}]");
  private static final Pattern AZURE_VERSION =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?");
  private static final Pattern HEADER_NAME = Pattern.compile("[-A-Za-z0-9!#$%&*+.^_|~`]{1,64}");
  private static final Pattern HEADER_VALUE = Pattern.compile("([!-~]([ \\t!-~]*[!-~])?)?");

  private static final int LONGEST_TOKEN = 8192;
  private static final int LONGEST_TITLE = 256;
  private static final int LONGEST_MODEL = 256;
  private static final int LONGEST_HEADER = 1024;
  private static final int MOST_HEADERS = 16;
  private static final int MOST_ALLOWED = 100;
  private static final int MOST_ADDED = 200;
  private static final int SHORTEST_INTERVAL = 300;
  private static final int MOST_CONTAINERS = 32;
  private static final int MOST_FALLBACKS = 8;
  private static final int MOST_LABELS = 16;

  /// What would name something that is nowhere here, and what to do instead.
  static final Map<String, String> ELSEWHERE =
      Map.of(
          "secretRef",
          "Without a cluster there is no Secret to name; send the key itself in the field key.",
          "sealedKey",
          "Without a cluster nobody unseals it; send the key itself in the field key.",
          "caRef",
          "Without a cluster there is no ConfigMap or Secret to name; let this process trust the"
              + " certificate by javax.net.ssl.trustStore.");

  private final List<Flaw> flaws = new ArrayList<>();

  private LocalRules() {}

  static void hold(Kind kind, JsonNode spec) {
    var rules = new LocalRules();
    switch (kind) {
      case ApiKeyConfig -> rules.key(spec);
      case ModelConfig -> rules.model(spec);
      case Secret, ConfigMap, Deployment, StatefulSet, DaemonSet, CronJob ->
          throw Ended.invalid(
              new Flaw(
                  "kind",
                  Flaw.Reason.NotInThisMode,
                  "Without a cluster there are no objects of this kind; send keys themselves, in the"
                      + " field key."));
    }
    if (!rules.flaws.isEmpty()) {
      throw Ended.invalid(rules.flaws.toArray(Flaw[]::new));
    }
  }

  private void key(JsonNode spec) {
    ELSEWHERE.forEach((field, sentence) -> {
      if (spec.hasNonNull(field)) {
        flaws.add(new Flaw("spec." + field, Flaw.Reason.NotInThisMode, sentence));
      }
    });
    var token = spec.path("encryptedKey");
    refuse(
        token.isTextual()
            && (token.asText().length() > LONGEST_TOKEN
                || token.asText().length() % 4 != 0
                || !TOKEN.matcher(token.asText()).matches()),
        "encryptedKey",
        "encryptedKey is not a Fernet token (it begins with gAAAAA): send the key in the field key,"
            + " or the whole output of `llmconfig encrypt`.");
    refuse(
        PLAIN_HTTP.matcher(spec.path("endpoint").asText()).matches()
            && !spec.path("allowInsecureEndpoint").asBoolean(),
        "endpoint",
        "endpoint with plain http shows the key to the network: use https, or set"
            + " allowInsecureEndpoint: true.");
    title(spec);
    connection(spec);
    offered(spec.path("models"));
    least(
        "verification.intervalSeconds",
        spec.path("verification").path("intervalSeconds"),
        SHORTEST_INTERVAL);
    least("rotation.gracePeriodSeconds", spec.path("rotation").path("gracePeriodSeconds"), 0);
  }

  private void connection(JsonNode spec) {
    var azure = spec.path("azure");
    refuse(
        azure.isObject() && !spec.path("provider").asText().equals("AzureOpenAI"),
        "azure",
        "azure is only for the provider AzureOpenAI: remove azure, or correct provider.");
    var version = azure.path("apiVersion");
    refuse(
        version.isTextual() && !AZURE_VERSION.matcher(version.asText()).matches(),
        "azure.apiVersion",
        "apiVersion is a date such as 2024-10-21 or 2025-04-01-preview: correct it, or remove it to"
            + " use the /openai/v1 paths.");
    var headers = spec.path("headers");
    most("headers", headers, MOST_HEADERS);
    once("headers", headers, one -> one.path("name").asText().toLowerCase(Locale.ROOT));
    headers.forEach(header -> {
      refuse(
          !HEADER_NAME.matcher(header.path("name").asText()).matches(),
          "headers",
          "a header name has 1 to 64 letters, digits and -!#$%&*+.^_|~`: remove everything else.");
      var value = header.path("value");
      refuse(
          !value.isTextual()
              || value.asText().length() > LONGEST_HEADER
              || !HEADER_VALUE.matcher(value.asText()).matches(),
          "headers",
          "a header value is one line of at most 1024 printable ASCII characters without spaces at"
              + " its ends.");
    });
  }

  private void offered(JsonNode models) {
    var allow = models.path("allow");
    most("models.allow", allow, MOST_ALLOWED);
    once("models.allow", allow, JsonNode::asText);
    allow.forEach(pattern -> modelId("models.allow", pattern));
    var additional = models.path("additional");
    most("models.additional", additional, MOST_ADDED);
    once("models.additional", additional, one -> one.path("id").asText());
    additional.forEach(one -> {
      modelId("models.additional", one.path("id"));
      if (one.has("baseModel")) {
        modelId("models.additional", one.path("baseModel"));
      }
      least("models.additional", one.path("contextTokens"), 1);
      least("models.additional", one.path("maxOutputTokens"), 1);
    });
  }

  private void modelId(String field, JsonNode id) {
    var text = id.asText();
    refuse(
        text.isEmpty()
            || text.codePointCount(0, text.length()) > LONGEST_MODEL
            || UNSEEN.matcher(text).find(),
        field,
        "an id or pattern in %s must be 1 to 256 characters without spaces or invisible characters."
            .formatted(field));
  }

  private void title(JsonNode spec) {
    var title = spec.path("displayName").asText();
    refuse(
        CONTROL.matcher(title).find(),
        "displayName",
        "displayName has a line break or another control character: write it on one line of plain"
            + " text.");
    refuse(
        title.codePointCount(0, title.length()) > LONGEST_TITLE,
        "displayName",
        "displayName has more than 256 characters.");
  }

  private void model(JsonNode spec) {
    title(spec);
    most("fallbackRefs", spec.path("fallbackRefs"), MOST_FALLBACKS);
    var delivery = spec.path("delivery");
    var path = delivery.path("fileMountPath");
    refuse(
        path.isTextual() && path.asText().isEmpty(),
        "delivery.fileMountPath",
        "fileMountPath must be an absolute directory below /, such as /etc/llm.");
    most("delivery.containers", delivery.path("containers"), MOST_CONTAINERS);
    once("delivery.containers", delivery.path("containers"), JsonNode::asText);
    var selector = delivery.path("selector");
    most("delivery.selector.matchLabels", selector.path("matchLabels"), MOST_LABELS);
    most("delivery.selector.matchExpressions", selector.path("matchExpressions"), MOST_LABELS);
    gateway(delivery);
  }

  private void gateway(JsonNode delivery) {
    var virtual = delivery.path("virtualKeyRef");
    refuse(
        delivery.path("mode").asText().equals("Gateway") && virtual.isMissingNode(),
        "delivery.virtualKeyRef",
        "mode Gateway needs virtualKeyRef: name the VirtualKey that agents call the gateway with, or"
            + " choose another mode.");
    if (virtual instanceof ObjectNode) {
      FieldRules.objectName(virtual.path("name").asText(), FieldRules.LONGEST_OWN_NAME)
          .ifPresent(
              rule -> refuse(true, "delivery.virtualKeyRef.name", "name %s.".formatted(rule)));
    }
  }

  private void once(String field, JsonNode list, Function<JsonNode, String> name) {
    refuse(
        list.valueStream().map(name).distinct().count() < list.size(),
        field,
        "%s has an entry twice.".formatted(field));
  }

  private void least(String field, JsonNode number, int least) {
    refuse(
        number.isNumber() && number.asLong() < least,
        field,
        "a number in %s is less than %d.".formatted(field, least));
  }

  private void most(String field, JsonNode list, int most) {
    refuse(list.size() > most, field, "%s has more than %d entries.".formatted(field, most));
  }

  private void refuse(boolean wrong, String field, String sentence) {
    if (wrong) {
      flaws.add(Flaw.invalid("spec." + field, sentence));
    }
  }
}
