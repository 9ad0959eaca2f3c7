/// Files of other tools and of people, read without a server.
@NullMarked
package dev.llmconfig.takeover;

import org.jspecify.annotations.NullMarked;
