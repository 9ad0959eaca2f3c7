package dev.llmconfig.guest;

import dev.llmconfig.agent.Containers;
import dev.llmconfig.api.Annotations;
import dev.llmconfig.guest.Delivery.Occasion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a guest writes to one workload: only what is ours or nobody's, in one strategic merge patch
/// that fails when the workload has changed since it was observed. Applied to its own result it is
/// empty.
public final class Guest {

  private Guest() {}

  /// What makes the workload have this. A template that carries the wanted `rendered` has it,
  /// whatever revision it names (traps R50): only what is gone from it, or stands in a container
  /// that is told no more, is written.
  public static GuestPatch deliver(Workload workload, Delivery delivery) {
    return deliver(Ownership.of(workload), delivery);
  }

  /// The same, of a workload whose records are read already.
  public static GuestPatch deliver(Ownership ownership, Delivery delivery) {
    Workload workload = ownership.workload();
    boolean changing =
        delivery.occasion() == Occasion.Request
            || !workload
                .templateAnnotation(Annotations.RENDERED)
                .equals(Optional.of(delivery.rendered()));
    Containers told = Containers.of(workload.pod(), delivery.containers());
    PodDraft pod = PodDraft.delivery(workload, ownership, delivery, told.names(), changing);

    var names = new Names(workload, ownership);
    names.mark(delivery.deliveredBy());
    if (!pod.impossible() && (changing || !pod.spec().isEmpty())) {
      names.annotate(
          new TreeMap<>(
              Map.of(
                  Annotations.REVISION, delivery.revision(),
                  Annotations.RENDERED, delivery.rendered())));
    }
    var body = new PatchBody(workload);
    // Without its names a delivery would be forgotten as soon as it is written.
    if (!names.draft().obstacles().isEmpty()) {
      body.giveUp(names.draft());
      return body.patch(names.draft().obstacles(), List.of(), told.missing());
    }
    body.names(names);
    body.pod(pod);
    return body.patch(pod.draft().obstacles(), pod.draft().lost(), told.missing());
  }

  /// Whether the containers or volumes would change, and not only what is said of them.
  public static boolean changesPods(Workload workload, Delivery delivery) {
    var told = Containers.of(workload.pod(), delivery.containers()).names();
    return !PodDraft.delivery(workload, Ownership.of(workload), delivery, told, true)
        .spec()
        .isEmpty();
  }

  /// What only says who delivers: nothing in the pod template changes, so nobody restarts.
  public static GuestPatch mark(Workload workload, String deliveredBy) {
    var names = new Names(workload, Ownership.of(workload));
    names.mark(deliveredBy);
    var body = new PatchBody(workload);
    body.names(names);
    return body.patch(names.draft().obstacles(), List.of(), new TreeSet<>());
  }

  /// What takes everything of ours away, and leaves the workload as its owner wrote it.
  ///
  /// @param known as in [Delivery]
  public static GuestPatch release(Workload workload, Set<String> known) {
    var ownership = Ownership.of(workload);
    PodDraft pod = PodDraft.release(workload, ownership, known);
    var names = new Names(workload, ownership);
    names.remove();

    var body = new PatchBody(workload);
    body.names(names);
    body.pod(pod);
    body.leave(names, pod);
    return body.patch(pod.draft().obstacles(), List.of(), new TreeSet<>());
  }
}
