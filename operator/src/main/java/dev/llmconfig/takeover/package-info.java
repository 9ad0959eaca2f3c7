/// Translates what other tools are configured with into objects of ours. Pure: text in, drafts out,
/// and a list of all that has no counterpart, so that nothing is lost in silence. It asks no
/// cluster and writes no file, and what is secret in the text is in no sentence of it.
@NullMarked
package dev.llmconfig.takeover;

import org.jspecify.annotations.NullMarked;
