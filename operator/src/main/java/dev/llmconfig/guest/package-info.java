/// Writing to workloads that others own, as a guest: who owns which field of one workload, and the
/// one strategic merge patch that gives it what it shall have or takes back what is ours. Pure:
/// workload in, judgement and patch out. May not import the Kubernetes client (its model types are
/// fine), anything that reads or writes, a clock, or the packages that decide what is delivered and
/// when.
@NullMarked
package dev.llmconfig.guest;

import org.jspecify.annotations.NullMarked;
