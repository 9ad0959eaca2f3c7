package dev.llmconfig.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Which state of a CRD it is: a number that goes up with every change of the file. The file has it
/// in an annotation, for whoever holds the CRD, and in the description of the kind, which the API
/// server publishes to everyone who is signed in.
public final class CrdRevision {

  private static final Pattern SENTENCE = Pattern.compile("Revision ([0-9]{1,9}) of the CRD\\.");
  private static final Pattern ANNOTATION =
      Pattern.compile(Pattern.quote(Annotations.CRD_REVISION) + ": \"([0-9]{1,9})\"");

  /// Ends the description of a kind.
  public static String sentence(long revision) {
    return "Revision %d of the CRD.".formatted(revision);
  }

  /// That of a published description; zero for one from before there was such a sentence.
  public static long published(String description) {
    return number(SENTENCE, description);
  }

  /// That of the CRD this version was made with.
  public static long own(Class<? extends CustomResource<?, ?>> kind) {
    var file = "/dev/llmconfig/crd/" + HasMetadata.getFullResourceName(kind) + ".yaml";
    try (var crd = CrdRevision.class.getResourceAsStream(file)) {
      if (crd == null) {
        throw new IllegalStateException(file + " is not in the jar");
      }
      return number(ANNOTATION, new String(crd.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private CrdRevision() {}
}
