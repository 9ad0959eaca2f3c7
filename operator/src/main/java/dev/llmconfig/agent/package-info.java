/// What an agent is told, and how: profiles (data, one YAML file each), and pure functions that
/// turn one profile and one set of settings into environment entries or files. A renamed variable
/// of a framework is a data fix here, not a release. May not import the Kubernetes client (its
/// model types are fine), a clock, or anything that talks to a network.
@NullMarked
package dev.llmconfig.agent;

import org.jspecify.annotations.NullMarked;
