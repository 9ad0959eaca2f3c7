package dev.llmconfig.rest;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where requests go, and what is there.
///
/// @param token of somebody who may do everything in that namespace
/// @param powerless the token of somebody who may do nothing
/// @param ids of objects that are there, by a part of the path of their routes
/// @param away reasons of status 503 that are true of this world
public record AnyWorld(
    InetSocketAddress address,
    String token,
    String powerless,
    String namespace,
    Map<String, List<String>> ids,
    Set<String> away) {}
