package dev.llmconfig.upkeep;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Goes through many objects without holding more than one page of them.
final class Pages {

  private static final long SIZE = 200;
  private static final int GONE = 410;
  private static final int STARTS = 3;

  private Pages() {}

  /// When the API server has forgotten where it was, all begins anew: who looks must not mind to
  /// see an object twice.
  static <T extends HasMetadata, L extends KubernetesResourceList<T>> void each(
      Listable<L> listing, Consumer<T> look) {
    for (int start = 1; ; start++) {
      try {
        once(listing, look);
        return;
      } catch (KubernetesClientException failed) {
        if (failed.getCode() != GONE || start == STARTS) {
          throw failed;
        }
      }
    }
  }

  private static <T extends HasMetadata, L extends KubernetesResourceList<T>> void once(
      Listable<L> listing, Consumer<T> look) {
    @Nullable String next = null;
    do {
      var page = listing.list(new ListOptionsBuilder().withLimit(SIZE).withContinue(next).build());
      // A namespace without any is listed as null.
      Objects.requireNonNullElse(page.getItems(), List.<T>of()).forEach(look);
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
  }
}
