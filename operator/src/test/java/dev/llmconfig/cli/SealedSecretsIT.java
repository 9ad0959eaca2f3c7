package dev.llmconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.api.SealingScope;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What `llmconfig seal` prints, given to the real sealed-secrets controller.
@ExtendWith(ControlPlaneExtension.class)
class SealedSecretsIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KEY = "sk-proj-0123456789abcdefghijklmnop";

  private static final ResourceDefinitionContext SEALED_SECRETS =
      new ResourceDefinitionContext.Builder()
          .withGroup("bitnami.com")
          .withVersion("v1alpha1")
          .withKind("SealedSecret")
          .withPlural("sealedsecrets")
          .withNamespaced(true)
          .build();

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void theControllerOpensItInItsScope(SealingScope scope, ControlPlane plane) throws IOException {
    String sealed = sealed(plane, scope);

    create(plane, "openai-sealed", sealed, annotations(scope));

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(unsealed(plane, "openai-sealed")).hasValue(KEY));
  }

  @ParameterizedTest
  @EnumSource(names = {"NamespaceWide", "ClusterWide"})
  void aWiderScopeLetsTheNameBeAnother(SealingScope scope, ControlPlane plane) throws IOException {
    create(plane, "renamed-sealed", sealed(plane, scope), annotations(scope));

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(unsealed(plane, "renamed-sealed")).hasValue(KEY));
  }

  @ParameterizedTest
  @EnumSource
  void underTheAnnotationOfAnotherScopeItStaysSealed(SealingScope scope, ControlPlane plane)
      throws IOException {
    SealingScope other =
        scope == SealingScope.Strict ? SealingScope.ClusterWide : SealingScope.Strict;

    create(plane, "openai-sealed", sealed(plane, scope), annotations(other));

    awaitRefusal(plane, "openai-sealed");
  }

  @ParameterizedTest
  @EnumSource(names = "Strict")
  void aStrictOneStaysSealedUnderAnotherName(SealingScope scope, ControlPlane plane)
      throws IOException {
    create(plane, "renamed-sealed", sealed(plane, scope), annotations(scope));

    awaitRefusal(plane, "renamed-sealed");
  }

  private String sealed(ControlPlane plane, SealingScope scope) throws IOException {
    Path certificate = folder.resolve("certificate.pem");
    Files.writeString(certificate, certificate(plane));

    Run run =
        Run.of(
            KEY,
            "seal",
            "--cert=" + certificate,
            "--scope=" + scope,
            "--namespace=" + plane.namespace(),
            "--name=openai");

    assertThat(run.err()).isEmpty();
    return run.out().strip();
  }

  private static String certificate(ControlPlane plane) {
    Secret active =
        plane
            .admin()
            .client()
            .secrets()
            .inNamespace("kube-system")
            .withLabel("sealedsecrets.bitnami.com/sealed-secrets-key", "active")
            .list()
            .getItems()
            .stream()
            .findFirst()
            .orElseThrow(() -> new AssertionError("the sealed-secrets controller has no key"));
    return decoded(active, "tls.crt");
  }

  private static void create(
      ControlPlane plane, String name, String sealed, Map<String, String> annotations) {
    var template = Map.of("metadata", Map.of("name", name, "annotations", annotations));
    var object =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("bitnami.com/v1alpha1")
            .withKind("SealedSecret")
            .withNewMetadata()
            .withName(name)
            .withNamespace(plane.namespace())
            .withAnnotations(annotations)
            .endMetadata()
            .addToAdditionalProperties(
                "spec", Map.of("encryptedData", Map.of("api-key", sealed), "template", template))
            .build();
    plane.admin().client().resource(object).create();
  }

  private static Map<String, String> annotations(SealingScope scope) {
    return switch (scope) {
      case Strict -> Map.of();
      case NamespaceWide -> Map.of("sealedsecrets.bitnami.com/namespace-wide", "true");
      case ClusterWide -> Map.of("sealedsecrets.bitnami.com/cluster-wide", "true");
    };
  }

  private static Optional<String> unsealed(ControlPlane plane, String name) {
    return Optional.ofNullable(
            plane.admin().client().secrets().inNamespace(plane.namespace()).withName(name).get())
        .map(secret -> decoded(secret, "api-key"));
  }

  private static void awaitRefusal(ControlPlane plane, String name) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(conditions(plane, name)).contains(Map.of("Synced", "False")));
    assertThat(unsealed(plane, name)).isEmpty();
  }

  private static List<Map<String, String>> conditions(ControlPlane plane, String name) {
    GenericKubernetesResource object =
        plane
            .admin()
            .client()
            .genericKubernetesResources(SEALED_SECRETS)
            .inNamespace(plane.namespace())
            .withName(name)
            .get();
    List<Map<String, Object>> all = object.get("status", "conditions");
    return Optional.ofNullable(all).orElse(List.of()).stream()
        .map(one -> Map.of(String.valueOf(one.get("type")), String.valueOf(one.get("status"))))
        .toList();
  }

  private static String decoded(Secret secret, String key) {
    String base64 = Objects.requireNonNull(secret.getData().get(key), key);
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
