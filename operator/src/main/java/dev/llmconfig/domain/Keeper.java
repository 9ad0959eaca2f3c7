package dev.llmconfig.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tool whose word about an object counts: what is written past it, it takes back.
///
/// @param name what the tool calls the thing that holds the object; empty where it has no name
/// @param editable nobody takes back what is saved, though somebody may be surprised
public record Keeper(Tool tool, String name, boolean editable) {

  /// The tools that are known by their signs.
  public enum Tool {
    ArgoCD,
    Flux,
    Helm,
    Controller,
    ConfigManagement,
    Kustomize,
    Kubectl
  }

  private static final String ARGO = "argocd.argoproj.io/";
  private static final String FLUX = "kustomize.toolkit.fluxcd.io/";
  private static final String FLUX_HELM = "helm.toolkit.fluxcd.io/";

  /// What an object carries.
  ///
  /// @param controller kind and name of its controlling owner; empty for none
  public record Signs(
      Map<String, String> labels,
      Map<String, String> annotations,
      List<String> managers,
      Map<String, String> controller) {
    public Signs {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
      managers = List.copyOf(managers);
      controller = Map.copyOf(controller);
    }
  }

  /// The one rule: first those that take changes back, then those that only surprise.
  ///
  /// @param self the object as Argo CD names it, such as `llmconfig.dev/ModelConfig:agents/support`
  public static Optional<Keeper> of(Signs signs, String self) {
    return argo(signs, self)
        .or(() -> flux(signs))
        .or(() -> helm(signs))
        .or(() -> controller(signs))
        .or(() -> hand(signs));
  }

  private static Optional<Keeper> argo(Signs signs, String self) {
    var tracking = signs.annotations().getOrDefault(ARGO + "tracking-id", "");
    // A copied object carries the id of its original.
    if (tracking.endsWith(":" + self)) {
      return readOnly(Tool.ArgoCD, tracking.substring(0, tracking.length() - self.length() - 1));
    }
    var instance = signs.labels().getOrDefault(ARGO + "instance", "");
    return !instance.isEmpty() || signs.managers().contains("argocd-controller")
        ? readOnly(Tool.ArgoCD, instance)
        : Optional.empty();
  }

  private static Optional<Keeper> flux(Signs signs) {
    if ("disabled".equals(signs.annotations().get(FLUX + "reconcile"))) {
      return Optional.empty();
    }
    for (var prefix : List.of(FLUX, FLUX_HELM)) {
      var name = signs.labels().getOrDefault(prefix + "name", "");
      if (!name.isEmpty()) {
        var namespace = signs.labels().getOrDefault(prefix + "namespace", "");
        return readOnly(Tool.Flux, namespace.isEmpty() ? name : namespace + "/" + name);
      }
    }
    return Optional.empty();
  }

  private static Optional<Keeper> helm(Signs signs) {
    var release = signs.annotations().getOrDefault("meta.helm.sh/release-name", "");
    return "Helm".equals(signs.labels().get("app.kubernetes.io/managed-by")) && !release.isEmpty()
        ? readOnly(Tool.Helm, release)
        : Optional.empty();
  }

  private static Optional<Keeper> controller(Signs signs) {
    if (!signs.controller().isEmpty()) {
      return readOnly(
          Tool.Controller,
          "%s %s"
              .formatted(
                  signs.controller().getOrDefault("kind", ""),
                  signs.controller().getOrDefault("name", ""))
              .strip());
    }
    return signs.labels().containsKey("configmanagement.gke.io/managed")
            || signs.annotations().containsKey("configmanagement.gke.io/managed")
        ? readOnly(Tool.ConfigManagement, "")
        : Optional.empty();
  }

  private static Optional<Keeper> hand(Signs signs) {
    if (signs.labels().getOrDefault("app.kubernetes.io/managed-by", "").startsWith("kustomize-")
        || signs.annotations().containsKey("config.kubernetes.io/origin")) {
      return Optional.of(new Keeper(Tool.Kustomize, "", true));
    }
    return signs.managers().stream().anyMatch(name -> name.startsWith("kubectl"))
        ? Optional.of(new Keeper(Tool.Kubectl, "", true))
        : Optional.empty();
  }

  private static Optional<Keeper> readOnly(Tool tool, String name) {
    return Optional.of(new Keeper(tool, name, false));
  }
}
