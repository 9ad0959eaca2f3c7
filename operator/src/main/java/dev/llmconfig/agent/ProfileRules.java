package dev.llmconfig.agent;

import dev.llmconfig.api.TokenField;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Rules between the fields of one profile file.
final class ProfileRules {

  private ProfileRules() {}

  static void check(Section top, Profile profile) {
    Set<ProfileMode> modes = profile.speech().modes();
    if (top.has("modes") && modes.isEmpty()) {
      top.problem("modes", "modes is empty; a profile is for Env, Gateway or both.");
    }
    if (modes.contains(ProfileMode.Gateway) && !profile.speech().surface().throughGateway()) {
      top.problem(
          "modes",
          "The gateway does not serve %s; write modes: [Env]."
              .formatted(profile.speech().surface()));
    }
    if (profile.speech().dialect() == ProfileDialect.Native
        && profile.speech().providers().isEmpty()
        && top.has("dialect")) {
      top.problem("dialect", "A Native profile lists its providers; add the field providers.");
    }
    oneTokenEntryPerRequest(top, profile);
  }

  /// Rule 10: OpenAI refuses a request that carries both fields, so two entries for one limit must
  /// exclude each other.
  private static void oneTokenEntryPerRequest(Section top, Profile profile) {
    List<EntryRule> limits =
        profile.env().stream().filter(rule -> rule.from() == Source.MaxOutputTokens).toList();
    long tied = limits.stream().filter(rule -> rule.tokenField().isPresent()).count();
    if (tied > 0 && tied < limits.size()) {
      top.problem(
          "env",
          "Of the entries from MaxOutputTokens some have a tokenField and some have none, "
              + "so both fields could be set; give all of them one.");
    }
    profile
        .tokenParam()
        .fixed()
        .ifPresent(fixed -> {
          var named = EnumSet.noneOf(TokenField.class);
          limits.forEach(rule -> rule.tokenField().ifPresent(named::add));
          named.remove(fixed);
          if (!named.isEmpty()) {
            top.problem(
                "tokenParam",
                "tokenParam %s and an entry with tokenField %s contradict each other."
                    .formatted(profile.tokenParam(), named.iterator().next().wireName()));
          }
        });
  }
}
