# One real node beside the simulated ones. Its programs run in namespaces of their own (mounts, network, processes),
# whose first process is the component `node`: when that ends, for whatever reason, the kernel ends everything inside.

PATH=$PATH:/usr/sbin:/sbin # where ip and nft are, and where not every root looks
node_components=(node doorway containerd kubelet kube-proxy coredns)
node_folder=$plane/node
# The file says that a person wants the node; until `down` every `up` keeps it.
with_node=$plane/run/with-node

is_node_component() { [[ " ${node_components[*]} " == *" $1 "* ]]; } # NAME

# Each is one sentence before anything is built or started.
check_node_possible() {
  local remedy="; cluster/up without --with-node needs none of this"
  ((EUID == 0)) || fail "the real node needs root, because it makes namespaces, mounts and cgroups; run it with sudo$remedy"
  [[ $(awk '{ print $3 }' /proc/self/uid_map) == 4294967295 ]] \
    || fail "the real node needs the machine's root, and this is one of a user namespace only$remedy"
  needs ip iproute2
  needs setpriv util-linux
  needs pivot_root util-linux
  unshare --mount --net --pid --ipc --uts --fork true 2>/dev/null \
    || fail "the real node needs namespaces of its own, which this system forbids even to root; in a container, run it with\
 --privileged$remedy"
  [[ -r /dev/kmsg ]] || fail "the kubelet needs /dev/kmsg, which is not here; in a container, run it with --privileged$remedy"
  [[ -n $(hierarchies) ]] || fail "the real node needs cgroups, and none are mounted under /sys/fs/cgroup$remedy"
}

start_node() {
  local name
  link_binaries "$node_folder/bin" "${node_modules[@]}"
  if [[ $(nft_folder) == "$cache"/* ]]; then ln -sfn "$(nft_folder)/nft" "$node_folder/bin/nft"; fi
  runs node || start_holder
  write_node_files
  for name in doorway containerd; do
    runs "$name" || start "$name" 30
  done
  load_own_images
  apply_objects "$node_folder/objects"
  for name in kubelet kube-proxy coredns; do
    runs "$name" || "run_$name"
  done
  say "waiting until the real node is ready"
  for name in kubelet kube-proxy coredns; do confirm "$name"; done
}

# What is left of a node whose first process has been killed is of no use to the next one.
start_holder() {
  end_node
  mkdir -p "$node_folder"/{etc,root}
  rm -rf "$node_folder/complete" "$node_folder/kubelet"
  make_cgroups
  start node 20
  lay_cable
}

# Everything of the node at once, also what a crash has left. Its objects in the API server stay for the next `up`.
end_node() {
  local holder first=()
  holder=$(pid_of node)
  if [[ -n $holder ]]; then
    read -ra first < <(cat "/proc/$holder/task/$holder/children" 2>/dev/null) || true
    end_pids KILL 20 "$holder"
    await_end 20 "${first[@]}"
  fi
  end "${node_components[@]}"
  remove_cable
  remove_cgroups
}

# The first process is gone when all others of its namespace are.
await_end() { # SECONDS PID...
  local deadline=$((SECONDS + $1)) pid
  shift
  for pid in "$@"; do
    while [[ -e /proc/$pid ]] && ((SECONDS < deadline)); do sleep 0.05; done
  done
}

forget_node() {
  end_node
  if kube-apiserver_ready && [[ -d $node_folder/objects ]]; then
    (cd "$node_folder/objects" && kubectl delete --ignore-not-found -f .) >/dev/null || true
    kubectl delete --ignore-not-found node real-0 >/dev/null || true
  fi
  rm -rf "$with_node" "$node_folder" "$network_file"
}
