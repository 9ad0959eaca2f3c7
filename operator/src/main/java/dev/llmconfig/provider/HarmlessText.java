package dev.llmconfig.provider;

import dev.llmconfig.provider.transport.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The little of a provider's answer that may be stored and logged: ids and codes of a narrow form,
/// in which no piece of the key is found.
public final class HarmlessText {

  private static final List<String> REQUEST_ID_HEADERS =
      List.of("x-request-id", "request-id", "apim-request-id", "x-amzn-requestid", "cf-ray");

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern MODEL_ID = Pattern.compile("[\\p{Graph}&&[^\"<>]]{1,256}");

  /// Neither half a character nor anything that ends a line.
  private static final Pattern NAME =
      Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{1,256}");

  private static final Pattern PARAMETER = Pattern.compile("[a-z_]{1,64}");

  /// A model may share a few characters with a home-made key.
  private static final int MODEL_RUN = 8;

  private HarmlessText() {}

  /// Whether that can be the id of a model of a list.
  public static boolean isModelId(String text) {
    return MODEL_ID.matcher(text).matches();
  }

  /// Whether that can be the name of a model of a list.
  public static boolean isModelName(String text) {
    return NAME.matcher(text).matches();
  }

  static Optional<String> requestId(Reply reply, ErrorBody error, Echoes echoes) {
    return Stream.concat(
            REQUEST_ID_HEADERS.stream().flatMap(name -> reply.header(name).stream()),
            error.requestId().stream())
        .filter(id -> REQUEST_ID.matcher(id).matches() && !echoes.in(id))
        .findFirst();
  }

  static Optional<String> code(ErrorBody error, Echoes echoes) {
    return Stream.concat(error.code().stream(), error.type().stream())
        .filter(code -> CODE.matcher(code).matches() && !echoes.in(code))
        .findFirst();
  }

  /// The model without what must not be shown of it; empty if that is its id.
  static Optional<ListedModel> model(ListedModel model, Echoes echoes) {
    boolean harmless = isModelId(model.id()) && !echoes.in(model.id(), MODEL_RUN);
    return harmless
        ? Optional.of(
            model.withTexts(
                model.name().filter(n -> isModelName(n) && !echoes.in(n, MODEL_RUN)),
                model.supportedParameters().stream()
                    .filter(parameter -> PARAMETER.matcher(parameter).matches())
                    .filter(parameter -> !echoes.in(parameter, MODEL_RUN))
                    .collect(Collectors.toSet())))
        : Optional.empty();
  }
}
