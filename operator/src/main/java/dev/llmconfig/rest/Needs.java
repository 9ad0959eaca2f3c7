package dev.llmconfig.rest;

import java.util.List;

/// What a route asks of its caller. Every route has one.
sealed interface Needs {

  /// Nobody is asked who they are, so whatever they bring is nothing here.
  record Nobody() implements Needs {}

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

  /// That verb with a kind of somebody else, of which the API server itself decides when it is
  /// asked in the caller's name.
  record InCluster(String verb, String resource) implements Needs {}

  /// That verb with these kinds, as far as the query asks for them; the route asks.
  record InNamespacesAsked(String verb, List<String> resources) implements Needs {
    public InNamespacesAsked {
      resources = List.copyOf(resources);
    }
  }

  /// The rights of the writes that come of the body, of which the API server itself decides.
  record AsWritten() implements Needs {}

  /// The verb `use` on the config that the body names, or on the key that offers its model.
  record UseOfSent() implements Needs {}

  /// What is enough to be told what to commit: nothing is changed by it.
  default Needs forDrafts() {
    return switch (this) {
      case WithObject(_, var resource) -> new WithObject("get", resource);
      case InNamespaceOf(_, var resource) -> new InNamespaceOf("get", resource);
      case InNamespaceSent(_, var resource) -> new InNamespaceSent("get", resource);
      case Nobody _,
          Nothing _,
          SignedIn _,
          Listing _,
          InCluster _,
          InNamespacesAsked _,
          AsWritten _,
          WithWorkload _,
          UseOfSent _ ->
          this;
    };
  }

  /// Whether it can be had without credentials.
  default boolean open() {
    return this instanceof Nobody || this instanceof Nothing;
  }

  static Needs listing(String... resources) {
    return new Listing(List.of(resources));
  }
}
