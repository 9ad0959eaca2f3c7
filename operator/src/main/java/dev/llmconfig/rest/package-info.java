/// The HTTP door: one table of routes makes the router and the OpenAPI document, and every route
/// says what it asks of the caller. Reads come from the mirror. May not import the Kubernetes
/// client, plan, reconcile or sql.
@NullMarked
package dev.llmconfig.rest;

import org.jspecify.annotations.NullMarked;
