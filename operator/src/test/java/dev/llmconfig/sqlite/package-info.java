@NullMarked
package dev.llmconfig.sqlite;

import org.jspecify.annotations.NullMarked;
