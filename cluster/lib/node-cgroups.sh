# The real node's pods live below one cgroup of ours, in every hierarchy that this machine has.

node_cgroup=llmconfig-${cable#llmc-}

# Version 2 has one hierarchy for all controllers, version 1 one for each; many machines have both.
hierarchies() { awk '$(NF - 2) ~ /^cgroup2?$/ { print $5 }' /proc/self/mountinfo; }

make_cgroups() {
  local hierarchy
  while read -r hierarchy; do
    if [[ $hierarchy == /sys/fs/cgroup ]]; then hand_on_controllers "$hierarchy"; fi
    mkdir -p "$hierarchy/$node_cgroup" 2>/dev/null \
      || fail "cannot make a cgroup in $hierarchy, so there is no real node; in a container, run it with --privileged"
    weigh "$hierarchy/$node_cgroup"
  done < <(hierarchies)
}

# Without it all pods together get as much of a busy machine as each single process outside, and start minutes later.
weigh() { # CGROUP
  if [[ -e $1/cpu.shares ]]; then
    echo 8192 >"$1/cpu.shares" || true
  elif [[ -e $1/cpu.weight ]]; then
    echo 800 >"$1/cpu.weight" || true
  fi
}

# Version 2 alone: a cgroup has the controllers that its parent hands on.
hand_on_controllers() { # HIERARCHY
  local controller
  for controller in cpu cpuset memory pids hugetlb; do
    if grep -qw "$controller" "$1/cgroup.controllers" && ! grep -qw "$controller" "$1/cgroup.subtree_control"; then
      (echo "+$controller" >"$1/cgroup.subtree_control") 2>/dev/null \
        || fail "cannot hand the cgroup controller $controller on to pods, so there is no real node; in a container, give it\
 the cgroups of the host (docker run --privileged --cgroupns=host)"
    fi
  done
}

# Nothing is in them once the node has gone; it may take the kernel a moment to see that.
remove_cgroups() {
  local hierarchy deadline=$((SECONDS + 10))
  while read -r hierarchy; do
    while [[ -d $hierarchy/$node_cgroup ]] && ((SECONDS < deadline)); do
      find "$hierarchy/$node_cgroup" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.05
    done
  done < <(hierarchies)
}
