package dev.llmconfig.upkeep;

import dev.llmconfig.crypto.FernetKey;
import dev.llmconfig.crypto.KeyId;
import dev.llmconfig.crypto.KeyRing;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.reconcile.KeyringObject;
import dev.llmconfig.upkeep.OlderNeeds.Need;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The steps of a rotation. Each writes only over what it has read, so that of two people who work
/// at once neither loses a key of the other.
public final class RingWork {

  private static final int CONFLICT = 409;
  private static final int TRIES = 5;

  private final KubernetesClient client;
  private final OlderNeeds needs;
  private final Optional<String> namespace;
  private final Optional<String> name;

  /// A ring, the first of whose keys encrypts, and what needs one of the others.
  ///
  /// @param older what an older key of the ring is needed for
  /// @param unopened what no key of the ring opens
  public record Report(Ref ring, List<KeyId> keys, List<Need> older, List<Need> unopened) {
    public Report {
      keys = List.copyOf(keys);
      older = List.copyOf(older);
      unopened = List.copyOf(unopened);
    }
  }

  /// What was asked for was not done, because something needs an older key.
  public static final class Needed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Report report;

    Needed(Report report) {
      super("An older key is needed.", null, false, false);
      this.report = report;
    }

    public Report report() {
      return report;
    }
  }

  /// @param namespace where the ring is; empty to look for it everywhere
  /// @param name of its Secret; empty for the only one there is
  public RingWork(
      KubernetesClient client,
      OlderNeeds needs,
      Optional<String> namespace,
      Optional<String> name) {
    this.client = client;
    this.needs = needs;
    this.namespace = namespace;
    this.name = name;
  }

  /// Puts a new key in front.
  public Report add() {
    return untilNobodyInterferes(() -> {
      try (var held = HeldRing.find(client, namespace, name);
          var fresh = FernetKey.generate()) {
        held.refuseIfKept();
        var ring = held.ring().withFirst(fresh);
        set(held, ring);
        return new Report(held.ref(), ring.ids(), List.of(), List.of());
      }
    });
  }

  public Report status() {
    try (var held = HeldRing.find(client, namespace, name)) {
      return report(held);
    }
  }

  /// Ends a rotation.
  ///
  /// @throws Needed while anything but the first key is needed
  public Report dropOldest() {
    return untilNobodyInterferes(() -> {
      try (var held = HeldRing.find(client, namespace, name)) {
        held.refuseIfKept();
        if (held.ring().ids().size() == 1) {
          throw new Refused(
              "The key ring %s has one key only, and that one is never dropped; `llmconfig keyring add` puts a new one in front of it."
                  .formatted(held.ref()));
        }
        var report = report(held);
        if (!report.older().isEmpty()) {
          throw new Needed(report);
        }
        var ring = held.ring().withoutOldest();
        set(held, ring);
        return new Report(held.ref(), ring.ids(), List.of(), report.unopened());
      }
    });
  }

  private Report report(HeldRing held) {
    var found = needs.find(held.ring());
    return new Report(
        held.ref(),
        held.ring().ids(),
        found.stream().filter(need -> need.by().isPresent()).toList(),
        found.stream().filter(need -> need.by().isEmpty()).toList());
  }

  private void set(HeldRing held, KeyRing ring) {
    try (var text = ring.text()) {
      KeyringObject.set(client, held.secret(), Map.of(KeyringObject.KEYS, text));
    }
  }

  private static <T> T untilNobodyInterferes(Supplier<T> step) {
    for (int left = TRIES; ; left--) {
      try {
        return step.get();
      } catch (KubernetesClientException failed) {
        if (failed.getCode() != CONFLICT) {
          throw failed;
        }
        if (left == 1) {
          throw new Refused(
              "The key ring is being changed by somebody else all the time; nothing was changed,"
                  + " try again when they are done.");
        }
      }
    }
  }
}
