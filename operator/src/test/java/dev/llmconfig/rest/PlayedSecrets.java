package dev.llmconfig.rest;

import dev.llmconfig.access.Caller;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Looked;
import dev.llmconfig.store.Outcome;
import dev.llmconfig.store.SecretReads;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Shows what it was told to show.
final class PlayedSecrets implements SecretReads {

  final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Looked<List<Listed>> list = new Looked.Not<>(new Outcome.Missing());
  private volatile Looked<List<String>> keys = new Looked.Not<>(new Outcome.Missing());

  void has(Looked<List<Listed>> listed, Looked<List<String>> dataKeys) {
    list = listed;
    keys = dataKeys;
  }

  @Override
  public Looked<List<Listed>> in(Caller who, String namespace) {
    asked.add(namespace);
    return list;
  }

  @Override
  public Looked<List<String>> dataKeys(Caller who, Ref secret) {
    asked.add(secret.toString());
    return keys;
  }
}
