package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.access.Caller;
import dev.llmconfig.api.v1alpha1.ApiKeyConfig;
import dev.llmconfig.api.v1alpha1.ApiKeyConfigSpec;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.ApiKey;
import dev.llmconfig.domain.Parsing;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.provider.transport.ExtraTrust;
import dev.llmconfig.store.Drafts;
import dev.llmconfig.store.KeyDraft;
import dev.llmconfig.store.KeyMaterial;
import dev.llmconfig.store.Outcome;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/// Reads a draft as it was told to.
final class PlayedDrafts implements Drafts {

  final List<KeyDraft> read = new CopyOnWriteArrayList<>();
  private volatile BiFunction<KeyDraft, KeyMaterial, Reading> reading =
      (_, _) -> new Reading.Not(new Outcome.Missing());

  void says(BiFunction<KeyDraft, KeyMaterial, Reading> how) {
    reading = how;
  }

  /// As a store reads what needs no cluster.
  void readsWhatIsSent() {
    reading = PlayedDrafts::ready;
  }

  private static Reading ready(KeyDraft draft, KeyMaterial material) {
    var config = new ApiKeyConfig();
    config.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(draft.namespace())
            .withName(draft.name().orElse("unsaved"))
            .build());
    var spec = draft.spec().deepCopy();
    var bytes = Optional.<SecretBytes>empty();
    if (material instanceof KeyMaterial.Given(var key, _)) {
      bytes = Optional.of(SecretBytes.taking(key.copy()));
      spec.put("encryptedKey", "to be made");
    }
    config.setSpec(JsonMapper.builder().build().convertValue(spec, ApiKeyConfigSpec.class));
    if (!(Parsing.apiKey(config) instanceof Validated.Valid<ApiKey>(var key))) {
      throw new AssertionError(spec);
    }
    return new Reading.Ready(key, bytes, ExtraTrust.NONE, List.of());
  }

  @Override
  public Reading read(Caller who, KeyDraft draft, KeyMaterial material) {
    read.add(draft);
    return reading.apply(draft, material);
  }
}
