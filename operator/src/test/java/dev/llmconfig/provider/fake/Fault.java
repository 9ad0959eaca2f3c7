package dev.llmconfig.provider.fake;

/// How an answer is spoilt on its way.
public enum Fault {
  None,
  /// The head comes after the time the server was told (15 s of its own accord).
  LateHead,
  /// The connection ends before anything was said.
  CutBeforeHead,
  /// Half of the body, and the end of the connection.
  CutInBody,
  /// Half of the body, and silence.
  StallInBody,
  NineMegabytes,
  HundredMegabytes,
  /// A few kilobytes that unpack to a hundred megabytes.
  GzipBomb,
  HugeHead,
  /// The body in ISO 8859-1.
  Latin1,
  /// The body in UTF-16.
  Utf16
}
