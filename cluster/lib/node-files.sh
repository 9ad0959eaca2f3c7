# What the programs of the real node read, and the objects that stand for it in the API.

containerd_socket=/run/containerd/containerd.sock

write_node_files() {
  local folder=$node_folder/etc user file
  mkdir -p "$folder/cni"
  make_node_certificates
  cp "$certificates/ca.crt" "$folder/"
  for user in kubelet kube-proxy coredns; do
    write_kubeconfig "$user" 6443 # where the doorway is
    cp "$plane/kubeconfigs/$user" "$folder/$user.kubeconfig"
  done
  for file in containerd.toml kubelet.yaml kube-proxy.yaml Corefile; do
    fill_in <"$here/config/node/$file" >"$folder/$file"
  done
  fill_in <"$here/config/node/cni.conflist" >"$folder/cni/real-node.conflist"
  mkdir -p "$node_folder/objects"
  for file in "$here"/manifests/node/*.yaml; do fill_in <"$file" >"$node_folder/objects/${file##*/}"; done
  touch "$folder/resolv.conf" # pods ask the cluster's DNS only
}

fill_in() {
  sed "s/@network@/$(cat "$network_file")/; s/@cgroup@/$node_cgroup/; s/@snapshotter@/$(snapshotter)/"
}

# Where the state folder itself is on an overlay, as in a container, the kernel refuses another one upon it.
snapshotter() {
  if [[ $(stat --file-system --format %T "$node_folder") == overlayfs ]]; then echo native; else echo overlayfs; fi
}

# The server's certificate names the node's address, which is another one when the network had to change.
make_node_certificates() {
  local log address
  log=$(log_of certificates)
  address=$(node_address)
  {
    signed kubelet-server /CN=real-0 ec serverAuth "DNS:real-0,IP:$address"
    cp "$certificates"/kubelet-server.{crt,key} "$node_folder/etc/"
    if [[ ! -f $certificates/coredns.crt ]]; then
      signed kubelet /O=system:nodes/CN=system:node:real-0 ec clientAuth
      signed kube-proxy /CN=system:kube-proxy ec clientAuth
      signed coredns /CN=coredns ec clientAuth
    fi
  } >>"$log" 2>&1 || fail "openssl could not make the certificates of the real node" "$log"
}
