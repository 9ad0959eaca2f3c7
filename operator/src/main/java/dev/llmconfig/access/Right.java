package dev.llmconfig.access;

import java.util.List;

/// What somebody would do, in the words of RBAC.
///
/// @param namespace empty for all of them
/// @param name empty for all objects
public record Right(String verb, String group, String resource, String namespace, String name) {

  /// The group of our own kinds.
  public static final String OURS = "llmconfig.dev";

  /// Of that group.
  static final List<String> RESOURCES = List.of("apikeyconfigs", "modelconfigs");

  /// With objects of our own kinds, wherever they are.
  public static Right of(String verb, String resource) {
    return new Right(verb, OURS, resource, "", "");
  }

  public Right in(String place) {
    return new Right(verb, group, resource, place, name);
  }

  public Right called(String object) {
    return new Right(verb, group, resource, namespace, object);
  }

  /// As RBAC and `kubectl auth can-i` write it, such as `apikeyconfigs.llmconfig.dev`.
  public String qualifiedResource() {
    return group.isEmpty() ? resource : resource + "." + group;
  }
}
