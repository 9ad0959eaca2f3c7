/// A provider of every dialect that answers what a test asks it to answer, badly where that is
/// wanted, and remembers what it saw. Used inside tests, and as a process of its own.
@NullMarked
package dev.llmconfig.provider.fake;

import org.jspecify.annotations.NullMarked;
