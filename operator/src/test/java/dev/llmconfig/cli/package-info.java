@NullMarked
package dev.llmconfig.cli;

import org.jspecify.annotations.NullMarked;
