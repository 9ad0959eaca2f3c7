package dev.llmconfig.documents;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmconfig.cli.RunningOperator;
import dev.llmconfig.cli.RunningSidecar;
import dev.llmconfig.testing.ControlPlane;
import dev.llmconfig.testing.ControlPlaneExtension;
import dev.llmconfig.testing.Crds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The guide to the API, followed with curl from its beginning to its end.
@ExtendWith(ControlPlaneExtension.class)
class RestGuideIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;
  @TempDir private Path data;

  @Test
  void everyCommandDoesWhatIsSaid(ControlPlane plane) throws Exception {
    Crds.install(plane);
    var client = plane.admin().client();
    client.namespaces().withName("shop").waitUntilCondition(Objects::isNull, 60, SECONDS);
    var encryptionKey = RunningOperator.newKey();
    var guide = Document.read(Document.root().resolve("docs/guides/rest.md"));
    try (var _ =
            RunningOperator.start(
                plane,
                client.getConfiguration(),
                encryptionKey,
                "--watch-namespaces",
                "shop",
                "--data-dir",
                data.toString());
        var sidecar = RunningSidecar.start(plane, data, encryptionKey)) {
      var port = ":" + sidecar.port();
      var blocks =
          guide.blocks("sh").stream().map(block -> block.replace(":8080", port)).iterator();
      try {
        follow(Example.empty(folder), blocks);
      } finally {
        // While somebody is there to take our finalizers away.
        client.namespaces().withName("shop").delete();
        client.namespaces().withName("shop").waitUntilCondition(Objects::isNull, 60, SECONDS);
      }
    }
  }

  private static void follow(Example reader, Iterator<String> blocks) throws Exception {
    // somebody with a token
    next(reader, blocks);
    var signIn = blocks.next();
    await("the mirror")
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(reader.run(signIn))
                .contains("\"user\":\"system:serviceaccount:shop:clerk\"")
                .contains("\"items\":[]"));

    // keys
    assertThat(next(reader, blocks))
        .contains("\"id\":\"shop.echo\"")
        .contains("\"outcome\":\"Accepted\"")
        .contains("shop.echo:echo-markdown")
        .doesNotContain("sk-of-the-shop-0123456789");
    assertThat(next(reader, blocks))
        .contains("\"outcome\":\"Accepted\"")
        .contains("\"name\":\"Tls\"")
        .doesNotContain("sk-of-the-shop-0123456789");
    assertThat(next(reader, blocks))
        .contains("\"dryRun\":true")
        .contains("Of the shop")
        .doesNotContain("another-one");

    // models, previews, chat
    assertThat(next(reader, blocks))
        .contains("\"apiKeyId\":\"shop.echo\"")
        .contains("{\"selected\":null,\"reason\":\"NoDefaultModel\"}");
    assertThat(next(reader, blocks))
        .contains("\"isDefault\":true")
        .contains("\"maxOutputTokens\":200");
    assertThat(next(reader, blocks))
        .contains("\"restarts\":0")
        .contains("{\"name\":\"OPENAI_API_KEY\",\"secret\":true}")
        .contains("{\"name\":\"OPENAI_MODEL\",\"value\":\"echo\"}");
    assertThat(next(reader, blocks))
        .contains("event: start")
        .contains("Good")
        .contains("event: done");

    // into Git
    assertThat(next(reader, blocks))
        .contains("kind: \"ModelConfig\"", "kind: \"ApiKeyConfig\"", "encryptedKey: \"gAAAAA")
        .doesNotContain("sk-of-the-shop", "status:");
    assertThat(next(reader, blocks))
        .contains("\"created\":[],\"changed\":[],\"unchanged\":[{")
        .contains("{\"kind\":\"ApiKeyConfig\",\"id\":\"shop.echo\"}");
    assertThat(next(reader, blocks))
        .contains("displayName: \"From Git\"", "encryptedKey: \"gAAAAA");

    // refusals
    assertThat(next(reader, blocks))
        .contains("may not list apikeyconfigs in namespace kube-system")
        .contains("UnknownField");
    assertThat(next(reader, blocks)).contains("InUse");

    // who did what
    assertThat(next(reader, blocks))
        .contains("\"actor\":\"system:serviceaccount:shop:clerk\"")
        .contains("\"action\":\"Delete\"")
        .doesNotContain("sk-of-the-shop");
    assertThat(blocks).isExhausted();
  }

  private static String next(Example reader, Iterator<String> blocks) throws Exception {
    return reader.run(blocks.next());
  }
}
