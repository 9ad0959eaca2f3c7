@NullMarked
package dev.llmconfig.verify;

import org.jspecify.annotations.NullMarked;
