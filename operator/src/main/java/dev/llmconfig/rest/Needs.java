package dev.llmconfig.rest;

import java.util.List;

/// What a route asks of its caller. Every route has one.
sealed interface Needs {

  /// Nobody needs to be signed in.
  record Nothing() implements Needs {}

  /// Whoever the API server knows.
  record SignedIn() implements Needs {}

  /// Namespaces where they may list one of these; the answer shows those and no others.
  record Listing(List<String> resources) implements Needs {
    public Listing {
      resources = List.copyOf(resources);
    }
  }

  /// That verb with the object that the path names.
  record WithObject(String verb, String resource) implements Needs {}

  /// That verb with the kind, in the namespace of the object that the path names.
  record InNamespaceOf(String verb, String resource) implements Needs {}

  /// That verb with the workload that the path names.
  record WithWorkload(String verb) implements Needs {}

  /// That verb with the kind, in the namespace that the body names.
  record InNamespaceSent(String verb, String resource) implements Needs {}

  /// The verb `use` on the config that the body names, or on the key that offers its model.
  record UseOfSent() implements Needs {}

  static Needs listing(String... resources) {
    return new Listing(List.of(resources));
  }
}
