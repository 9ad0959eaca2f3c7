package dev.llmconfig.store.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.ManagedNames;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ModelConfig;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ObjectKind;
import dev.llmconfig.mirror.ObjectRows;
import dev.llmconfig.mirror.RowChange;
import dev.llmconfig.store.local.Ledger.Kind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The objects, and the rows that are made of them. Every change goes through here, so an object
/// and its row cannot say different things.
public final class LocalObjects {

  private static final ScopedValue<Desk> DESK = ScopedValue.newInstance();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Ledger ledger;
  private final ObjectRows rows;
  private final KubernetesSerialization beans = new KubernetesSerialization();
  private final List<Consumer<Set<Ref>>> listeners = new CopyOnWriteArrayList<>();

  public LocalObjects(Ledger ledger, ObjectRows rows) {
    this.ledger = ledger;
    this.rows = rows;
    ledger.change(page -> {
      page.showAll(new Shelf(page).rows());
      return true;
    });
  }

  /// Is told after each commit which objects are not as they were; keys and model configurations by
  /// their names, since whoever cares looks at both.
  public void onChange(Consumer<Set<Ref>> listener) {
    listeners.add(listener);
  }

  /// All of it, or nothing when it throws. Within a change it is a part of that.
  public <T> T change(Function<Desk, T> work) {
    if (DESK.isBound()) {
      return work.apply(DESK.get());
    }
    var touched = new LinkedHashSet<Ref>();
    var answer =
        ledger.change(page -> {
          var desk = new Desk(page);
          var done = ScopedValue.where(DESK, desk).call(() -> work.apply(desk));
          desk.show();
          touched.addAll(desk.touched());
          return done;
        });
    if (!touched.isEmpty()) {
      listeners.forEach(listener -> listener.accept(touched));
    }
    return answer;
  }

  public <T> T look(Function<Shelf, T> work) {
    return DESK.isBound()
        ? work.apply(DESK.get())
        : ledger.look(view -> work.apply(new Shelf(view)));
  }

  /// A state of the objects.
  public class Shelf {

    private final Ledger.View view;

    private Shelf(Ledger.View view) {
      this.view = view;
    }

    public Optional<ObjectNode> tree(Kind kind, Ref ref) {
      return view.find(kind, ref).map(LocalObjects::parsed);
    }

    public List<Ref> refs(Kind kind) {
      return trees(kind).stream().map(LocalObjects::ref).toList();
    }

    /// What the store itself has to remember.
    public Optional<String> setting(String name) {
      return view.setting(name);
    }

    /// Whether that was done to the store once.
    public boolean migrated(String name) {
      return view.migrated(name);
    }

    public List<ObjectNode> trees(Kind kind) {
      return view.all(kind).stream().map(LocalObjects::parsed).toList();
    }

    public Optional<ApiKeyConfig> key(Ref ref) {
      return bean(Kind.ApiKeyConfig, ref, ApiKeyConfig.class);
    }

    public Optional<ModelConfig> model(Ref ref) {
      return bean(Kind.ModelConfig, ref, ModelConfig.class);
    }

    public List<ApiKeyConfig> keys() {
      return beans(Kind.ApiKeyConfig, ApiKeyConfig.class);
    }

    public List<ModelConfig> models() {
      return beans(Kind.ModelConfig, ModelConfig.class);
    }

    public Optional<Secret> secret(Ref ref) {
      return bean(Kind.Secret, ref, Secret.class);
    }

    public Optional<ConfigMap> configMap(Ref ref) {
      return bean(Kind.ConfigMap, ref, ConfigMap.class);
    }

    /// What holds the key in use.
    public Optional<Secret> held(Ref key) {
      return secret(new Ref(key.namespace(), ManagedNames.encryptedSecret(key.name())));
    }

    /// What was found out about it.
    public Optional<ConfigMap> facts(Ref key) {
      return configMap(new Ref(key.namespace(), ManagedNames.factsConfigMap(key.name())));
    }

    private List<RowChange> rows() {
      var all = new ArrayList<RowChange>();
      for (var key : keys()) {
        var ref = new Ref(key.getMetadata().getNamespace(), key.getMetadata().getName());
        all.addAll(rows.of(key, held(ref), facts(ref)));
      }
      models().forEach(model -> all.addAll(rows.of(model)));
      return all;
    }

    private <T> Optional<T> bean(Kind kind, Ref ref, Class<T> type) {
      return view.find(kind, ref).map(json -> beans.unmarshal(json, type));
    }

    private <T> List<T> beans(Kind kind, Class<T> type) {
      return view.all(kind).stream().map(json -> beans.unmarshal(json, type)).toList();
    }
  }

  /// One change in the making.
  public final class Desk extends Shelf {

