/// Facts about models: limits, prices, capabilities, retirement, and what a model takes of the
/// parameters that it is asked for. May import neither the Kubernetes client nor Vert.x; the clock
/// comes in as a value.
///
/// What a provider lists comes in as the `Models` of package `provider` (`ListReading`,
/// `ListedFacts`), what an object declares as `DeclaredModel`s; `Catalogue.describe` merges both
/// with the packed file. The catalogue tells about models and never makes one exist.
///
/// The types of the parameters and of what became of them are in `domain`, so that `agent` and
/// `plan` can be tested without any catalogue; the mapping itself is here, in `ParameterMapping`,
/// because all it decides by is facts about models. It is pure, and all who need it (`plan`,
/// `gateway`, `rest`, `cli`) may import this package.
@NullMarked
package dev.llmconfig.catalogue;

import org.jspecify.annotations.NullMarked;
