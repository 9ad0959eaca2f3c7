# Starting components, and undoing a start that failed or was interrupted.

started=() # what this run has launched

start() { # NAME SECONDS
  local name=$1 attempt before
  for attempt in 1 2 3; do
    before=$(stat -c %s "$(log_of "$name")" 2>/dev/null || echo 0)
    "run_$name"
    if await "$2" "$name" "${name}_ready"; then return; fi
    # Between choosing a port and opening it another program may have taken it: only that is worth another try.
    tail -c "+$((before + 1))" "$(log_of "$name")" | grep 'address already in use' >/dev/null || break
    forget_ports "$name"
  done
  fail "$name ended right after its start, so the control plane cannot be used" "$(log_of "$name")"
}

start_missing() {
  local name
  make_state
  link_binaries "$plane/bin" "${modules[@]}"
  make_certificates
  runs etcd || start_etcd
  if wanted node && runs kube-apiserver && ! knows_kubelets; then end kube-apiserver; fi
  runs kube-apiserver || start_apiserver
  await 60 kube-apiserver kube-apiserver_ready || fail "the API server ended" "$(log_of kube-apiserver)"
  apply_manifests
  # All four at once; each is then waited for.
  for name in kube-controller-manager kube-scheduler kwok sealed-secrets; do
    if wanted "$name" && ! runs "$name"; then "run_$name"; fi
  done
  for name in kube-controller-manager kube-scheduler kwok sealed-secrets; do
    if wanted "$name"; then confirm "$name"; fi
  done
  if wanted node; then start_node; fi
}

# One that an older version of these scripts has started does not.
knows_kubelets() { grep -qz -- --kubelet-client-certificate "/proc/$(pid_of kube-apiserver)/cmdline"; }

# Their clients read an address once. Where a server could not have its old port back they have to start again.
start_apiserver() {
  local port
  port=$(port_of kube-apiserver)
  start kube-apiserver 60
  if [[ $(port_of kube-apiserver) != "$port" ]]; then
    end doorway sealed-secrets kwok kube-scheduler kube-controller-manager
  fi
}

start_etcd() {
  local port
  port=$(port_of etcd)
  if [[ -d $plane/etcd ]]; then continue_etcd; else start etcd 60; fi
  if [[ $(port_of etcd) != "$port" ]]; then end kube-apiserver; fi
}

confirm() { # NAME; launched already, started again only when it lost its port
  await 60 "$1" "${1}_ready" || { forget_ports "$1" && start "$1" 60; }
}

# Data that was written without fsync may not survive a power cut. It is a test cluster: start over and say so.
continue_etcd() {
  started+=(etcd)
  (start etcd 60) && return
  if runs etcd; then exit 1; fi # slow, which is no damage
  say "the stored objects cannot be read any more, probably after a crash of the machine; starting with an empty cluster"
  rm -rf "$plane/etcd"
  start etcd 60
}

apply_manifests() { apply_objects "$here/manifests"; }

# More than once: the API server is ready a moment before it has made the namespace kube-system.
# From inside the folder: kubectl takes a path with a comma for two.
apply_objects() { # FOLDER
  local deadline=$((SECONDS + 20))
  until (cd "$1" && kubectl apply --server-side --force-conflicts --field-manager cluster-up -f .) \
    >"$(log_of manifests)" 2>&1; do
    ((SECONDS < deadline)) || fail "could not create the objects that the components need" "$(log_of manifests)"
    sleep 0.2
  done
}

# The file says why the controller is left out: the system has forbidden it, or a person did not want it.
without_sealed_secrets=$plane/run/without-sealed-secrets

wanted() { # NAME
  case $1 in
    sealed-secrets) [[ ! -e $without_sealed_secrets ]] ;;
    *) ! is_node_component "$1" || [[ -e $with_node ]] ;;
  esac
}

choose_sealed_secrets() { # yes|no; prints a warning where a wish cannot be met
  if runs sealed-secrets; then return; fi
  rm -f "$without_sealed_secrets"
  if [[ $1 == no ]]; then
    echo unwanted >"$without_sealed_secrets"
  elif ! namespace_command >/dev/null; then
    echo forbidden >"$without_sealed_secrets"
    say "warning: $sealed_secrets_forbidden"
  fi
}

everything_ready() {
  local name
  for name in "${components[@]}"; do
    if wanted "$name"; then runs "$name" && ! frozen "$name" || return 1; fi
  done
  kube-apiserver_ready && { ! wanted node || kubelet_ready; }
}

# On any exit that is not a success. Logs stay for reading unless the start was interrupted.
undo_start() {
  local status=$? name
  trap - EXIT INT TERM HUP
  stop_building
  if ((status != 0)); then
    if [[ -n ${node_is_new:-} ]]; then
      end_node
      rm -f "$with_node"
    fi
    for name in "${started[@]}"; do end_pids KILL 20 "$(pid_of "$name")"; done
  fi
  if ((status > 128)); then
    if [[ -n ${fresh:-} && -d $state ]]; then remove_state; fi
    say "interrupted; what it had started has been ended"
  fi
  exit "$status"
}
