/// Chats with models: one neutral stream in front of the dialects of all providers. It is told what
/// to use by a port, and knows neither who asks nor where the settings came from. May not import
/// Kubernetes, plan, reconcile, rest or sql.
@NullMarked
package dev.llmconfig.gateway;

import org.jspecify.annotations.NullMarked;