    private final Ledger.Page page;
    private final Set<Ref> keys = new LinkedHashSet<>();
    private final Set<Ref> models = new LinkedHashSet<>();

    /// Models of which only the status is new, which nothing else depends on.
    private final Set<Ref> told = new LinkedHashSet<>();

    private Desk(Ledger.Page page) {
      super(page);
      this.page = page;
    }

    /// In place of what has its name; it gets a version of its own.
    public ObjectNode put(Kind kind, ObjectNode object) {
      var ref = ref(object);
      object.withObjectProperty("metadata").put("resourceVersion", Long.toString(page.next()));
      page.put(kind, ref, object.toString());
      touch(kind, ref, object);
      return object;
    }

    /// The same of an object in the form of a class.
    public void put(Kind kind, Object bean) {
      put(kind, json(bean));
    }

    /// What is said of an object that is as it was seen.
    ///
    /// @return whether it still is
    public boolean say(Kind kind, Ref ref, String resourceVersion, Object status) {
      var there = tree(kind, ref).filter(object -> hasVersion(object, resourceVersion));
      there.ifPresent(object -> {
        object.set("status", json(status));
        signed(object);
        var concerned = models.contains(ref);
        put(kind, object);
        if (kind == Kind.ModelConfig && !concerned) {
          told.add(ref);
        }
      });
      return there.isPresent();
    }

    /// The record of who said it, as a cluster would keep it: by that one tells a change of a
    /// person from a word about it.
    private static void signed(ObjectNode object) {
      var meta = object.withObjectProperty("metadata");
      var records = JSON.createArrayNode();
      var time = "";
      for (var record : meta.path("managedFields")) {
        if (record.path("subresource").asText().isEmpty()) {
          records.add(record);
          time = record.path("time").asText();
        }
      }
      records
          .addObject()
          .put("manager", FieldManagers.OPERATOR)
          .put("operation", "Apply")
          .put("subresource", "status")
          .put("time", time);
      meta.set("managedFields", records);
    }

    /// Whether it is there as it was seen.
    public boolean isAt(Kind kind, Ref ref, String resourceVersion) {
      return tree(kind, ref).filter(object -> hasVersion(object, resourceVersion)).isPresent();
    }

    public void remove(Kind kind, Ref ref) {
      tree(kind, ref)
          .ifPresent(gone -> {
            page.remove(kind, ref);
            touch(kind, ref, gone);
          });
    }

    public void keepSetting(String name, String value) {
      page.keepSetting(name, value);
    }

    /// Rows of what is no object here; the next start has none of them.
    public void show(List<RowChange> others) {
      page.show(others);
    }

    public void markMigrated(String name) {
      page.markMigrated(name);
    }

    private void touch(Kind kind, Ref ref, ObjectNode object) {
      switch (kind) {
        case ApiKeyConfig -> keys.add(ref);
        case ModelConfig -> models.add(ref);
        case Secret, ConfigMap -> keys.add(owner(object));
      }
    }

    private void show() {
      var changes = new ArrayList<RowChange>();
      for (var ref : keys) {
        changes.addAll(
            key(ref)
                .map(key -> rows.of(key, held(ref), facts(ref)))
                .orElseGet(() -> List.of(new RowChange.Gone(ObjectKind.ApiKeyConfig, ref))));
      }
      for (var ref : models) {
        changes.addAll(
            model(ref)
                .map(rows::of)
                .orElseGet(() -> List.of(new RowChange.Gone(ObjectKind.ModelConfig, ref))));
      }
      if (!changes.isEmpty()) {
        page.show(changes);
      }
    }

    private Set<Ref> touched() {
      var all = new LinkedHashSet<Ref>();
      all.addAll(keys);
      models.stream().filter(model -> !told.contains(model)).forEach(all::add);
      return all;
    }
  }

  /// Whether two objects in the form of classes say the same.
  public boolean same(@Nullable Object one, @Nullable Object other) {
    return one == null ? other == null : other != null && json(one).equals(json(other));
  }

  private static boolean hasVersion(ObjectNode object, String resourceVersion) {
    return object.path("metadata").path("resourceVersion").asText().equals(resourceVersion);
  }

  private ObjectNode json(Object bean) {
    return parsed(beans.asJson(bean));
  }

  private static Ref ref(ObjectNode object) {
    var meta = object.path("metadata");
    return new Ref(meta.path("namespace").asText(), meta.path("name").asText());
  }

  /// What belongs to a key has its owner's name in the first reference.
  private static Ref owner(JsonNode object) {
    var meta = object.path("metadata");
    return new Ref(
        meta.path("namespace").asText(),
        meta.path("ownerReferences").path(0).path("name").asText());
  }

  static ObjectNode parsed(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("the ledger holds what was written to it", damaged);
    }
  }
}
