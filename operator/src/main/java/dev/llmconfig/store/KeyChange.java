package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// What is to change of a key, besides the key itself.
///
/// @param spec a merge patch
/// @param holding where a new key goes from now on; empty to leave it where the old one is
/// @param consent the Secret that it names is told to let its key go to the endpoint
public record KeyChange(ObjectNode spec, Optional<Holding> holding, boolean consent) {}
