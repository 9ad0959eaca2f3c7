package dev.llmconfig.agent;

import dev.llmconfig.agent.Profile.About;
import dev.llmconfig.agent.Profile.Naming;
import dev.llmconfig.agent.Profile.Origin;
import dev.llmconfig.agent.Profile.Speech;
import dev.llmconfig.agent.Profile.Urls;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Parameters;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Validated;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/// The one door for profile files, shipped or from a ConfigMap. A file is taken as a whole or
/// refused as a whole, with every problem and its line.
final class ProfileReader {

  static final String SCHEMA = "llmconfig.dev/profile/v1";

  private static final String ID = "[a-z0-9-]{1,40}";

  private final Section top;
  private final String text;
  private final Origin origin;
  private final Optional<Profile> base;

  private ProfileReader(Section top, String text, Origin origin, Optional<Profile> base) {
    this.top = top;
    this.text = text;
    this.origin = origin;
    this.base = base;
  }

  /// @param file the name of the file, for messages; without `.yaml` and version it is the id
  /// @param extendable what a file may start from
  static Validated<Profile> read(
      String file, String text, Origin origin, Function<String, Optional<Profile>> extendable) {
    var problems = new ArrayList<Problem>();
    Optional<Profile> profile = Optional.empty();
    try {
      Optional<Section> top = Section.of(file, Yaml.read(text), "A profile", problems);
      if (top.isPresent()) {
        Section section = top.get();
        Optional<Profile> base =
            section.parsed("extends", "the id of a built-in profile", extendable);
        profile = new ProfileReader(section, text, origin, base).profile(file);
        section.noUnknownFields();
        // A broken `extends` says all there is to say: what it would have brought is not missing.
        if (section.has("extends") && base.isEmpty()) {
          problems.removeIf(problem -> problem.sentence().startsWith("The profile has no "));
        }
      }
    } catch (Yaml.Unreadable unreadable) {
      problems.add(Section.at(file, unreadable.line(), unreadable.sentence()));
    }
    return problems.isEmpty() && profile.isPresent()
        ? new Validated.Valid<>(profile.get())
        : new Validated.Invalid<>(problems);
  }

  private Optional<Profile> profile(String file) {
    top.parsed("schema", SCHEMA, text -> Optional.of(text).filter(SCHEMA::equals));
    Optional<String> id = id(file);
    OptionalInt version = top.whole("version");
    Optional<Speech> speech = speech();
    List<EntryRule> env = env();
    Urls urls = urls(env);
    Profile read =
        new Profile(
            id.orElse(""),
            version.orElse(base.map(Profile::version).orElse(0)),
            origin,
            about(id.orElse("")),
            speech.orElse(new Speech(ProfileDialect.Native, ApiSurface.Native, Set.of(), Set.of())),
            urls,
            naming(),
            top.word("tokenParam", TokenParam.class)
                .orElse(base.map(Profile::tokenParam).orElse(TokenParam.None)),
            sendsOwn(),
            top.bool("requiresKey").orElse(base.map(Profile::requiresKey).orElse(true)),
            env,
            shadowedBy(),
            text);
    required("schema", false);
    required("id", false);
    required("version", base.isPresent());
    required("dialect", base.isPresent());
    required("apiSurface", base.isPresent());
    required("env", base.isPresent());
    if (!top.bool("skipWhenUnset").orElse(true)
        && env.stream().anyMatch(rule -> rule.from() != Source.Constant)) {
      top.problem("skipWhenUnset", "Only a Constant can be written when nothing is set.");
    }
    ProfileRules.check(top, read);
    return id.isPresent() && speech.isPresent() ? Optional.of(read) : Optional.empty();
  }

  private void required(String field, boolean inherited) {
    if (!inherited && !top.has(field)) {
      top.problem(field, "The profile has no %s.".formatted(field));
    }
  }

  private Optional<String> id(String file) {
    String named = file.substring(file.lastIndexOf('/') + 1).replaceAll("(@[0-9]+)?\\.yaml$", "");
    return top.parsed(
            "id",
            "1 to 40 of the characters a-z, 0-9 and -",
            text -> Optional.of(text).filter(given -> given.matches(ID)))
        .filter(id -> {
          boolean same = id.equals(named);
          if (!same) {
            top.problem("id", "The file of profile %s must be named %s.yaml.".formatted(id, id));
          }
          return same;
        });
  }

  private About about(String id) {
    Optional<About> inherited = base.map(Profile::about);
    return new About(
        top.text("title").orElse(inherited.map(About::title).orElse(id)),
        top.text("checked").orElse(inherited.map(About::checked).orElse("")),
        top.texts("sources").orElse(inherited.map(About::sources).orElse(List.of())),
        top.texts("notes").orElse(inherited.map(About::notes).orElse(List.of())));
  }

  private Optional<Speech> speech() {
    Optional<Speech> inherited = base.map(Profile::speech);
    Optional<ProfileDialect> dialect =
        top.word("dialect", ProfileDialect.class).or(() -> inherited.map(Speech::dialect));
    Optional<ApiSurface> surface =
        top.word("apiSurface", ApiSurface.class).or(() -> inherited.map(Speech::surface));
    Set<Provider> providers =
        top.words("providers", Provider.class)
            .orElse(inherited.map(Speech::providers).orElse(Set.of()));
    Optional<Set<ProfileMode>> modes =
        top.words("modes", ProfileMode.class).or(() -> inherited.map(Speech::modes));
    if (dialect.isEmpty() || surface.isEmpty()) {
      return Optional.empty();
    }
    Set<ProfileMode> usual =
        surface.get().throughGateway()
            ? EnumSet.allOf(ProfileMode.class)
            : EnumSet.of(ProfileMode.Env);
    return Optional.of(new Speech(dialect.get(), surface.get(), modes.orElse(usual), providers));
  }

