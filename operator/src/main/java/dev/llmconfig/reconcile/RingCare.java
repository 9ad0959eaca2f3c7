package dev.llmconfig.reconcile;

import dev.llmconfig.plan.PlannedEvent;
import dev.llmconfig.plan.PlannedEvent.Reason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the key ring during a term: completes what somebody brought, and says on its Secret
/// what is wrong with it, once for each time.
final class RingCare implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RingCare.class);

  private static final int AGAIN_SECONDS = 10;

  private final KeyringSecret keyring;
  private final IntSupplier encrypted;
  private final EventWriter events;
  private final WritePermission permission;
  private final InstantSource clock;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("key-ring").factory());
  private final Encryptions.Subscription subscription;
  private KeyringSecret.State told = KeyringSecret.State.PRESENT;

  /// @param encrypted how many keys need the ring
  RingCare(
      KeyringSecret keyring,
      IntSupplier encrypted,
      EventWriter events,
      WritePermission permission,
      InstantSource clock) {
    this.keyring = keyring;
    this.encrypted = encrypted;
    this.events = events;
    this.permission = permission;
    this.clock = clock;
    subscription = keyring.onLook(this::wake);
    wake();
  }

  /// Whoever looked holds the ring, and must not wait for the API server.
  private void wake() {
    in(0);
  }

  private void in(int seconds) {
    try {
      var _ = looks.schedule(this::look, seconds, TimeUnit.SECONDS);
    } catch (RejectedExecutionException _) {
      // The term ended between the two.
    }
  }

  private void look() {
    try {
      keyring.complete(permission);
      var now = keyring.state();
      if (now != told) {
        tell(now);
        told = now;
      }
    } catch (WritePermission.NotLeading _) {
      // Whoever leads next does it.
    } catch (KubernetesClientException failed) {
      log.atWarn()
          .addKeyValue("code", failed.getCode())
          .log("The key ring could not be looked after; it is tried again");
      in(AGAIN_SECONDS);
    }
  }

  private void tell(KeyringSecret.State now) {
    switch (now) {
      case PRESENT, INCOMPLETE -> {}
      case REFUSED ->
          write(
              Reason.KeyRingRefused,
              "The key ring does not parse and is not taken; the one before stays in force."
                  + " Correct it, or restore it from the backup.");
      case MISSING -> {
        var waiting = encrypted.getAsInt();
        if (waiting > 0) {
          write(Reason.KeyRingMissing, missing(waiting));
        }
      }
    }
  }

  private String missing(int waiting) {
    var keys = keyring.place().keys();
    var restore =
        "The key ring is missing, and %d %s for it; agents run on. Restore it: kubectl apply --server-side -n %s -f keyring-backup.yaml."
            .formatted(waiting, waiting == 1 ? "key waits" : "keys wait", keys.namespace());
    return keyring.place().brought()
        ? restore
        : restore
            + " Without a backup: llmconfig keyring init --forget -n %s --name %s."
                .formatted(keys.namespace(), keys.name());
  }

  private void write(Reason reason, String message) {
    events.write(keyring.reference(), new PlannedEvent(reason, message), clock.instant());
  }

  @Override
  public void close() {
    subscription.close();
    looks.shutdownNow();
  }
}
