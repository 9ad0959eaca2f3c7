/// Holds the documents and examples against the product: what they show is run.
@NullMarked
package dev.llmconfig.documents;

import org.jspecify.annotations.NullMarked;
