@NullMarked
package dev.llmconfig.reconcile;

import org.jspecify.annotations.NullMarked;
