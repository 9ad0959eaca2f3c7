# What runs, with which flags, and how we know that it is ready. In starting order.

components=(etcd kube-apiserver kube-controller-manager kube-scheduler kwok sealed-secrets "${node_components[@]}")

run_etcd() {
  local client peer
  client=https://127.0.0.1:$(port_of etcd)
  peer=https://127.0.0.1:$(port_of etcd-peer)
  launch etcd "$(binary etcd)" --name local --data-dir "$plane/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls "$client" --advertise-client-urls "$client" \
    --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "local=$peer" \
    --cert-file "$certificates/etcd.crt" --key-file "$certificates/etcd.key" \
    --trusted-ca-file "$certificates/etcd.crt" --client-cert-auth \
    --peer-cert-file "$certificates/etcd.crt" --peer-key-file "$certificates/etcd.key" \
    --peer-trusted-ca-file "$certificates/etcd.crt" --peer-client-cert-auth
}

# The audit log is written before the answer goes out (blocking), so that a test which has its answer can count it.
# No endpoint for the `kubernetes` Service: a loopback address is not a legal one, and nothing here would use it.
run_kube-apiserver() {
  write_kubeconfigs
  launch kube-apiserver "$(binary kube-apiserver)" \
    --bind-address 127.0.0.1 --secure-port "$(port_of kube-apiserver)" \
    --advertise-address 127.0.0.1 --endpoint-reconciler-type none --service-cluster-ip-range 10.96.0.0/16 \
    --etcd-servers "https://127.0.0.1:$(port_of etcd)" --etcd-cafile "$certificates/etcd.crt" \
    --etcd-certfile "$certificates/etcd.crt" --etcd-keyfile "$certificates/etcd.key" \
    --tls-cert-file "$certificates/apiserver.crt" --tls-private-key-file "$certificates/apiserver.key" \
    --client-ca-file "$certificates/ca.crt" --authorization-mode Node,RBAC \
    --service-account-issuer https://kubernetes.default.svc.cluster.local \
    --service-account-signing-key-file "$certificates/service-accounts.key" \
    --service-account-key-file "$certificates/service-accounts.pub" \
    --kubelet-client-certificate "$certificates/kubelet-client.crt" \
    --kubelet-client-key "$certificates/kubelet-client.key" --kubelet-certificate-authority "$certificates/ca.crt" \
    --kubelet-preferred-address-types InternalIP \
    --audit-policy-file "$here/config/audit-policy.yaml" --audit-log-path "$plane/logs/audit.log" \
    --audit-log-mode blocking --audit-log-maxsize 4000 --audit-log-maxbackup 1
}

# The client limits are those of a large cluster: the defaults would make tests wait, not the product.
run_kube-controller-manager() {
  launch kube-controller-manager "$(binary kube-controller-manager)" \
    --kubeconfig "$plane/kubeconfigs/kube-controller-manager" \
    --bind-address 127.0.0.1 --secure-port "$(port_of kube-controller-manager)" --cert-dir "" \
    --leader-elect=false --use-service-account-credentials=true --kube-api-qps 300 --kube-api-burst 600 \
    --service-account-private-key-file "$certificates/service-accounts.key" --root-ca-file "$certificates/ca.crt" \
    --cluster-signing-cert-file "$certificates/ca.crt" --cluster-signing-key-file "$certificates/ca.key"
}

run_kube-scheduler() {
  launch kube-scheduler "$(binary kube-scheduler)" --kubeconfig "$plane/kubeconfigs/kube-scheduler" \
    --bind-address 127.0.0.1 --secure-port "$(port_of kube-scheduler)" --cert-dir "" --leader-elect=false
}

# Leases: without them the node controller calls the simulated node, and every pod on it, not ready after 40 seconds.
# A killed kwok leaves its leases, and its successor would do nothing until they have run out; so they are taken away.
run_kwok() {
  kubectl delete leases --namespace kube-node-lease --all --wait=false >/dev/null 2>&1 || true
  launch kwok "$(binary kwok)" --kubeconfig "$plane/kubeconfigs/kwok" --config "$here/config/kwok-stages.yaml" \
    --enable-crds "" --manage-all-nodes=false \
    --manage-nodes-with-annotation-selector kwok.x-k8s.io/node=fake --node-lease-duration-seconds 40 \
    --server-address "127.0.0.1:$(port_of kwok)"
}

etcd_ready() { listens etcd; }
kube-apiserver_ready() { listens kube-apiserver && kubectl get --raw /readyz >/dev/null 2>&1; }
# A first account, and a ready node, prove that work is done: their ports open before that.
kube-controller-manager_ready() {
  listens kube-controller-manager && kubectl get serviceaccount default --namespace default >/dev/null 2>&1
}
kube-scheduler_ready() { listens kube-scheduler; }
kwok_ready() {
  kubectl get lease simulated-0 --namespace kube-node-lease >/dev/null 2>&1 || return 1
  [[ $(kubectl get node simulated-0 -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>/dev/null) == True ]]
}
