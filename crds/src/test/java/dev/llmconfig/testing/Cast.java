package dev.llmconfig.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.ArrayList;
import java.util.List;

/// Engages actors in a namespace: a service account, its rights and a token.
final class Cast {
  private static final String RBAC = "rbac.authorization.k8s.io";

  private final Actor admin;
  private final String namespace;
  private final List<HasMetadata> clusterWide = new ArrayList<>();

  Cast(Actor admin, String namespace) {
    this.admin = admin;
    this.namespace = namespace;
  }

  Actor engage(String name, List<PolicyRule> rules) {
    account(name);
    create(new RoleBuilder().withMetadata(called(name)).withRules(rules).build());
    create(
        new RoleBindingBuilder()
            .withMetadata(called(name))
            .withNewRoleRef(RBAC, "Role", name)
            .addNewSubject("", "ServiceAccount", name, namespace)
            .build());
    return new Actor(name, user(name), identity(name));
  }

  /// With rights in every namespace; they outlive the namespace, so `dismiss` takes them away.
  Actor engageClusterWide(String name, List<PolicyRule> rules) {
    account(name);
    var unique = new ObjectMetaBuilder().withName(namespace + ":" + name).build();
    clusterWide.add(create(new ClusterRoleBuilder().withMetadata(unique).withRules(rules).build()));
    clusterWide.add(
        create(
            new ClusterRoleBindingBuilder()
                .withMetadata(unique)
                .withNewRoleRef(RBAC, "ClusterRole", unique.getName())
                .addNewSubject("", "ServiceAccount", name, namespace)
                .build()));
    return new Actor(name, user(name), identity(name));
  }

  void dismiss() {
    clusterWide.forEach(right -> admin.client().resource(right).delete());
  }

  private void account(String name) {
    create(new ServiceAccountBuilder().withMetadata(called(name)).build());
  }

  private Config identity(String name) {
    var request = new TokenRequestBuilder().withNewSpec().endSpec().build();
    var token =
        admin
            .client()
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(name)
            .tokenRequest(request)
            .getStatus()
            .getToken();
    var plane = admin.client().getConfiguration();
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(plane.getMasterUrl())
        .withCaCertData(plane.getCaCertData())
        .withNamespace(namespace)
        .withOauthToken(token)
        .build();
  }

  private String user(String name) {
    return "system:serviceaccount:" + namespace + ":" + name;
  }

  private ObjectMeta called(String name) {
    return new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
  }

  private <T extends HasMetadata> T create(T object) {
    return admin.client().resource(object).create();
  }
}
