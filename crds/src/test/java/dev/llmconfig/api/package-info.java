@NullMarked
package dev.llmconfig.api;

import org.jspecify.annotations.NullMarked;
