@NullMarked
package dev.llmconfig.plan;

import org.jspecify.annotations.NullMarked;
