/// What holds for every store, and what only one that writes custom resources can be asked.
@NullMarked
package dev.llmconfig.store;

import org.jspecify.annotations.NullMarked;
