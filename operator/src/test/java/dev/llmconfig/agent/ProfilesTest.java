package dev.llmconfig.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {

  private static final Profiles BUILT_IN = Profiles.builtIn();

  /// What a maintainer is asked for: the file passes what a stranger's file must pass, and says
  /// where its names were looked up.
  @TestFactory
  Stream<DynamicTest> everyBuiltInFilePassesTheRulesOfOverrides() {
    return BuiltInProfiles.files().entrySet().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getKey(),
                () -> {
                  Profile profile =
                      Cases.valid(
                          ProfileReader.read(
                              file.getKey(),
                              file.getValue(),
                              Profile.Origin.ConfigMap,
                              _ -> Optional.empty()));
                  String versioned = profile.label() + ".yaml";
                  assertThat(file.getKey())
                      .isEqualTo(profile.version() == 1 ? profile.id() + ".yaml" : versioned);
                  assertThat(profile.about().checked()).as("checked").isNotEmpty();
                  assertThat(profile.about().sources()).as("sources").isNotEmpty();
                  assertThat(profile.about().title()).isNotEqualTo(profile.id());
                }));
  }

  @Test
  void areFortyAtLeast() {
    assertThat(BUILT_IN.all()).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void areReadFromAJarAsFromAFolder(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("with space.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of("profiles/openai.yaml", "profiles/acme.yaml", "profiles/README")) {
        out.putNextEntry(new JarEntry(name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    URI one = URI.create("jar:" + jar.toUri() + "!/profiles/openai.yaml");

    assertThat(BuiltInProfiles.beside(one).keySet()).containsExactly("acme.yaml", "openai.yaml");
  }

  @Test
  void areFoundByIdAndByIdAndVersion() {
    assertThat(BUILT_IN.find("openai").orElseThrow().label()).isEqualTo("openai@1");
    assertThat(BUILT_IN.find("openai@1").orElseThrow().label()).isEqualTo("openai@1");
    for (String unknown : List.of("openai@2", "openai@", "openai@x", "@1", "", "OpenAI", "../a")) {
      assertThat(BUILT_IN.find(unknown)).as(unknown).isEmpty();
    }
  }

  @Test
  void areSelectedByTheWorkloadThenByTheModelConfig() {
    assertThat(BUILT_IN.select(Optional.of("crewai"), Optional.of("goose")).orElseThrow().id())
        .isEqualTo("crewai");
    assertThat(BUILT_IN.select(Optional.empty(), Optional.of("goose")).orElseThrow().id())
        .isEqualTo("goose");
    assertThat(BUILT_IN.select(Optional.empty(), Optional.empty()).orElseThrow().id())
        .isEqualTo("openai");
    assertThat(BUILT_IN.select(Optional.of("none"), Optional.of("goose"))).isEmpty();
  }

  @Test
  void ofAConfigMapReplaceTheBuiltInOne() {
    var layered = BUILT_IN.with(List.of(file("a", "openai", "OPENAI_TOKEN")));

    assertThat(layered.refused()).isEmpty();
    Profile openai = layered.profiles().find("openai").orElseThrow();
    assertThat(openai.origin()).isEqualTo(Profile.Origin.ConfigMap);
    assertThat(openai.env()).extracting(EntryRule::name).containsExactly("OPENAI_TOKEN");
    assertThat(layered.profiles().find("openai@1").orElseThrow().origin())
        .as("a ModelConfig that was rolled with it keeps the built-in version")
        .isEqualTo(Profile.Origin.BuiltIn);
    assertThat(layered.profiles().all()).hasSameSizeAs(BUILT_IN.all());
  }

  @Test
  void ofAConfigMapAreNewWhereTheIdIs() {
    var profiles = BUILT_IN.with(List.of(file("a", "acme", "ACME_KEY"))).profiles();

    assertThat(profiles.find("acme")).isPresent();
    assertThat(profiles.all()).hasSize(BUILT_IN.all().size() + 1);
  }

  @Test
  void thatAreBrokenLeaveTheLayerBelowInForce() {
    ProfileFile broken = file("a", "openai", "PATH");

    var layered = BUILT_IN.with(List.of(broken, file("a", "acme", "ACME_KEY")));

    assertThat(layered.profiles().find("openai").orElseThrow().origin())
        .isEqualTo(Profile.Origin.BuiltIn);
    assertThat(layered.profiles().find("acme")).isPresent();
    assertThat(layered.refused())
        .singleElement()
        .satisfies(refused -> {
          assertThat(refused.file()).isEqualTo(broken);
          assertThat(refused.sentence())
              .startsWith("openai.yaml:7: PATH may not be set by a profile");
        });
  }

  @Test
  void thatAreBrokenAreRememberedWithTheReason() {
    var profiles =
        BUILT_IN
            .with(
                List.of(
                    file("a", "openai", "PATH"), file("b", "acme", "A"), file("c", "acme", "B")))
            .profiles();

    assertThat(profiles.refusal("openai").orElseThrow())
        .startsWith("ConfigMap a, openai.yaml:7: PATH may not be set by a profile")
        .doesNotEndWith(".");
    assertThat(profiles.refusal("acme")).as("one of them is in force").isEmpty();
    assertThat(profiles.refusal("goose")).isEmpty();
  }

  @Test
  void thatAreTooLongForAStatusAreRefused() {
    ProfileFile longest = file("a", "acme", "ACME_KEY");
    ProfileFile longer =
        new ProfileFile("a", "acme.yaml", longest.text() + "# " + "x".repeat(8192) + "\n");

    assertThat(BUILT_IN.with(List.of(longer)).refused())
        .singleElement()
        .satisfies(refused ->
            assertThat(refused.sentence())
                .startsWith("acme.yaml:1: A profile may have 8192 bytes"));
  }

  @Test
  void areHadAsTheyWereWhenAgentsGotThem() {
    String before = file("a", "acme", "BEFORE").text();
    var now = BUILT_IN.with(List.of(file("a", "acme", "NOW"))).profiles();

    assertThat(now.asRolled("acme", before).orElseThrow().env())
        .extracting(EntryRule::name)
        .containsExactly("BEFORE");
    assertThat(BUILT_IN.asRolled("acme", before)).as("the ConfigMap is gone").isPresent();
    assertThat(now.asRolled("acme", "no profile")).isEmpty();
  }

  @Test
  void withOneIdInTwoConfigMapsAreTheFirstOfThem() {
    var files = new ArrayList<>(List.of(file("b", "acme", "SECOND"), file("a", "acme", "FIRST")));
    for (int i = 0; i < 4; i++) {
      var layered = BUILT_IN.with(files);
      assertThat(layered.profiles().find("acme").orElseThrow().env())
          .extracting(EntryRule::name)
          .containsExactly("FIRST");
      assertThat(layered.refused())
          .singleElement()
          .satisfies(refused ->
              assertThat(refused.sentence()).contains("is in another ConfigMap already"));
      Collections.reverse(files);
    }
  }

  @Test
  void thatRenderTheSameListAreTheSameForAWorkload() {
    String sameWithOtherWords =
        BUILT_IN.find("openai").orElseThrow().text().replace("title: OpenAI", "title: Our OpenAI");
    var profiles =
        BUILT_IN.with(List.of(new ProfileFile("a", "openai.yaml", sameWithOtherWords))).profiles();

    assertThat(rendered(profiles)).isEqualTo(rendered(BUILT_IN));
  }

  private static byte[] rendered(Profiles profiles) {
    var rendered =
        (Rendering.Rendered)
            Renderer.render(profiles.find("openai").orElseThrow(), Cases.gpt41mini());
    return RenderedBytes.ofEnv(rendered.entries(), "r-1");
  }

  @Test
  void thatWereMeantAreNear() {
    assertThat(BUILT_IN.closest("opnai")).first().isEqualTo("openai");
    assertThat(BUILT_IN.closest("spring")).isNotEmpty().allMatch(id -> id.startsWith("spring-ai"));
    assertThat(BUILT_IN.closest("OPENAI")).first().isEqualTo("openai");
    assertThat(BUILT_IN.closest("zzzzzzzzzzzz")).isEmpty();
    assertThat(BUILT_IN.closest("")).isEmpty();
    assertThat(BUILT_IN.closest("langchain")).hasSizeLessThanOrEqualTo(3);
  }

  private static ProfileFile file(String configMap, String id, String variable) {
    return new ProfileFile(
        configMap,
        id + ".yaml",
        """
        schema: llmconfig.dev/profile/v1
        id: %s
        version: 3
        dialect: OpenAI
        apiSurface: ChatCompletions
        env:
          - {name: %s, from: Key}
        """
            .formatted(id, variable));
  }
}
