package dev.llmconfig.plan.delivery;

import dev.llmconfig.guest.GuestPatch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/// One patch of one workload.
///
/// @param needs what must be there before it is sent
public record WorkloadWrite(HasMetadata object, GuestPatch patch, List<Need> needs) {

  public WorkloadWrite {
    needs = List.copyOf(needs);
  }

  /// The patch as it is sent.
  public String body() {
    return patch.body().orElseThrow();
  }
}
