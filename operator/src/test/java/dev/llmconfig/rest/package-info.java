/// The API over a real socket, with rows in a real file and a review that is played.
@NullMarked
package dev.llmconfig.rest;

import org.jspecify.annotations.NullMarked;
