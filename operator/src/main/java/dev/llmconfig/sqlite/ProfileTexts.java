package dev.llmconfig.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmconfig.agent.ProfileFile;
import java.util.List;

/// Profiles of ConfigMaps as the text of one value: an array with an array for each.
final class ProfileTexts {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ProfileTexts() {}

  static String written(List<ProfileFile> profiles) {
    var all = JSON.createArrayNode();
    profiles.forEach(one -> all.addArray().add(one.configMap()).add(one.name()).add(one.text()));
    return all.toString();
  }

  /// What is damaged is none; the next beat writes it anew.
  static List<ProfileFile> read(String text) {
    try {
      return JSON.readTree(text)
          .valueStream()
          .map(one ->
              new ProfileFile(one.path(0).asText(), one.path(1).asText(), one.path(2).asText()))
          .toList();
    } catch (JsonProcessingException damaged) {
      return List.of();
    }
  }
}
