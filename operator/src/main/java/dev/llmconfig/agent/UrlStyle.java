package dev.llmconfig.agent;

/// How much of the address of its provider a framework wants to be told, and how much it appends.
public enum UrlStyle {
  /// Without `/v1`.
  Root,
  WithV1,
  /// With the path of the call.
  Full,
  /// Root without a trailing `/openai`: an Azure resource, and the address Groq's own SDK wants.
  Resource
}
