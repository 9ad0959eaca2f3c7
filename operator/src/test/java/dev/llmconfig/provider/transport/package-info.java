@NullMarked
package dev.llmconfig.provider.transport;

import org.jspecify.annotations.NullMarked;
