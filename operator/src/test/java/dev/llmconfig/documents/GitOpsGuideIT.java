package dev.llmconfig.documents;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The guide to GitOps, as far as it is typed: the base of kustomize from this checkout, and the
/// ConfigMap of an Argo CD that has settings already.
@ExtendWith(ControlPlaneExtension.class)
class GitOpsGuideIT {

  private static final String ARGO_CD =
      """
      kubectl create namespace argocd
      kubectl create configmap argocd-cm -n argocd --from-literal=url=https://argocd.example.com
      """;

  @TempDir private Path folder;

  @Test
  void everyBlockDoesWhatIsSaid(ControlPlane plane) throws Exception {
    var page = Document.read(Document.root().resolve("docs/guides/gitops.md"));
    var reader = Example.empty(folder);
    var bases = page.blocks("yaml");
    assertThat(bases).hasSize(1);
    reader.write(
        "kustomization.yaml",
        bases
            .getFirst()
            .replace(
                "https://github.com/llmconfig/llm-config-operator/",
                folder.toRealPath().relativize(Document.root().toRealPath()).toString()));
    assertThat(reader.run("kubectl kustomize ."))
        .contains("kind: CustomResourceDefinition", "kind: Deployment", "namespace: llm-config");

    var commands = page.blocks("sh");
    assertThat(commands).hasSize(1);
    var argo = plane.admin().client().namespaces().withName("argocd");
    try {
      reader.run(ARGO_CD);
      reader.run(commands.getFirst().replace("helm/gitops/", Document.root() + "/helm/gitops/"));
      assertThat(reader.run("kubectl get configmap argocd-cm -n argocd -o yaml"))
          .contains(
              "url: https://argocd.example.com",
              "resource.customizations.health.llmconfig.dev_ApiKeyConfig",
              "resource.customizations.actions.llmconfig.dev_ModelConfig",
              "resource.customizations.health.argoproj.io_Application");
    } finally {
      argo.delete();
      argo.waitUntilCondition(Objects::isNull, 60, SECONDS);
    }
  }
}
