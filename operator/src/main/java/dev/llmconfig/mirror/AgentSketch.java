package dev.llmconfig.mirror;

import dev.llmconfig.agent.Profile;
import dev.llmconfig.agent.Profiles;
import dev.llmconfig.domain.FieldRules;
import dev.llmconfig.guest.Ownership;
import dev.llmconfig.guest.Standing;
import dev.llmconfig.guest.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is kept of a pod template: enough to tell what settings would change in it, and nothing of
/// what its pods run. The value of a variable is kept where it is ours, or where it is that of a
/// setting which is no key and does not look like one.
final class AgentSketch {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\([^()]*\\)");
  private static final Pattern ACCOUNT = Pattern.compile("://[^/]*@");
  private static final String KEY = "Key";
  private static final Set<String> SETTINGS = settings();

  private final Ownership ownership;
  private final PodSpec pod;

  AgentSketch(Workload workload) {
    this.ownership = Ownership.of(workload);
    this.pod = Objects.requireNonNullElseGet(workload.template().getSpec(), PodSpec::new);
  }

  PodSpec pod() {
    return new PodSpecBuilder()
        .withContainers(pod.getContainers().stream().map(this::container).toList())
        .withInitContainers(pod.getInitContainers().stream().map(this::container).toList())
        .withVolumes(pod.getVolumes().stream().map(AgentSketch::volume).toList())
        .build();
  }

  private Container container(Container one) {
    return new ContainerBuilder()
        .withName(one.getName())
        .withEnv(one.getEnv().stream().map(variable -> variable(one, variable)).toList())
        .withEnvFrom(one.getEnvFrom())
        .withVolumeMounts(one.getVolumeMounts())
        .build();
  }

  private EnvVar variable(Container container, EnvVar variable) {
    var value = variable.getValue();
    return value == null
            || ours(ownership.variable(container.getName(), variable.getName()))
            || harmless(variable.getName(), value)
        ? variable
        : new EnvVarBuilder().withName(variable.getName()).withValue(references(value)).build();
  }

  static boolean ours(Standing standing) {
    return switch (standing) {
      case Standing.Ours _, Standing.Shared _ -> true;
      case Standing.Free _,
          Standing.Owned _,
          Standing.Changed _,
          Standing.Restored _,
          Standing.Unclaimed _ ->
          false;
    };
  }

  private static boolean harmless(String name, String value) {
    return SETTINGS.contains(name)
        && !FieldRules.looksLikeAKey(value)
        && !ACCOUNT.matcher(value).find();
  }

  /// The order of variables can matter for these.
  private static String references(String value) {
    return REFERENCE.matcher(value).results().map(MatchResult::group).collect(Collectors.joining());
  }

  /// Sources of other kinds can hold passwords.
  private static Volume volume(Volume one) {
    var kept =
        new VolumeBuilder()
            .withName(one.getName())
            .withSecret(one.getSecret())
            .withProjected(one.getProjected())
            .withConfigMap(one.getConfigMap())
            .build();
    return one.getSecret() == null && one.getProjected() == null && one.getConfigMap() == null
        ? new VolumeBuilder(kept).withEmptyDir(new EmptyDirVolumeSource()).build()
        : kept;
  }

  /// Names that no profile gives a key to.
  private static Set<String> settings() {
    var all =
        Profiles.builtIn().all().stream().map(Profile::variables).flatMap(List::stream).toList();
    var keys =
        all.stream()
            .filter(one -> one.from().contains(KEY))
            .map(Profile.Variable::name)
            .collect(Collectors.toSet());
    return all.stream()
        .map(Profile.Variable::name)
        .filter(name -> !keys.contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }
}
