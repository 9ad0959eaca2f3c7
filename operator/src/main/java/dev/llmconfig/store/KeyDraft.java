package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// A key that is to be made.
///
/// @param name made from provider and display name where it is empty
/// @param spec the spec of an ApiKeyConfig, without the key
/// @param holding the usual place where it is empty
/// @param consent the Secret that it names is told to let its key go to the endpoint
public record KeyDraft(
    String namespace,
    Optional<String> name,
    ObjectNode spec,
    Optional<Holding> holding,
    boolean consent) {}
