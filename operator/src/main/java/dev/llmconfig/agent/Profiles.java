package dev.llmconfig.agent;

import dev.llmconfig.domain.ModelDelivery;
import dev.llmconfig.domain.Problem;
import dev.llmconfig.domain.Validated;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// All profiles there are: those of the image, and over them those of ConfigMaps. A file that
/// breaks a rule is left out as a whole, and the layer below it stays in force.
public final class Profiles {

  /// What an agent gets whose ModelConfig says nothing.
  public static final String USUAL = ModelDelivery.USUAL_PROFILE;

  private static final int LONGEST = 8192;

  private static final Comparator<ProfileFile> ORDER =
      Comparator.comparing(ProfileFile::configMap).thenComparing(ProfileFile::name);

  private final Map<String, NavigableMap<Integer, Profile>> builtIn;
  private final Map<String, Profile> ofCluster;

  /// Why there is none of a ConfigMap, though there is a file of that name; by id.
  private final Map<String, String> refusals;

  private Profiles(
      Map<String, NavigableMap<Integer, Profile>> builtIn,
      Map<String, Profile> ofCluster,
      Map<String, String> refusals) {
    this.builtIn = builtIn;
    this.ofCluster = Map.copyOf(ofCluster);
    this.refusals = Map.copyOf(refusals);
  }

  public static Profiles builtIn() {
    return of(BuiltInProfiles.load());
  }

  static Profiles of(List<Profile> builtIn) {
    var versions = new HashMap<String, NavigableMap<Integer, Profile>>();
    for (Profile profile : builtIn) {
      versions.computeIfAbsent(profile.id(), _ -> new TreeMap<>()).put(profile.version(), profile);
    }
    return new Profiles(versions, Map.of(), Map.of());
  }

  /// What is in force with these files, and what was left out of them.
  public record Layered(Profiles profiles, List<Refused> refused) {
    public Layered {
      refused = List.copyOf(refused);
    }
  }

  /// For the Warning Event on the ConfigMap: each problem names the file and its line.
  public record Refused(ProfileFile file, List<Problem> problems) {
    public Refused {
      problems = List.copyOf(problems);
    }

    public String sentence() {
      Problem first = problems.getFirst();
      String more = problems.size() > 1 ? " (and %d more)".formatted(problems.size() - 1) : "";
      return "%s: %s%s".formatted(first.field(), first.sentence(), more);
    }
  }

  /// The built-in ones under these files. Which of two files with one id counts does not depend on
  /// the order in which they were read.
  public Layered with(Collection<ProfileFile> files) {
    var accepted = new HashMap<String, Profile>();
    var refused = new ArrayList<Refused>();
    for (ProfileFile file : files.stream().sorted(ORDER).toList()) {
      switch (read(file)) {
        case Validated.Valid<Profile>(var profile) -> {
          if (accepted.putIfAbsent(profile.id(), profile) != null) {
            refused.add(
                new Refused(
                    file,
                    List.of(
                        Section.at(
                            file.name(),
                            1,
                            "Profile %s is in another ConfigMap already; keep one."
                                .formatted(profile.id())))));
          }
        }
        case Validated.Invalid<Profile>(var problems) -> refused.add(new Refused(file, problems));
      }
    }
    var refusals = new HashMap<String, String>();
    for (Refused one : refused) {
      String id = one.file().name().replaceFirst("\\.yaml$", "");
      if (!accepted.containsKey(id)) {
        refusals.putIfAbsent(
            id,
            "ConfigMap %s, %s"
                .formatted(one.file().configMap(), one.sentence().replaceFirst("[.]$", "")));
      }
    }
    return new Layered(new Profiles(builtIn, accepted, refusals), refused);
  }

  /// Each ModelConfig that is rolled with it keeps it in its status.
  private Validated<Profile> read(ProfileFile file) {
    return file.text().getBytes(StandardCharsets.UTF_8).length > LONGEST
        ? new Validated.Invalid<>(
            List.of(
                Section.at(
                    file.name(),
                    1,
                    "A profile may have %d bytes and has more; shorten its notes and comments."
                        .formatted(LONGEST))))
        : ofConfigMap(file.name(), file.text());
  }

  private Validated<Profile> ofConfigMap(String name, String text) {
    return ProfileReader.read(name, text, Profile.Origin.ConfigMap, this::builtIn);
  }

  /// Why the file of this name is not in force; empty where it is, or where there is none.
  public Optional<String> refusal(String id) {
    return Optional.ofNullable(refusals.get(id));
  }

  /// One of a ConfigMap as it was when agents got it, whatever the ConfigMap says by now.
  ///
  /// @param text its file as it was
  public Optional<Profile> asRolled(String id, String text) {
    var now = Optional.ofNullable(ofCluster.get(id)).filter(one -> one.text().equals(text));
    return now.isPresent()
            || !(ofConfigMap(id + ".yaml", text) instanceof Validated.Valid<Profile>(var rolled))
        ? now
        : Optional.of(rolled);
  }

  /// The profile of a workload: its own annotation, else what its ModelConfig says, else the usual
  /// one. Empty if there is none of that name.
  public Optional<Profile> select(Optional<String> annotation, Optional<String> declared) {
    return find(annotation.or(() -> declared).orElse(USUAL));
  }

  /// By id, which means the newest, or by id and version such as `spring-ai-2@1`.
  public Optional<Profile> find(String reference) {
    Optional<Profile> own = Optional.ofNullable(ofCluster.get(reference));
    return own.or(() -> builtIn(reference));
  }

  private Optional<Profile> builtIn(String reference) {
    String id = reference.replaceFirst("@[0-9]{1,4}$", "");
    Optional<NavigableMap<Integer, Profile>> versions = Optional.ofNullable(builtIn.get(id));
    return versions.flatMap(found ->
        id.equals(reference)
            ? Optional.of(found.lastEntry().getValue())
            : Optional.ofNullable(
                found.get(Integer.valueOf(reference.substring(id.length() + 1)))));
  }

  /// The one in force of each id, by id.
  public List<Profile> all() {
    var ids = new HashSet<>(builtIn.keySet());
    ids.addAll(ofCluster.keySet());
    return ids.stream().sorted().flatMap(id -> find(id).stream()).toList();
  }

  /// Ids that someone who wrote this name may have meant, the likeliest first; at most three.
  public List<String> closest(String name) {
    return Closest.of(name, all().stream().map(Profile::id).toList());
  }
}
