/// Tests of the store where a file is the truth.
@NullMarked
package dev.llmconfig.store.local;

import org.jspecify.annotations.NullMarked;
