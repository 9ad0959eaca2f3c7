package dev.llmconfig.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.List;

/// What an endpoint must look like. CEL's own `url()` knows no user and does not see a port in
/// bounds, so most of it is patterns. The rules stand on the spec, because a rule on the field
/// would make the API server repeat a password in its answer.
final class EndpointRules {

  private record Rule(String condition, String message) {}

  private static final String SCHEME_AND_HOST = "^[^/]*//[^/]*";

  private static final String PORT_OUT_OF_RANGE =
      ":(0+|[0-9]{6,}|[7-9][0-9]{4}|6[6-9][0-9]{3}|65[6-9][0-9]{2}|655[4-9][0-9]|6553[6-9])(/|$)";

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "isURL(self.endpoint) && url(self.endpoint).getHostname() != ''"
                  + " && url(self.endpoint).getScheme() in ['http', 'https']",
              "endpoint must be an absolute http or https URL with a host, such as"
                  + " https://api.example.com/v1"),
          new Rule(
              "!self.endpoint.contains('@')",
              "endpoint must not carry a user or password: remove everything up to the @; the key"
                  + " belongs in secretRef, encryptedKey or sealedKey"),
          new Rule(
              "!self.endpoint.contains('?') && !self.endpoint.contains('#')",
              "endpoint must not have a query or fragment: remove everything from the ? or # on; an"
                  + " API version of Azure belongs in azure.apiVersion"),
          new Rule(
              matches("^([A-Za-z]+://[[][0-9A-Fa-f:.]+[]])?[!#$%&()*+,./:;=?@A-Z_a-z~0-9\\'-]*$"),
              "endpoint has a character that no URL may have there, such as a space, a bracket or"
                  + " brace of a placeholder, or a letter beyond ASCII: fill in the placeholder,"
                  + " percent-encode a path, write an international host name in its xn-- form"),
          new Rule(
              "!" + matches(SCHEME_AND_HOST + "[!$&\\'()*+,;=~]"),
              "the host of endpoint has a character that no host name has: write one host name or"
                  + " address, and for several hosts one ApiKeyConfig each"),
          new Rule(
              "!" + matches(SCHEME_AND_HOST + PORT_OUT_OF_RANGE),
              "the port of endpoint must be 1 to 65535: correct it, or leave it out"),
          // An allowed endpoint covers the paths below it; these parts would lead out again.
          new Rule(
              "!" + matches("(?i)/([.]|%2e){1,2}(/|$)|%2f|%5c"),
              "endpoint must not have . or .. or an encoded slash in its path: write the path that"
                  + " is meant"),
          new Rule(
              "!"
                  + matches("(?i)^http://")
                  + " || has(self.allowInsecureEndpoint) && self.allowInsecureEndpoint",
              "endpoint with plain http shows the key to the network: use https, or set"
                  + " allowInsecureEndpoint: true"));

  static void addTo(Schema schema) {
    for (var rule : RULES) {
      Schema.addRule(
          schema.at("spec"),
          new ValidationRuleBuilder()
              .withRule("!has(self.endpoint) || " + rule.condition())
              .withFieldPath(".endpoint")
              .withMessage(rule.message())
              .build());
    }
  }

  private static String matches(String pattern) {
    return "self.endpoint.matches('" + pattern + "')";
  }

  private EndpointRules() {}
}
