package dev.llmconfig.plan;

import dev.llmconfig.api.VerdictKind;
import dev.llmconfig.catalogue.KeptList;
import java.time.Instant;

/// What a provider said last of its models, to this process and for the key in question.
///
/// @param forItself whether it was asked for the list and nothing else
public record FreshList(KeptList list, VerdictKind kind, Instant at, boolean forItself) {}
