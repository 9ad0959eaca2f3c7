package dev.llmconfig.reconcile;

import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.Provider;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.ModelSettings;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.UsableKey;
import dev.llmconfig.plan.Listed;
import dev.llmconfig.plan.ReadList;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the list of a provider says of a model, out of the ConfigMap in which the list is kept
/// (decision 012). Only its metadata is watched: a list may be long, and the cache of the
/// controller of keys, which has it, is filled when that one likes. Each version is read once for
/// all ModelConfigs of the key.
///
/// What was not read is no empty list, or a status would change with every restart: what the watch
/// has not seen is looked up, and what is gone or damaged, which the key's controller puts right,
/// leaves standing what it said before.
final class ModelLists {

  /// How many are held, each of which may take a few megabytes. They are for the ModelConfigs that
  /// a change wakes together; what a list says of one model is remembered for as long as it is.
  static final int HELD = 8;

  private static final float LOAD = 0.75f;
  private static final int FORBIDDEN = 403;

  private final Function<Ref, Optional<? extends HasMetadata>> watched;
  private final UserObjects objects;
  private final Map<Ref, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, Held> lists =
      new LinkedHashMap<>(HELD, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<String, Held> eldest) {
          return size() > HELD;
        }
      };

  /// @param key its uid
  private record Question(String key, String endpoint, String model) {}

  /// @param version that gave it
  private record Answer(Question question, String version, Listed said) {}

  /// @param watched sees at least the metadata of a ConfigMap
  ModelLists(Function<Ref, Optional<? extends HasMetadata>> watched, UserObjects objects) {
    this.watched = watched;
    this.objects = objects;
  }

  Listed of(ModelSettings model, ApiKey key, UsableKey usable) {
    // What is called at Azure are deployments, and its list names models.
    if (!usable.models().discovered() || usable.provider() == Provider.AzureOpenAI) {
      return Listed.UNKNOWN;
    }
    var said =
        said(model.ref(), key, new Question(key.uid(), usable.endpoint().text(), model.model()));
    return usable.models().additional().stream().anyMatch(one -> one.id().equals(model.model()))
        ? said.byHand()
        : said;
  }

  void forget(Ref model) {
    answers.remove(model);
  }

  private Listed said(Ref model, ApiKey key, Question question) {
    var place = new Ref(key.ref().namespace(), ManagedNames.factsConfigMap(key.ref().name()));
    var version = watched.apply(place).map(ModelLists::version);
    var before =
        Optional.ofNullable(answers.get(model)).filter(one -> one.question().equals(question));
    if (version.isPresent() && before.map(Answer::version).equals(version)) {
      return before.map(Answer::said).orElseThrow();
    }
    var list = held(key).read(key, place, version, question.endpoint());
    if (list.isEmpty()) {
      return before.map(Answer::said).orElse(Listed.UNKNOWN);
    }
    var said = said(list.get(), question);
    answers.put(model, new Answer(question, version.orElse(""), said));
    return said;
  }

  /// The list of another place is no list of this one.
  private static Listed said(ReadList list, Question question) {
    return list.with().endpoint().equals(question.endpoint())
        ? Listed.of(list.list(), question.model())
        : Listed.UNKNOWN;
  }

  private Held held(ApiKey key) {
    synchronized (lists) {
      return lists.computeIfAbsent(key.uid(), _ -> new Held());
    }
  }

  private static String version(HasMetadata object) {
    return object.getMetadata().getUid() + " " + object.getMetadata().getResourceVersion();
  }

  /// The newest version of one list that was read.
  private final class Held {

    private String version = "";
    private Optional<ReadList> list = Optional.empty();

    /// A list of another endpoint may only be older than the key's own status.
    synchronized Optional<ReadList> read(
        ApiKey key, Ref place, Optional<String> seen, String endpoint) {
      if (seen.filter(version::equals).isEmpty()
          || list.filter(one -> one.with().endpoint().equals(endpoint)).isEmpty()) {
        var found = lookUp(place);
        var newest = found.map(ModelLists::version).orElse("");
        if (newest.isEmpty() || !newest.equals(version)) {
          list = FactsObject.read(key, found, Optional.empty()).facts().list();
          version = newest;
        }
      }
      return list;
    }

    private Optional<ConfigMap> lookUp(Ref place) {
      try {
        return objects.configMap(place);
      } catch (KubernetesClientException failed) {
        if (failed.getCode() == FORBIDDEN) {
          return Optional.empty();
        }
        throw failed;
      }
    }
  }
}
