package dev.llmconfig.rest;

import java.util.List;

/// Who is at the other end of the connection, as far as the connection and a browser tell.
///
/// @param peer the address at the other end
/// @param host the name by which we were called, with its port
/// @param authorization all headers of that name
/// @param cookies all headers of that name
/// @param csrf `x-llmconfig-csrf`, which no form of a foreign page can send
/// @param origin the page that asks, where the browser tells; empty otherwise
/// @param site `Sec-Fetch-Site`, where the browser tells; empty otherwise
record Visitor(
    String peer,
    String host,
    List<String> authorization,
    List<String> cookies,
    String csrf,
    String origin,
    String site,
    Forwarded forwarded) {

  /// What a proxy says, or somebody who would like to be one.
  ///
  /// @param user all headers of that name
  /// @param groups the same
  record Forwarded(List<String> user, List<String> groups, String secret) {

    static final Forwarded NOTHING = new Forwarded(List.of(), List.of(), "");

    Forwarded {
      user = List.copyOf(user);
      groups = List.copyOf(groups);
    }

    @Override
    public String toString() {
      return "forwarded";
    }
  }

  Visitor {
    authorization = List.copyOf(authorization);
    cookies = List.copyOf(cookies);
  }

  /// Somebody of whom nothing is known.
  static Visitor unknown() {
    return new Visitor("", "", List.of(), List.of(), "", "", "", Forwarded.NOTHING);
  }

  @Override
  public String toString() {
    return "visitor from " + peer;
  }
}
