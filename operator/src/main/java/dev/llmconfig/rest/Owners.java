package dev.llmconfig.rest;

import dev.llmconfig.domain.Keeper;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ObjectVersion;
import dev.llmconfig.rest.shape.ManagedBy;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which tool holds an object, and where people see it there.
///
/// @param argocd the address of Argo CD's own page; empty where nobody has named it
record Owners(Optional<URI> argocd) {

  /// A name as Kubernetes takes it, behind the namespace where applications may be in any. What is
  /// noted on an object can be any text, and no part of an address is made of any text.
  private static final Pattern APPLICATION =
      Pattern.compile(
          "(?:(?<namespace>[a-z0-9][-a-z0-9]{0,62})_)?(?<name>[a-z0-9][-a-z0-9.]{0,252})");

  /// @param groupKind as Argo CD writes it, such as `llmconfig.dev/ModelConfig`
  @Nullable ManagedBy of(ObjectVersion version, String groupKind, Ref ref) {
    return version
        .keeper(groupKind, ref)
        .map(keeper ->
            new ManagedBy(
                keeper.tool(), Told.unlessEmpty(keeper.name()), keeper.editable(), link(keeper)))
        .orElse(null);
  }

  private @Nullable String link(Keeper keeper) {
    var application = APPLICATION.matcher(keeper.name());
    if (keeper.tool() != Keeper.Tool.ArgoCD || argocd.isEmpty() || !application.matches()) {
      return null;
    }
    var namespace = application.group("namespace");
    return "%s/applications/%s%s"
        .formatted(
            argocd.get().toString().replaceFirst("/+$", ""),
            namespace == null ? "" : namespace + "/",
            application.group("name"));
  }
}
