package dev.llmconfig.provider.fake;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmconfig.api.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All answers, read from the files of the providers.
public final class Fixtures {

  private static final Pattern ID =
      Pattern.compile("fx-([A-Z]{2}\\d{2}(?:\\.[a-z]+)?)(?![A-Za-z0-9])");
  private static final ObjectMapper YAML = new YAMLMapper();

  private Fixtures() {}

  /// Empty if the provider has no file.
  public static Optional<List<Fixture>> of(Provider provider) {
    String file = "/providers/" + provider + ".yaml";
    try (InputStream in = Fixtures.class.getResourceAsStream(file)) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              YAML.readValue(in, new TypeReference<List<Fixture.Written>>() {}).stream()
                  .map(Fixture.Written::fixture)
                  .toList());
    } catch (IOException broken) {
      throw new UncheckedIOException(file, broken);
    }
  }

  public static List<Fixture> all() {
    return Stream.of(Provider.values()).flatMap(p -> of(p).stream()).flatMap(List::stream).toList();
  }

  /// The fixture whose id stands in a key, a model's name or a path.
  static Optional<Fixture> namedIn(String text, List<Fixture> fixtures) {
    Matcher id = ID.matcher(text);
    return id.find()
        ? fixtures.stream().filter(fixture -> fixture.id().equals(id.group(1))).findFirst()
        : Optional.empty();
  }
}
