# The programs of the real node: with which flags they run, and how we know that they are ready.

run_node() {
  launch node unshare --mount --net --pid --ipc --uts --fork --kill-child \
    env -i "PATH=$PATH" "$here/lib/node-init.sh" "$node_folder" "$node_folder/bin" "$(library_folder nftables)"
}

run_doorway() {
  launch doorway "$node_folder/bin/doorway" "/proc/$(pid_of node)/ns/net" :6443 "127.0.0.1:$(port_of kube-apiserver)"
}

run_containerd() { launch_inside containerd --config /node/etc/containerd.toml; }

run_kubelet() {
  launch_inside kubelet --config /node/etc/kubelet.yaml --kubeconfig /node/etc/kubelet.kubeconfig \
    --hostname-override real-0 --node-ip "$(node_address)" --node-labels type=real
}

run_kube-proxy() { launch_inside kube-proxy --config /node/etc/kube-proxy.yaml; }

run_coredns() { launch_inside coredns -conf /node/etc/Corefile; }

node_ready() { [[ -e $node_folder/complete ]]; }
doorway_ready() { answers 6443; }
containerd_ready() { inside 10 ctr --address "$containerd_socket" version >/dev/null 2>&1; }
# Ready, and open for pods: the node controller takes its taint away a moment later. All of this may be old news of a
# kubelet that is gone, so the one that runs is asked as well, through the API server and down to the containers.
kubelet_ready() {
  local found
  found=$(kubectl get node real-0 -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status} {.spec.taints[*].key}' \
    2>/dev/null) || return 1
  [[ $found == True* && $found != */not-ready* && $found != */unreachable* ]] \
    && kubectl get --raw /api/v1/nodes/real-0/proxy/runningpods/ >/dev/null 2>&1
}
# Its port opens before its first rule is written.
kube-proxy_ready() { inside 10 nft list map ip kube-proxy service-ips 2>/dev/null | grep -qF 10.96.0.10; }
coredns_ready() { [[ $(ask 8181 /ready) == *" 200 "* ]]; }

answers() { [[ -e $network_file ]] && (exec 3<>"/dev/tcp/$(node_address)/$1") 2>/dev/null; } # PORT
ask() { # PORT PATH; the first line of the answer
  answers "$1" && (
    exec 3<>"/dev/tcp/$(node_address)/$1"
    printf 'GET %s HTTP/1.0\r\n\r\n' "$2" >&3
    head -n 1 <&3
  ) 2>/dev/null
}
