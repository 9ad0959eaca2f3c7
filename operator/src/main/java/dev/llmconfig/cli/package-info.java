/// The commands, and the wiring by hand of each process in one readable place. The only package
/// that reads the environment.
@NullMarked
package dev.llmconfig.cli;

import org.jspecify.annotations.NullMarked;
