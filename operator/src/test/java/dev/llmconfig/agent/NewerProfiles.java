package dev.llmconfig.agent;

import java.util.ArrayList;

/// The built-in profiles of a release to come.
public final class NewerProfiles {

  private NewerProfiles() {}

  /// With another version of one of them, which sets one variable more.
  public static Profiles with(String id, int version, String variable) {
    var profiles = new ArrayList<>(BuiltInProfiles.load());
    var today = profiles.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    var env = new ArrayList<>(today.env());
    var rule = env.stream().filter(one -> one.from() == Source.Model).findFirst().orElseThrow();
    env.add(
        new EntryRule(
            variable,
            rule.from(),
            rule.constant(),
            rule.format(),
            rule.modes(),
            rule.providers(),
            rule.tokenField(),
            rule.urlStyle(),
            rule.onlyWithBaseUrl()));
    profiles.add(
        new Profile(
            id,
            version,
            today.origin(),
            today.about(),
            today.speech(),
            today.urls(),
            today.naming(),
            today.tokenParam(),
            today.sendsOwn(),
            today.requiresKey(),
            env,
            today.shadowedBy(),
            today.text()));
    return Profiles.of(profiles);
  }
}
