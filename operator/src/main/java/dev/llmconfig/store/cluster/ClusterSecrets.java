package dev.llmconfig.store.cluster;

import dev.llmconfig.access.Access;
import dev.llmconfig.access.Caller;
import dev.llmconfig.access.CallerClients;
import dev.llmconfig.api.FieldManagers;
import dev.llmconfig.api.Labels;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.store.Looked;
import dev.llmconfig.store.SecretReads;
import java.util.List;

/// Asks the API server with the caller's own credentials. A list is one of metadata, so that no
/// value ever comes over the wire for it.
public final class ClusterSecrets implements SecretReads {

  private final Calls calls;

  public ClusterSecrets(CallerClients clients, Access access) {
    this.calls = new Calls(clients, access);
  }

  @Override
  public Looked<List<Listed>> in(Caller who, String namespace) {
    return calls.with(
        who,
        requests ->
            new Looked.Found<>(
                requests.listMetadata(Kind.Secret, namespace).stream()
                    .map(one ->
                        new Listed(
                            one.ref(),
                            one.stored().createdAt(),
                            FieldManagers.OPERATOR.equals(one.labels().get(Labels.MANAGED_BY))))
                    .toList()),
        Looked.Not::new);
  }

  @Override
  public Looked<List<String>> dataKeys(Caller who, Ref secret) {
    return calls.with(
        who,
        requests ->
            new Looked.Found<>(
                UserSecret.names(requests.get(Kind.Secret, secret).tree().path("data"))),
        Looked.Not::new);
  }
}
