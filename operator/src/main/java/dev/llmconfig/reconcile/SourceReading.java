package dev.llmconfig.reconcile;

import dev.llmconfig.plan.Resolution;
import dev.llmconfig.plan.SealedStep;

/// What came of reading a source, and what its reading asks to be done.
record SourceReading(Resolution resolution, SealedStep sealed) {}
