package dev.llmconfig.rest;

import dev.llmconfig.rest.shape.SecretKeys;
import dev.llmconfig.rest.shape.SecretName;
import dev.llmconfig.store.Looked;
import dev.llmconfig.store.SecretReads;
import java.util.List;
import java.util.Map;

/// The Secrets of the cluster, for whoever wants to name one of them as the place of a key. They
/// are in no row of ours: the API server is asked, and it decides.
final class SecretNames {

  static final List<String> SORTABLE = List.of("name", "createdAt");

  private static final Listing.Order<SecretName> ORDER =
      new Listing.Order<>(
          SecretName::id, Map.of("name", SecretName::name, "createdAt", SecretName::createdAt));

  private final Parts parts;

  SecretNames(Parts parts) {
    this.parts = parts;
  }

  Answer list(Asked asked) {
    var namespace =
        asked
            .query()
            .one("namespace")
            .filter(Door::isNamespace)
            .orElseThrow(() ->
                Refusal.of(
                    ProblemReason.NamespaceRequired,
                    "Secrets are listed for one namespace at a time."));
    var found =
        found(asked, parts.keys().secrets().in(asked.signedIn(), namespace)).stream()
            .map(SecretNames::shape)
            .filter(one -> Told.found(asked.query(), one.name()))
            .toList();
    return Answer.json(
        MirrorAnswers.page(Listing.of(found, ORDER, asked.query())).put("stale", false));
  }

  Answer one(Asked asked) {
    var ref =
        Asked.ref(asked.id())
            .filter(one -> Door.isNamespace(one.namespace()))
            .orElseThrow(() ->
                Refusal.of(
                    ProblemReason.NotFound, "An id is namespace and name with a dot between."));
    var names = found(asked, parts.keys().secrets().dataKeys(asked.signedIn(), ref));
    return Answer.json(new SecretKeys(Told.id(ref), ref.namespace(), ref.name(), names));
  }

  private <T> T found(Asked asked, Looked<T> looked) {
    return switch (looked) {
      case Looked.Found<T>(var value) -> value;
      case Looked.Not<T>(var why) ->
          throw NotDone.refusal(parts.access(), ProblemReason.NotFound, asked, why);
    };
  }

  private static SecretName shape(SecretReads.Listed one) {
    return new SecretName(
        Told.id(one.ref()),
        one.ref().namespace(),
        one.ref().name(),
        one.createdAt(),
        one.managed());
  }
}
