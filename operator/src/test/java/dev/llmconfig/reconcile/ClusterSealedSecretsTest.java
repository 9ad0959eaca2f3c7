package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigStatus;
import dev.llmconfig.api.v1alpha1.Note;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.plan.StatusNote;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// After a restart there is no watch before something is known to be there, so the status must
/// remember it.
class ClusterSealedSecretsTest {

  @Test
  void aKeyThatSaysNothingOfASealedSecretHasNone() {
    assertThat(traced(_ -> {})).isFalse();
  }

  @Test
  void thatNoneCouldBeOpenedIsATrace() {
    assertThat(
            traced(status ->
                status.setConditions(
                    List.of(
                        new ConditionBuilder()
                            .withType("Resolved")
                            .withStatus("False")
                            .withReason("UnsealFailed")
                            .build()))))
        .isTrue();
  }

  @Test
  void thatOneIsKeptIsATrace() {
    var note = new Note();
    note.setReason(StatusNote.SEALED_SECRET_KEPT);

    assertThat(traced(status -> status.setNotes(List.of(note)))).isTrue();
  }

  private static boolean traced(Consumer<ApiKeyConfigStatus> said) {
    var status = new ApiKeyConfigStatus();
    said.accept(status);
    var key = new ApiKeyConfig();
    key.setStatus(status);
    try (var client = new KubernetesClientBuilder().withConfig(Config.empty()).build()) {
      var sealed = new ClusterSealedSecrets(client, new SealedSecretWatch(client, Set.of()));
      sealed.lookInto(_ -> Optional.of(key), _ -> Optional.empty());
      return sealed.traced(new Ref("team", "x"));
    }
  }
}
