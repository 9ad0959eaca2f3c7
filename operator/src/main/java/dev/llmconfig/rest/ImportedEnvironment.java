package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.api.Provider;
import dev.llmconfig.crypto.SecretBytes;
import dev.llmconfig.domain.Binding;
import dev.llmconfig.domain.Endpoint;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.domain.Validated;
import dev.llmconfig.rest.shape.Problem;
import dev.llmconfig.store.Encryption;
import dev.llmconfig.store.Imports.Kind;
import dev.llmconfig.store.Imports.Wanted;
import dev.llmconfig.store.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The keys in the text of an `.env` file: one for each provider whose variable is there. Other
/// variables are somebody else's, and left alone.
final class ImportedEnvironment {

  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");

  private final Encryption encryption;
  private final String namespace;
  private final List<Problem.Field> problems = new ArrayList<>();

  ImportedEnvironment(Encryption encryption, String namespace) {
    this.encryption = encryption;
    this.namespace = namespace;
  }

  /// @throws Refusal with all lines that cannot be read, without what is in them
  List<Wanted> read(String text) {
    var wanted = new ArrayList<Wanted>();
    var lines = text.split("\\R", -1);
    for (int at = 0; at < lines.length; at++) {
      var line = lines[at].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var place = "line " + (at + 1);
      var found = LINE.matcher(line);
      if (found.matches()) {
        provider(found.group(1))
            .filter(one -> wanted.stream().noneMatch(known -> known.ref().equals(ref(one))))
            .flatMap(one -> key(place, one, found.group(2).strip()))
            .ifPresent(wanted::add);
      } else {
        wrong(place, ProblemReason.Invalid.name(), "This line is no NAME=value.");
      }
    }
    if (!problems.isEmpty()) {
      throw Refusal.fields(ProblemReason.Invalid, problems);
    }
    return wanted;
  }

  private static Optional<Provider> provider(String variable) {
    return Stream.of(Provider.values())
        .filter(one -> one.keyVariables().contains(variable) && one.defaultEndpoint().isPresent())
        .findFirst();
  }

  private Ref ref(Provider provider) {
    return new Ref(namespace, provider.name().toLowerCase(Locale.ROOT));
  }

  /// An empty value is none.
  private Optional<Wanted> key(String place, Provider provider, String value) {
    if (value.replaceAll("[\"']", "").isBlank()) {
      return Optional.empty();
    }
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    try (var material = KeyMaterial.of(bytes)) {
      return switch (material) {
        case KeyMaterial.Absent() -> Optional.empty();
        case KeyMaterial.Refused(var flaw) -> {
          wrong(place, flaw.reason().name(), flaw.sentence());
          yield Optional.empty();
        }
        case KeyMaterial.Given(var key, _) ->
            Optional.of(new Wanted(place, Kind.ApiKeyConfig, ref(provider), spec(provider, key)));
      };
    } finally {
      java.util.Arrays.fill(bytes, (byte) 0);
    }
  }

  private ObjectNode spec(Provider provider, SecretBytes key) {
    var ref = ref(provider);
    if (!(Endpoint.parse(provider.defaultEndpoint().orElseThrow())
        instanceof Validated.Valid<Endpoint>(var endpoint))) {
      throw new IllegalStateException("a default endpoint is one");
    }
    var token =
        encryption
            .token(new Binding(ref.namespace(), ref.name(), endpoint), key)
            .orElseThrow(() ->
                Refusal.of(
                    ProblemReason.KeyRingMissing,
                    "This replica has no encryption key, so it cannot encrypt."));
    return Wire.object()
        .put("provider", provider.name())
        .put("displayName", provider.name() + " (imported)")
        .put("encryptedKey", token);
  }

  private void wrong(String place, String reason, String sentence) {
    problems.add(new Problem.Field(place, reason, sentence));
  }
}
