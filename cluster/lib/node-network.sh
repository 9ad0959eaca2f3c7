# The real node's network: a namespace of its own, and one cable from it to the host. All that kube-proxy and the pods'
# plugin write is inside, so it is gone with the namespace; the host has an interface and a route, and nothing else.

# Named after the state folder, so that `down` finds it without any notes.
cable=llmc-$(printf '%s' "$plane" | sha256sum | head -c 8)
network_file=$plane/run/node-network # such as 10.244.7

# Host and node have the first two addresses; pods have the upper half.
node_address() { echo "$(cat "$network_file").2"; }

lay_cable() {
  local holder network
  holder=$(pid_of node)
  remove_cable
  ip link add "$cable" type veth peer name eth0 netns "$holder" \
    || fail "could not make a pair of virtual interfaces (veth), so the real node has no network; the kernel may lack them"
  ip link set "$cable" up
  while read -r network; do
    # The route is the claim: of two nodes that want the same network at the same moment the kernel lets one have it.
    if unused "$network" && ip route add "$network.0/24" dev "$cable" 2>/dev/null; then
      echo "$network" >"$network_file"
      ip address add "$network.1/32" dev "$cable"
      ip route replace "$network.0/24" via "$network.2" dev "$cable" onlink src "$network.1"
      configure_inside "$network"
      return
    fi
  done < <(networks)
  fail "found no free network for the real node: routes of this machine cover 10.244.0.0/16, 172.30.0.0/16 and 198.18.0.0/16"
}

configure_inside() { # NETWORK
  local sides=(nsenter --target "$(pid_of node)" --net ip)
  "${sides[@]}" link set lo up
  "${sides[@]}" address add "$1.2/32" dev eth0
  "${sides[@]}" link set eth0 up
  "${sides[@]}" route add "$1.1/32" dev eth0
  # A Service that kube-proxy has not heard of yet: silence lets the caller try again, as anywhere else.
  "${sides[@]}" route add blackhole 10.96.0.0/16
}

# The one that it had before comes first.
networks() {
  local prefix
  cat "$network_file" 2>/dev/null || true
  for prefix in 10.244 172.30 198.18; do
    seq -f "$prefix.%g" 0 255 | shuf
  done
}

# No route leads into it, and none but the default one covers it.
unused() { # NETWORK
  local covering
  [[ -z $(ip -4 route show table all root "$1.0/24") ]] || return 1
  covering=$(ip -4 route show table all match "$1.0/24" | grep -v '^default') || return 0
  [[ -z $covering ]]
}

# At once, where the kernel would take its time after the namespace has gone.
remove_cable() {
  if [[ -e /sys/class/net/$cable ]]; then ip link delete "$cable" 2>/dev/null || true; fi
}
