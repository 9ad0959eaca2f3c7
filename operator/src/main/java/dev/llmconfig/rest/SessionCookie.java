package dev.llmconfig.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The cookie of this installation, in parts where it is too long for one. Its name tells it from
/// those of other installations: cookies know no ports, and several of us may be forwarded to one
/// machine.
///
/// @param path under which it is sent back
record SessionCookie(String name, String path) {

  private static final int LONGEST_PART = 3_600;
  private static final int MOST_PARTS = 3;

  static SessionCookie of(Installation installation) {
    return new SessionCookie("llmconfig_" + installation.id(), installation.basePath());
  }

  static boolean fits(String value) {
    return value.length() <= LONGEST_PART * MOST_PARTS;
  }

  /// What is set: its parts, and the end of those that an earlier one had more.
  List<String> set(String value, Duration age, boolean secure) {
    var parts = new ArrayList<String>();
    for (int part = 0; part < MOST_PARTS; part++) {
      var from = Math.min(part * LONGEST_PART, value.length());
      var text = value.substring(from, Math.min(from + LONGEST_PART, value.length()));
      parts.add(line(part, text, text.isEmpty() ? Duration.ZERO : age, secure));
    }
    return parts;
  }

  List<String> cleared(boolean secure) {
    return set("", Duration.ZERO, secure);
  }

  private String line(int part, String text, Duration age, boolean secure) {
    return "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Strict%s"
        .formatted(partName(part), text, path, age.toSeconds(), secure ? "; Secure" : "");
  }

  private String partName(int part) {
    return part == 0 ? name : name + "_" + (part + 1);
  }

  /// What a browser sent back; empty where it has none of ours.
  Optional<String> read(List<String> headers) {
    var ours = new TreeMap<String, String>();
    for (var header : headers) {
      for (var pair : header.split(";", -1)) {
        var equals = pair.indexOf('=');
        if (equals > 0 && pair.strip().startsWith(name)) {
          ours.putIfAbsent(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
        }
      }
    }
    var whole = new StringBuilder();
    for (int part = 0; part < MOST_PARTS; part++) {
      whole.append(ours.getOrDefault(partName(part), ""));
    }
    return Optional.of(whole.toString()).filter(text -> !text.isEmpty());
  }
}
