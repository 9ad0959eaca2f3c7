package dev.llmconfig.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// A model configuration that is to be made.
///
/// @param name made from the model where it is empty
/// @param spec the spec of a ModelConfig
public record ModelDraft(String namespace, Optional<String> name, ObjectNode spec) {}
