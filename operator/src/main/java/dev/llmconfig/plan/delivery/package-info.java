/// What is delivered to whom: which ModelConfig holds a workload, what each of its workloads gets,
/// the next step of a rollout as patches, and what the status says about all of it. Pure, like all
/// of `plan`: workloads in, patches and words out.
@NullMarked
package dev.llmconfig.plan.delivery;

import org.jspecify.annotations.NullMarked;
