package dev.llmconfig.keys;

import static dev.llmconfig.keys.KeyStage.eventually;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What people do to a key, and the writes of the operator that come of it.
enum KeyStory {
  FirstKey(KeyStory.STRIPS, KeyStory.REPORTS, KeyStory.LISTS, KeyStory.CREATES, KeyStory.REPORTS) {
    @Override
    void prepare(KeyStage stage, String name) {}

    @Override
    void act(KeyStage stage, String name) {
      // The Secret first, so that it is not missed for a moment.
      stage.apply(stage.secret(name, FIRST + name), stage.inGit(name));
    }

    @Override
    boolean ended(KeyStage stage, String name) {
      return stage.says(name, "Ready").equals("True Verified");
    }
  },
  Rotation(KeyStory.STRIPS, KeyStory.REPORTS, KeyStory.RELISTS, KeyStory.HOLDS, KeyStory.REPORTS) {
    @Override
    void prepare(KeyStage stage, String name) {
      use(stage, name);
    }

    @Override
    void act(KeyStage stage, String name) {
      stage.apply(stage.secret(name, SECOND + name));
    }

    @Override
    boolean ended(KeyStage stage, String name) {
      return stage.says(name, "Ready").equals("True Verified")
          && stage.status(name).getPrevious() != null;
    }
  },
  Guard(KeyStory.REPORTS, KeyStory.GUARDS) {
    @Override
    void prepare(KeyStage stage, String name) {
      use(stage, name);
    }

    @Override
    void act(KeyStage stage, String name) {
      model(stage, name);
    }

    @Override
    boolean ended(KeyStage stage, String name) {
      return !stage.get(name).getMetadata().getFinalizers().isEmpty();
    }
  },
  /// In use at first, so that it waits.
  Deletion(KeyStory.REPORTS, KeyStory.GUARDS) {
    @Override
    void prepare(KeyStage stage, String name) {
      use(stage, name);
      model(stage, name);
      eventually("the guard").until(() -> Guard.ended(stage, name));
    }

    @Override
    void act(KeyStage stage, String name) {
      stage.run("delete", "akc", name, "--wait=false");
      stage.awaits(name, "Ready", "False Deleting");
      stage.run("delete", "modelconfig", name);
    }

    @Override
    boolean ended(KeyStage stage, String name) {
      return stage.run("get", "akc", name, "--ignore-not-found").isEmpty()
          && stage.find(name + "-llmkey").isEmpty();
    }
  };

  /// What the keys begin with; the end is the object's name.
  static final String FIRST = "sk-first-0123456789-of-";

  static final String SECOND = "sk-second-0123456789-of-";

  private static final String STRIPS = "PATCH secrets/x";
  private static final String REPORTS = "PATCH apikeyconfigs/x/status";
  private static final String GUARDS = "PATCH apikeyconfigs/x";
  private static final String LISTS = "POST configmaps";
  private static final String RELISTS = "PATCH configmaps/x-llmkey-facts";
  private static final String CREATES = "POST secrets";
  private static final String HOLDS = "PATCH secrets/x-llmkey";

  /// What the provider said is in memory alone until the Secret remembers it.
  private static final Set<String> KNOWING = Set.of(LISTS, RELISTS, CREATES, HOLDS);

  private final List<String> writes;

  KeyStory(String... writes) {
    this.writes = List.of(writes);
  }

  List<String> writes() {
    return writes;
  }

  /// The writes before which something is half done: not the first, and that the copy of kubectl is
  /// gone is nothing that anybody waits for.
  IntStream halfDone() {
    return IntStream.range(writes.getFirst().equals(STRIPS) ? 2 : 1, writes.size());
  }

  /// How often the provider is asked.
  int calls() {
    return this == FirstKey || this == Rotation ? 1 : 0;
  }

  /// How often more, when who knew the answer died right before this write.
  int callsAgain(int write) {
    return KNOWING.contains(writes.get(write)) ? 1 : 0;
  }

  abstract void prepare(KeyStage stage, String name);

  abstract void act(KeyStage stage, String name);

  abstract boolean ended(KeyStage stage, String name);

  static void use(KeyStage stage, String name) {
    FirstKey.act(stage, name);
    stage.waitFor(name, "Ready");
  }

  /// Suspended, so that nobody is asked about it.
  private static void model(KeyStage stage, String name) {
    stage.apply(
        """
        apiVersion: llmconfig.dev/v1alpha1
        kind: ModelConfig
        metadata: {name: %1$s, namespace: %2$s}
        spec: {apiKeyRef: {name: %1$s}, model: gpt-5-mini, suspend: true}
        """
            .formatted(name, stage.plane.namespace()));
  }
}
