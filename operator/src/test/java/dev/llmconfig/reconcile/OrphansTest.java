package dev.llmconfig.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.api.Labels;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.api.v1alpha1.ModelConfigSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrphansTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant LATER = NOW.plus(Orphans.PATIENCE);

  private final Models models = new Models();
  private final Orphans orphans = new Orphans(Neighbours.of(models));
  private final HasMetadata agent = workload("support", "support");

  @Test
  void itIsReleasedAfterAWhile() {
    assertThat(orphans.among(List.of(agent), NOW)).isEmpty();
    assertThat(orphans.among(List.of(agent), LATER.minusSeconds(1))).isEmpty();
    assertThat(orphans.among(List.of(agent), LATER)).containsExactly(agent);
  }

  @Test
  void aModelConfigThatComesBackInTimeFindsEverythingAsItWas() {
    orphans.among(List.of(agent), NOW);
    models.add("support", false);
    assertThat(orphans.among(List.of(agent), LATER)).isEmpty();

    models.all.clear();
    assertThat(orphans.among(List.of(agent), LATER.plusSeconds(1))).isEmpty();
  }

  @Test
  void whatAnotherTakesOverIsLeftToIt() {
    models.add("other", false);
    models.add("main", true);
    var handedOver = workload("other", "support");
    var follower = workload(Labels.DEFAULT, "support");
    assertThat(later(handedOver, follower)).isEmpty();
  }

  @Test
  void aFollowerOfADefaultThatIsGoneIsOne() {
    assertThat(later(workload(Labels.DEFAULT, "main"))).hasSize(1);
  }

  @Test
  void whatWasNeverDeliveredIsNone() {
    assertThat(later(workload("support", ""))).isEmpty();
  }

  private List<HasMetadata> later(HasMetadata... workloads) {
    orphans.among(List.of(workloads), NOW);
    return orphans.among(List.of(workloads), LATER);
  }

  private static HasMetadata workload(String label, String deliveredBy) {
    var labels = new HashMap<>(Map.of(Labels.MODEL_CONFIG, label));
    if (!deliveredBy.isEmpty()) {
      labels.put(Labels.DELIVERED_BY, deliveredBy);
    }
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("agent")
        .withNamespace("team-a")
        .withUid(label + deliveredBy)
        .withLabels(labels)
        .endMetadata()
        .build();
  }

  private static final class Models implements IndexerResourceCache<ModelConfig> {

    private final Map<ResourceID, ModelConfig> all = new HashMap<>();
    private final Map<String, Function<ModelConfig, List<String>>> indexers = new TreeMap<>();

    void add(String name, boolean isDefault) {
      var model = new ModelConfig();
      model.getMetadata().setNamespace("team-a");
      model.getMetadata().setName(name);
      model.getMetadata().setCreationTimestamp("2026-11-01T00:00:00Z");
      model.setSpec(new ModelConfigSpec());
      model.getSpec().setIsDefault(isDefault);
      all.put(ResourceID.fromResource(model), model);
    }

    @Override
    public Optional<ModelConfig> get(ResourceID id) {
      return Optional.ofNullable(all.get(id));
    }

    @Override
    public Stream<ResourceID> keys() {
      return all.keySet().stream();
    }

    @Override
    public Stream<ModelConfig> list(Predicate<ModelConfig> predicate) {
      return all.values().stream().filter(predicate);
    }

    @Override
    public Stream<ModelConfig> list(String namespace, Predicate<ModelConfig> predicate) {
      return list(predicate);
    }

    @Override
    public void addIndexers(Map<String, Function<ModelConfig, List<String>>> added) {
      indexers.putAll(added);
    }

    @Override
    public List<ModelConfig> byIndex(String index, String key) {
      var indexer = indexers.getOrDefault(index, _ -> List.of());
      return all.values().stream().filter(model -> indexer.apply(model).contains(key)).toList();
    }
  }
}
