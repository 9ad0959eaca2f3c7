@NullMarked
package dev.llmconfig.provider;

import org.jspecify.annotations.NullMarked;
