package dev.llmconfig.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.domain.Keeper.Signs;
import dev.llmconfig.domain.Keeper.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeeperTest {

  private static final String SELF = "llmconfig.dev/ModelConfig:agents/support";

  @Test
  void argoIsKnownByAnIdOfThisVeryObjectItsLabelOrItsManager() {
    assertThat(annotated("argocd.argoproj.io/tracking-id", "llm-team-a:" + SELF))
        .contains(new Keeper(Tool.ArgoCD, "llm-team-a", false));
    assertThat(annotated("argocd.argoproj.io/tracking-id", "llm-team-a:" + SELF + "-copy"))
        .isEmpty();
    assertThat(labelled(Map.of("argocd.argoproj.io/instance", "llm")))
        .contains(new Keeper(Tool.ArgoCD, "llm", false));
    assertThat(managed("argocd-controller")).contains(new Keeper(Tool.ArgoCD, "", false));
  }

  @Test
  void fluxIsKnownByItsLabelsUnlessItWasToldToStayAway() {
    var labels =
        Map.of(
            "kustomize.toolkit.fluxcd.io/name", "apps",
            "kustomize.toolkit.fluxcd.io/namespace", "flux-system");
    assertThat(labelled(labels)).contains(new Keeper(Tool.Flux, "flux-system/apps", false));
    assertThat(
            Keeper.of(
                new Signs(
                    labels,
                    Map.of("kustomize.toolkit.fluxcd.io/reconcile", "disabled"),
                    List.of(),
                    Map.of()),
                SELF))
        .isEmpty();
    assertThat(labelled(Map.of("helm.toolkit.fluxcd.io/name", "apps")))
        .contains(new Keeper(Tool.Flux, "apps", false));
  }

  @Test
  void helmNeedsBothOfItsSigns() {
    var label = Map.of("app.kubernetes.io/managed-by", "Helm");
    assertThat(labelled(label)).isEmpty();
    assertThat(
            Keeper.of(
                new Signs(label, Map.of("meta.helm.sh/release-name", "llm"), List.of(), Map.of()),
                SELF))
        .contains(new Keeper(Tool.Helm, "llm", false));
  }

  @Test
  void aControllerOwnsWhatItControls() {
    assertThat(
            Keeper.of(
                new Signs(Map.of(), Map.of(), List.of(), Map.of("kind", "Agent", "name", "chat")),
                SELF))
        .contains(new Keeper(Tool.Controller, "Agent chat", false));
    assertThat(labelled(Map.of("configmanagement.gke.io/managed", "enabled")))
        .contains(new Keeper(Tool.ConfigManagement, "", false));
  }

  @Test
  void whatWasMadeByHandCanBeEdited() {
    assertThat(managed("kubectl-client-side-apply")).contains(new Keeper(Tool.Kubectl, "", true));
    assertThat(annotated("config.kubernetes.io/origin", "path: a.yaml"))
        .contains(new Keeper(Tool.Kustomize, "", true));
    assertThat(labelled(Map.of("app.kubernetes.io/managed-by", "kustomize-v5.0.0")))
        .contains(new Keeper(Tool.Kustomize, "", true));
    assertThat(managed("llm-config-operator")).isEmpty();
  }

  private static Optional<Keeper> labelled(Map<String, String> labels) {
    return Keeper.of(new Signs(labels, Map.of(), List.of(), Map.of()), SELF);
  }

  private static Optional<Keeper> annotated(String name, String value) {
    return Keeper.of(new Signs(Map.of(), Map.of(name, value), List.of(), Map.of()), SELF);
  }

  private static Optional<Keeper> managed(String manager) {
    return Keeper.of(new Signs(Map.of(), Map.of(), List.of(manager), Map.of()), SELF);
  }
}
