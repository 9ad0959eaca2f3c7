package dev.llmconfig.rest.shape;

import java.util.List;
import java.util.Map;

/// A hint for a page, and never a decision.
///
/// @param allowed verbs by resource
/// @param incomplete the API server does not know all of its own rules
public record Permissions(Map<String, List<String>> allowed, boolean incomplete) {}
