/// Chats with models: one neutral stream in front of the dialects of all providers. What is used
/// comes from the rows of the mirror; who asks, and whether they may, is somebody else's question.
/// May not import Kubernetes, plan, reconcile, rest or sql.
@NullMarked
package dev.llmconfig.gateway;

import org.jspecify.annotations.NullMarked;
