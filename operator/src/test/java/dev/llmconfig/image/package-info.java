/// The image that `bin/image` writes: what is in it, and that it runs as it will in a pod.
@NullMarked
package dev.llmconfig.image;

import org.jspecify.annotations.NullMarked;
