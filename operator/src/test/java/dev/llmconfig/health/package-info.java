@NullMarked
package dev.llmconfig.health;

import org.jspecify.annotations.NullMarked;
