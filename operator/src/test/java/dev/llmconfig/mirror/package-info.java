@NullMarked
package dev.llmconfig.mirror;

import org.jspecify.annotations.NullMarked;
