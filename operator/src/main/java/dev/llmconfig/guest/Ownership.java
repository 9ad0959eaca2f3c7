package dev.llmconfig.guest;

import dev.llmconfig.api.Annotations;
import dev.llmconfig.api.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who owns what of one workload, by its `managedFields`. A strategic merge patch never conflicts
/// by itself, so a guest that would take nothing from anyone has to look first (traps R7, R42).
public final class Ownership {

  /// What `kubectl apply` on the client's side leaves behind: whoever has it applies manifests.
  private static final FieldPath LAST_APPLIED =
      FieldPath.of("metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration");

  private final Workload workload;
  private final List<FieldSet> sets;
  private final Set<FieldManager> restorers;

  private Ownership(Workload workload, List<FieldSet> sets) {
    this.workload = workload;
    this.sets = sets;
    this.restorers =
        sets.stream().filter(this::restores).map(FieldSet::manager).collect(Collectors.toSet());
  }

  public static Ownership of(Workload workload) {
    return new Ownership(workload, workload.managed().stream().map(FieldSet::of).toList());
  }

  public Workload workload() {
    return workload;
  }

  /// Of a variable of a container.
  public Standing variable(String container, String name) {
    return aVariable(container, name).standing();
  }

  /// Of what is mounted at a path of a container.
  public Standing mount(String container, String path) {
    return aMount(container, path).standing();
  }

  public Standing volume(String name) {
    return aVolume(name).standing();
  }

  /// Of an annotation of the pod template.
  public Standing annotation(String name) {
    return anAnnotation(name).standing();
  }

  /// Of the label that says who delivers.
  public Standing marker() {
    return theMarker().standing();
  }

  /// Who brought back a pod template of ours, as `kubectl rollout undo` does: they wrote what only
  /// we write, and are none of those who describe the workload.
  public Set<FieldManager> restorers() {
    return Set.copyOf(restorers);
  }

  /// Whether a person has put back an older template in place of ours, as `kubectl rollout undo`
  /// does: one of ours, or one from before our first.
  public boolean undone() {
    return !restorers.isEmpty()
        || (workload.labels().containsKey(Labels.DELIVERED_BY)
            && workload.templateAnnotation(Annotations.RENDERED).isEmpty()
            && sets.stream()
                .anyMatch(set -> set.manager().restores() && !set.members(template()).isEmpty()));
  }

  Thing aVariable(String container, String name) {
    FieldPath path = containerPath(container).field("env").item("name", name);
    List<EnvVar> found =
        containers(container)
            .flatMap(one -> one.getEnv().stream())
            .filter(variable -> name.equals(variable.getName()))
            .toList();
    // An entry that is there twice has an owner as a whole, and none of its parts has one.
    var shell = new HashSet<FieldPath>();
    if (found.size() <= 1) {
      shell.add(path);
      shell.add(path.field("name"));
    }
    if (found.size() == 1 && found.getFirst().getValueFrom() != null) {
      shell.add(path.field("valueFrom"));
    }
    return thing(path, !found.isEmpty(), shell);
  }

  Thing aMount(String container, String at) {
    FieldPath path = containerPath(container).field("volumeMounts").item("mountPath", at);
    boolean there =
        containers(container)
            .flatMap(one -> one.getVolumeMounts().stream())
            .anyMatch(mount -> at.equals(mount.getMountPath()));
    return thing(path, there, Set.of(path, path.field("mountPath")));
  }

  Thing aVolume(String name) {
    FieldPath path = template().field("spec").field("volumes").item("name", name);
    boolean there =
        workload.pod().getVolumes().stream().anyMatch(volume -> name.equals(volume.getName()));
    // The mode is the server's own, and goes with what has it.
    FieldPath projected = path.field("projected");
    return thing(
        path, there, Set.of(path, path.field("name"), projected, projected.field("defaultMode")));
  }

  Thing anAnnotation(String name) {
    FieldPath path = template().field("metadata").field("annotations").field(name);
    return thing(path, workload.templateAnnotation(name).isPresent(), Set.of()).ofOurName();
  }

  Thing theMarker() {
    FieldPath path = FieldPath.of("metadata", "labels", Labels.DELIVERED_BY);
    return thing(path, workload.labels().containsKey(Labels.DELIVERED_BY), Set.of()).ofOurName();
  }

  FieldPath containerPath(String name) {
    return template().field("spec").field("containers").item("name", name);
  }

  private Thing thing(FieldPath path, boolean there, Set<FieldPath> shell) {
    Claims claims = Claims.of(sets, path, shell);
    return new Thing(
        path, claims, there ? claims.standing(restorers) : claims.standingWhereAbsent());
  }

  private FieldPath template() {
    return workload.kind().templatePath();
  }

  private boolean restores(FieldSet set) {
    FieldManager manager = set.manager();
    FieldPath rendered =
        template().field("metadata").field("annotations").field(Annotations.RENDERED);
    return !manager.us()
        && !manager.declares()
        && !set.members(rendered).isEmpty()
        && set.members(LAST_APPLIED).isEmpty()
        && workload.containers().stream()
            .map(container -> containerPath(container.getName()))
            .noneMatch(path -> set.members(path).contains(path));
  }

  private Stream<Container> containers(String name) {
    return workload.containers().stream().filter(container -> name.equals(container.getName()));
  }
}
