/// Stories about agents, on a real control plane with the real operator: what an engineer does with
/// kubectl and helm, what the provider answers, and what becomes of the workloads.
@NullMarked
package dev.llmconfig.agents;

import org.jspecify.annotations.NullMarked;
