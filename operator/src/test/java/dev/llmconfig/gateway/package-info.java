@NullMarked
package dev.llmconfig.gateway;

import org.jspecify.annotations.NullMarked;
