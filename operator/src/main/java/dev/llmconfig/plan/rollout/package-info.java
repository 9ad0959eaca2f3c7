/// How new settings get to the agents, one step at a time: who starts, who is judged, who is put
/// back. Pure, like all of `plan`: what is remembered between two steps stands on the workloads, in
/// the status, or in what the step before handed over.
@NullMarked
package dev.llmconfig.plan.rollout;

import org.jspecify.annotations.NullMarked;
