/// Holds the table of packages against the code.
@NullMarked
package dev.llmconfig.architecture;

import org.jspecify.annotations.NullMarked;
