package dev.llmconfig.agents;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lists as the operator does, in pages: ten thousand in one piece take longer than a request may.
final class Listed {

  private static final long AT_ONCE = 500;

  private Listed() {}

  static <T extends HasMetadata, L extends KubernetesResourceList<T>> void each(
      Listable<L> listing, Consumer<T> look) {
    @Nullable String next = null;
    do {
      var page =
          listing.list(new ListOptionsBuilder().withLimit(AT_ONCE).withContinue(next).build());
      // A namespace without any is listed as null.
      Objects.requireNonNullElse(page.getItems(), List.<T>of()).forEach(look);
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
  }

  static <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> all(
      Listable<L> listing) {
    var all = new ArrayList<T>();
    each(listing, all::add);
    return all;
  }
}
