# Client configurations with everything inside, so that a copy of one file is enough.

write_kubeconfigs() {
  local user
  for user in admin kube-controller-manager kube-scheduler kwok; do
    write_kubeconfig "$user" "$(port_of kube-apiserver)"
  done
}

write_kubeconfig() { # USER PORT
  local file=$plane/kubeconfigs/$1
  cat >"$file.new" <<YAML
apiVersion: v1
kind: Config
current-context: llmconfig-local
contexts:
- name: llmconfig-local
  context: {cluster: llmconfig-local, user: $1}
clusters:
- name: llmconfig-local
  cluster:
    server: https://127.0.0.1:$2
    certificate-authority-data: $(base64 -w0 <"$certificates/ca.crt")
users:
- name: $1
  user:
    client-certificate-data: $(base64 -w0 <"$certificates/$1.crt")
    client-key-data: $(base64 -w0 <"$certificates/$1.key")
YAML
  # Keeps what a person set in the admin's file (a current namespace) as long as the address is the same.
  if grep -qsxF "    server: https://127.0.0.1:$2" "$file"; then
    rm "$file.new"
  else
    mv "$file.new" "$file"
  fi
}

# As admin, without a trace in the caller's home.
kubectl() {
  KUBECTL_KUBERC=false "$(binary kubectl)" --kubeconfig "$plane/kubeconfigs/admin" --cache-dir "$plane/run/kubectl" \
    --request-timeout 10s "$@"
}
