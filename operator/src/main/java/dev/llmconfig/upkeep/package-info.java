/// What a person does with an installation now and then, from outside and with the person's own
/// rights: the key ring, a test, the end. It prints nothing and reads no arguments, and it neither
/// reconciles nor serves.
@NullMarked
package dev.llmconfig.upkeep;

import org.jspecify.annotations.NullMarked;
