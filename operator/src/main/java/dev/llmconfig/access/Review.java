package dev.llmconfig.access;

/// What the API server says, asked with the caller's own credentials. It blocks.
///
/// All of them throw [TokenRejected] for credentials that the API server does not take, and
/// [ReviewUnavailable] when nobody could say.
public interface Review {

  Person who(Caller caller);

  boolean may(Caller caller, Right right);

  Rules rules(Caller caller, String namespace);
}
