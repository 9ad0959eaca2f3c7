package dev.llmconfig.rest;

import java.util.List;
import java.util.random.RandomGenerator;

/// Texts that somebody once did not think of.
final class AnyText {

  private static final List<String> ALL =
      List.of(
          "",
          " ",
          "a",
          "default",
          "agents",
          "kube-system",
          "no such",
          "-1",
          "0",
          "1.0",
          "99999999999999999999",
          "1e400",
          "true",
          "null",
          "*",
          "x".repeat(63),
          "x".repeat(254),
          "x".repeat(1_000),
          "x".repeat(1_001),
          "ünïcödé",
          "\u202e\u0000\u001b[31m",
          "line\r\nother",
          "😀",
          "\ufffd\uffff",
          "'; DROP TABLE keys; --",
          "../../etc/passwd",
          "${jndi:ldap://127.0.0.1/x}",
          "%s%n%99$d",
          "<script>alert(1)</script>",
          "\"\\",
          "a.b.c:d",
          "http://169.254.169.254/latest",
          "https://user:word@127.0.0.1:1/v1?x=1#y",
          "2026-11-20T12:00:00Z",
          "sk-ant-***",
          "2026-13-45");

  private AnyText() {}

  static String of(RandomGenerator random) {
    return ALL.get(random.nextInt(ALL.size()));
  }
}
