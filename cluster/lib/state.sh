# Where a control plane keeps its things. Everything we own is under control-plane/, so that `down` can remove
# exactly that, even when LLMCONFIG_CLUSTER_DIR points at a folder which holds other things.

state=${LLMCONFIG_CLUSTER_DIR:-$(dirname "$here")/.cluster}
[[ $state == /* ]] || state=$PWD/$state
plane=$state/control-plane
kubeconfig=$state/kubeconfig

# One command at a time: two `up` in one checkout would start everything twice. The lock is on the folder itself,
# so there is no lock file to leave behind; when `down` removed the folder meanwhile we lock its successor.
lock_state() {
  while true; do
    mkdir -p "$state" 2>/dev/null || fail "cannot create $state; set LLMCONFIG_CLUSTER_DIR to a folder that you may write"
    [[ -O $state ]] || fail "$state belongs to $(stat -c %U "$state") and not to you; set LLMCONFIG_CLUSTER_DIR to a folder of your own"
    exec 9<"$state"
    flock --wait 120 9 || fail "another cluster command has been busy with $state for two minutes; wait for it, or end it"
    if [[ $state -ef /proc/self/fd/9 ]]; then break; fi
  done
  if [[ -d $plane ]]; then adopt_strays; fi
}

make_state() {
  if [[ -e $kubeconfig && ! -L $kubeconfig ]]; then
    fail "$kubeconfig exists and was not made by cluster/up; move it away or set LLMCONFIG_CLUSTER_DIR to another folder"
  fi
  mkdir -p "$plane"/{bin,certificates,kubeconfigs,logs,run}
  ln -sfn control-plane/kubeconfigs/admin "$kubeconfig"
}

remove_state() {
  rm -rf "$plane"
  if [[ -L $kubeconfig ]]; then rm -f "$kubeconfig"; fi
  rmdir --ignore-fail-on-non-empty "$state"
}
