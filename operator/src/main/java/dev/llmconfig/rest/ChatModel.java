package dev.llmconfig.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.access.Right;
import dev.llmconfig.domain.Ref;
import dev.llmconfig.rest.shape.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a chat asks to talk to, by its id.
///
/// @param ref of the config, or of the key that offers the model
/// @param offered the model, where nobody has configured it
record ChatModel(Ref ref, Optional<String> offered) {

  /// @throws Refusal for what is no id
  static ChatModel of(ObjectNode sent) {
    if (!sent.path("model").isTextual()) {
      throw Refusal.fields(
          ProblemReason.Invalid,
          List.of(
              new Problem.Field(
                  "model", ProblemReason.Invalid.name(), "model is missing, or is no text.")));
    }
    var id = sent.path("model").asText();
    var colon = id.indexOf(':');
    var ref = Asked.ref(colon < 0 ? id : id.substring(0, colon));
    var offered = colon < 0 ? Optional.<String>empty() : decoded(id.substring(colon + 1));
    if (ref.isEmpty() || (colon >= 0 && offered.isEmpty())) {
      throw Refusal.of(
          ProblemReason.ModelNotFound,
          "model is no id: that of a config is namespace.name, that of an offered model"
              + " namespace.key:model.");
    }
    return new ChatModel(ref.get(), offered);
  }

  /// The verb that means no more than this, so that whoever chats needs no right to read anything.
  Right right() {
    return Right.of("use", offered.isPresent() ? "apikeyconfigs" : "modelconfigs")
        .in(ref.namespace())
        .called(ref.name());
  }

  /// With each tilde and its two digits as the byte that it stands for.
  private static Optional<String> decoded(String written) {
    var bytes = new ByteArrayOutputStream(written.length());
    for (int at = 0; at < written.length(); at++) {
      var sign = written.charAt(at);
      if (sign == '~' && at + 2 < written.length() && hex(written, at + 1) >= 0) {
        bytes.write(hex(written, at + 1));
        at += 2;
      } else if (sign == '~' || sign >= 0x80) {
        return Optional.empty();
      } else {
        bytes.write(sign);
      }
    }
    try {
      var model = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
      return Optional.of(model.toString()).filter(text -> !text.isBlank());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static int hex(String text, int at) {
    var high = Character.digit(text.charAt(at), 16);
    var low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
