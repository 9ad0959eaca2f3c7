package dev.llmconfig.testing;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.awaitility.Awaitility;

/// The sealed-secrets controller of the control plane, which is there once for all tests. Whatever
/// a test does to it is undone when the test ends.
public final class SealedSecretsController {

  private static final String CRD = "sealedsecrets.bitnami.com";

  private final Path state;
  private final Actor admin;
  private Optional<CustomResourceDefinition> taken = Optional.empty();

  SealedSecretsController(Path state, Actor admin) {
    this.state = state;
    this.admin = admin;
  }

  /// What values are sealed with, in PEM.
  public byte[] certificate() {
    return admin
        .client()
        .secrets()
        .inNamespace("kube-system")
        .withLabel("sealedsecrets.bitnami.com/sealed-secrets-key", "active")
        .list()
        .getItems()
        .stream()
        .findFirst()
        .map(SealedSecretsController::certificate)
        .orElseThrow(() -> new IllegalStateException("The sealed-secrets controller has no key."));
  }

  /// It goes on when this is closed.
  @FunctionalInterface
  public interface Frozen extends AutoCloseable {
    @Override
    void close();
  }

  /// It lives, and does nothing any more.
  public Frozen freeze() {
    signal("STOP");
    return () -> signal("CONT");
  }

  /// With every SealedSecret in the cluster, as a person does who uninstalls it.
  public void removeApi() {
    taken = Optional.of(crd().require());
    crd().delete();
    Awaitility.await("the CRD of SealedSecrets to go")
        .atMost(Duration.ofSeconds(30))
        .until(() -> crd().get() == null);
  }

  public void restoreApi() {
    taken.ifPresent(crd -> {
      crd.setMetadata(
          new ObjectMetaBuilder()
              .withName(CRD)
              .withAnnotations(crd.getMetadata().getAnnotations())
              .build());
      crd.setStatus(null);
      admin.client().resource(crd).create();
      Awaitility.await("the CRD of SealedSecrets to be served")
          .atMost(Duration.ofSeconds(30))
          .until(() -> admin.client().supports("bitnami.com/v1alpha1", "SealedSecret"));
    });
    taken = Optional.empty();
  }

  private Resource<CustomResourceDefinition> crd() {
    return admin.client().apiextensions().v1().customResourceDefinitions().withName(CRD);
  }

  private static byte[] certificate(Secret key) {
    return Base64.getDecoder().decode(key.getData().get("tls.crt"));
  }

  private void signal(String signal) {
    try {
      var pid = Files.readString(state.resolve("control-plane/run/sealed-secrets.pid")).strip();
      var process = new ProcessBuilder("kill", "-s", signal, pid).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("The sealed-secrets controller does not run.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a signal was sent.", e);
    }
  }
}
