package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/// What the framework makes for each, and leaves to itself.
class OperatorsTest {

  @Test
  void theirTimersHaveAThreadAndEndWithThem() {
    try (var client = new KubernetesClientBuilder().withConfig(Config.empty()).build()) {
      var keys = operator(client);
      var models = operator(client);
      var both = new Operators(keys, models);

      assertThat(List.of(timer(keys), timer(models)))
          .allSatisfy(timer -> {
            assertThat(timer.getCorePoolSize()).isEqualTo(1);
            assertThat(timer.isShutdown()).isFalse();
          });

      both.stop();

      assertThat(List.of(timer(keys), timer(models)))
          .allMatch(ScheduledThreadPoolExecutor::isShutdown);
    }
  }

  private static Operator operator(KubernetesClient client) {
    return new Operator(
        service -> service.withKubernetesClient(client).withCloseClientOnStop(false));
  }

  private static ScheduledThreadPoolExecutor timer(Operator one) {
    return (ScheduledThreadPoolExecutor)
        one.getConfigurationService().getExecutorServiceManager().scheduledExecutorService();
  }
}