  private List<EntryRule> env() {
    List<EntryRule> own = new ArrayList<>();
    var names = new HashSet<String>();
    for (Yaml item : top.items("env").orElse(List.of())) {
      top.inside(item, "An entry of env")
          .flatMap(entry -> {
            Optional<EntryRule> rule = EntryReader.read(entry);
            if (rule.isPresent() && !names.add(rule.get().name())) {
              entry.problem("name", "%s is in env twice; keep one.".formatted(rule.get().name()));
            }
            return rule;
          })
          .ifPresent(own::add);
    }
    List<EntryRule> inherited = base.map(Profile::env).orElse(List.of());
    Set<String> removed = removed(inherited);
    List<EntryRule> all = new ArrayList<>();
    inherited.stream()
        .filter(rule -> !removed.contains(rule.name()) && !names.contains(rule.name()))
        .forEach(all::add);
    all.addAll(own);
    return all;
  }

  private Set<String> removed(List<EntryRule> inherited) {
    Optional<List<String>> remove = top.texts("remove");
    if (remove.isPresent() && !top.has("extends")) {
      top.problem("remove", "remove takes entries out of the profile that extends names.");
    }
    Set<String> names = new HashSet<>();
    inherited.forEach(rule -> names.add(rule.name()));
    for (String name : remove.orElse(List.of())) {
      if (base.isPresent() && !names.contains(name)) {
        top.problem(
            "remove", "%s has no entry %s.".formatted(base.get().label(), Section.shown(name)));
      }
    }
    return Set.copyOf(remove.orElse(List.of()));
  }

  private Urls urls(List<EntryRule> env) {
    Optional<Urls> inherited = base.map(Profile::urls);
    Map<Provider, String> defaults =
        top.section("defaultBaseUrls")
            .map(section -> byProvider(section, ProfileReader::url))
            .orElse(inherited.map(Urls::defaults).orElse(Map.of()));
    Optional<UrlStyle> style =
        top.word("urlStyle", UrlStyle.class).or(() -> inherited.map(Urls::style));
    boolean needed =
        env.stream().anyMatch(rule -> rule.from() == Source.BaseUrl && rule.urlStyle().isEmpty());
    if (style.isEmpty() && needed && !top.has("urlStyle")) {
      top.problem("urlStyle", "The profile has no urlStyle, and an entry from BaseUrl needs one.");
    }
    return new Urls(style.orElse(UrlStyle.Root), defaults);
  }

  private static Optional<String> url(String text) {
    Validated<Endpoint> parsed = Endpoint.parse(text.replace("{region}", "region"));
    return parsed instanceof Validated.Valid<Endpoint> ? Optional.of(text) : Optional.empty();
  }

  private Naming naming() {
    Optional<Naming> inherited = base.map(Profile::naming);
    Map<Provider, String> words = inherited.map(Naming::providers).orElse(Map.of());
    Optional<String> other = inherited.flatMap(Naming::otherProvider);
    Optional<Section> section = top.section("providerNames");
    if (section.isPresent()) {
      other = section.get().parsed("*", "a word", ProfileReader::word);
      words = byProvider(section.get(), ProfileReader::word);
    }
    return new Naming(
        words,
        other,
        top.parsed("modelFormat", "a text with {model}", text -> template(text, "{model}"))
            .orElse(inherited.map(Naming::model).orElse("{model}")),
        top.parsed("gatewayModelFormat", "a text with {alias}", text -> template(text, "{alias}"))
            .orElse(inherited.map(Naming::gatewayModel).orElse("{alias}")),
        top.bool("lowersModel").orElse(inherited.map(Naming::lowersModel).orElse(false)));
  }

  private static Optional<String> word(String text) {
    return text.isEmpty() || Literals.problem(text).isPresent()
        ? Optional.empty()
        : Optional.of(text);
  }

  private static Optional<String> template(String text, String placeholder) {
    String rest = text.replace(placeholder, "");
    if (placeholder.equals("{model}")) {
      rest = rest.replace("{provider}", "");
    }
    boolean sound =
        text.contains(placeholder)
            && !rest.contains("{")
            && !rest.contains("}")
            && Literals.problem(text).isEmpty();
    return sound ? Optional.of(text) : Optional.empty();
  }

  private Map<Provider, String> byProvider(
      Section section, Function<String, Optional<String>> parse) {
    var values = new EnumMap<Provider, String>(Provider.class);
    for (Provider provider : Provider.values()) {
      section
          .parsed(provider.name(), "a usable text", parse)
          .ifPresent(value -> values.put(provider, value));
    }
    section.noUnknownFields();
    return values;
  }

  private Parameters sendsOwn() {
    return top.section("sendsOwn")
        .map(SendsOwn::read)
        .orElse(base.map(Profile::sendsOwn).orElse(Parameters.none()));
  }

  private Set<String> shadowedBy() {
    Optional<List<String>> names = top.texts("shadowedBy");
    var unique = new HashSet<String>();
    for (String name : names.orElse(List.of())) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        top.problem("shadowedBy", "%s is no name for a variable.".formatted(Section.shown(name)));
      } else if (!unique.add(name)) {
        top.problem("shadowedBy", "%s is in shadowedBy twice; keep one.".formatted(name));
      }
    }
    return names.isPresent() ? unique : base.map(Profile::shadowedBy).orElse(Set.of());
  }
}
