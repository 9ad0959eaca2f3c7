# The sealed-secrets controller. It reads the configuration that a pod finds under /var/run/secrets and no other, so it
# gets a mount namespace of its own in which these files exist; nothing of it is visible outside.

# Prints the command that enters such a namespace: plain for root, through a user namespace for everybody else.
namespace_command() {
  local try
  for try in "unshare --mount" "unshare --user --map-root-user --mount"; do
    # shellcheck disable=SC2086 # words on purpose
    if $try sh -c 'mount -t tmpfs tmpfs "$(readlink -f /var/run)"' >/dev/null 2>&1; then
      echo "$try"
      return
    fi
  done
  return 1
}

sealed_secrets_forbidden="the sealed-secrets controller does not run, so SealedSecrets stay sealed; everything else works:\
 this system forbids the mount namespace that it needs. Allow unprivileged user namespaces\
 (sysctl kernel.apparmor_restrict_unprivileged_userns=0, or kernel.unprivileged_userns_clone=1 on older systems),\
 run as root, or silence this with --without-sealed-secrets"

run_sealed-secrets() {
  local enter token
  read -ra enter <<<"$(namespace_command)"
  token=$(kubectl create token sealed-secrets-controller --namespace kube-system --duration 87600h) \
    || fail "could not get a token for the sealed-secrets controller" "$(log_of kube-apiserver)"
  printf '%s' "$token" >"$plane/run/sealed-secrets.token"
  launch sealed-secrets "${enter[@]}" "$here/lib/as-pod.sh" \
    "$plane/run/sealed-secrets.token" "$certificates/ca.crt" kube-system "$(port_of kube-apiserver)" \
    "$(binary sealed-secrets-controller)" --update-status --kubeclient-qps 100 --kubeclient-burst 200 --key-size 2048 \
    --listen-addr "127.0.0.1:$(port_of sealed-secrets)" \
    --listen-metrics-addr "127.0.0.1:$(port_of sealed-secrets-metrics)"
}

# Its port opens before its key exists; kubeseal needs the key's certificate, which we put where it can be found.
sealed-secrets_ready() {
  local certificate
  certificate=$(kubectl get secrets --namespace kube-system -l sealedsecrets.bitnami.com/sealed-secrets-key=active \
    -o 'jsonpath={.items[0].data.tls\.crt}' 2>/dev/null) && [[ -n $certificate ]] || return 1
  base64 -d <<<"$certificate" >"$plane/sealed-secrets.crt"
  listens sealed-secrets
}
