/// The words of the API: its enums, shared by the beans and by everything behind `Parsing`, so that
/// no enum exists twice. Imports nothing of ours.
@NullMarked
package dev.llmconfig.api;

import org.jspecify.annotations.NullMarked;
