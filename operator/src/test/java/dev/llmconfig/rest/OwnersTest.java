package dev.llmconfig.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmconfig.domain.Keeper;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.mirror.ObjectVersion;
import dev.llmconfig.rest.shape.ManagedBy;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Where people see an object in the tool that holds it.
class OwnersTest {

  private static final Ref REF = new Ref("agents", "support");
  private static final String KIND = "llmconfig.dev/ModelConfig";
  private static final Owners OWNERS =
      new Owners(Optional.of(URI.create("https://cd.example.com")));

  @Test
  void anApplicationIsFoundWhereArgoCdIs() {
    assertThat(link(OWNERS, tracked("llm-team-a")))
        .isEqualTo("https://cd.example.com/applications/llm-team-a");
    assertThat(link(OWNERS, tracked("team-a_llm")))
        .as("applications in any namespace")
        .isEqualTo("https://cd.example.com/applications/team-a/llm");
    assertThat(link(OWNERS, labelled("argocd.argoproj.io/instance", "llm.v2")))
        .isEqualTo("https://cd.example.com/applications/llm.v2");
  }

  @Test
  void aSlashAtTheEndOfTheAddressIsNoSecondOne() {
    var below = new Owners(Optional.of(URI.create("http://127.0.0.1:8080/argo/")));

    assertThat(link(below, tracked("llm")))
        .isEqualTo("http://127.0.0.1:8080/argo/applications/llm");
  }

  @Test
  void whatIsNoNameIsInNoAddress() {
    for (var text :
        new String[] {
          "../../api",
          "a/b",
          "a?b",
          "a#b",
          "a b",
          "%2e%2e",
          "Llm",
          "..",
          "a_b_c",
          "javascript:x",
          "_a"
        }) {
      assertThat(link(OWNERS, tracked(text))).as(text).isNull();
    }
  }

  @Test
  void noLinkIsMadeUp() {
    assertThat(link(new Owners(Optional.empty()), tracked("llm"))).as("no address").isNull();
    assertThat(link(OWNERS, version("{}", "{}", "[\"argocd-controller\"]"))).as("no name").isNull();
    assertThat(link(OWNERS, labelled("kustomize.toolkit.fluxcd.io/name", "llm")))
        .as("another tool")
        .isNull();
    assertThat(OWNERS.of(version("{}", "{}", "[]"), KIND, REF)).as("nobody's").isNull();
  }

  private static @Nullable String link(Owners owners, ObjectVersion version) {
    var owner = owners.of(version, KIND, REF);
    assertThat(owner).isNotNull();
    assertThat(owner).extracting(ManagedBy::owner).isIn(Keeper.Tool.ArgoCD, Keeper.Tool.Flux);
    return owner == null ? null : owner.link();
  }

  private static ObjectVersion tracked(String application) {
    return version(
        "{}",
        "{\"argocd.argoproj.io/tracking-id\":\"%s:llmconfig.dev/ModelConfig:agents/support\"}"
            .formatted(application),
        "[]");
  }

  private static ObjectVersion labelled(String label, String value) {
    return version("{\"%s\":\"%s\"}".formatted(label, value), "{}", "[]");
  }

  private static ObjectVersion version(String labels, String annotations, String managers) {
    return new ObjectVersion(
        "u",
        1,
        "1",
        "",
        false,
        "",
        "",
        "{\"labels\":%s,\"annotations\":%s,\"managers\":%s,\"controller\":{}}"
            .formatted(labels, annotations, managers));
  }
}
