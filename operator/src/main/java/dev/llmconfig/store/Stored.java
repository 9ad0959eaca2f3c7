package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmconfig.domain.Ref;

/// An object as the store has it.
///
/// @param createdAt as the store wrote it
/// @param version what grows with every change of anything, such as a resourceVersion
public record Stored(
    Ref ref, String uid, long generation, String version, String createdAt, ObjectNode spec) {}
