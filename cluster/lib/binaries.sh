# Which programs there are, where they are found, and how they are built. Versions are in tools/*/go.mod only.

tools=$here/tools
[[ -n ${XDG_CACHE_HOME:-}${HOME:-} ]] || fail "knows no place for its programs; set HOME or XDG_CACHE_HOME"
cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}/llm-config-operator
modules=(etcd kubernetes kwok sealed-secrets helm lua kube-score kubeconform)
node_modules=(programs containerd runc cni kubernetes-node coredns) # only for the real node
example_modules=(kstatus prometheus sops external-secrets actionlint) # only for the tests of examples/, alerts, health and workflows

# The programs of a module, as PROGRAM=PACKAGE.
programs() { # MODULE
  local k8s=k8s.io/kubernetes/cmd sealed=github.com/bitnami/sealed-secrets/cmd
  local containerd=github.com/containerd/containerd/v2/cmd cni=github.com/containernetworking/plugins/plugins
  case $1 in
    etcd) echo "etcd=go.etcd.io/etcd/server/v3" ;;
    kubernetes) printf '%s\n' kube-apiserver=$k8s/kube-apiserver kube-controller-manager=$k8s/kube-controller-manager \
      kube-scheduler=$k8s/kube-scheduler kubectl=$k8s/kubectl ;;
    kwok) echo "kwok=sigs.k8s.io/kwok/cmd/kwok" ;;
    sealed-secrets) printf '%s\n' sealed-secrets-controller=$sealed/controller kubeseal=$sealed/kubeseal ;;
    helm) echo "helm=helm.sh/helm/v4/cmd/helm" ;;
    lua) echo "glua=github.com/yuin/gopher-lua/cmd/glua" ;; # the engine of Argo CD's health checks
    kube-score) echo "kube-score=github.com/zegl/kube-score/cmd/kube-score" ;; # looks at what the chart renders
    kubeconform) echo "kubeconform=github.com/yannh/kubeconform/cmd/kubeconform" ;; # so does this, by the server's schemas
    programs) printf '%s\n' doorway=./doorway pause=./pause test-agent=./test-agent ;;
    containerd) printf '%s\n' containerd=$containerd/containerd ctr=$containerd/ctr \
      containerd-shim-runc-v2=$containerd/containerd-shim-runc-v2 ;;
    runc) echo "runc=github.com/opencontainers/runc" ;;
    cni) printf '%s\n' ptp=$cni/main/ptp loopback=$cni/main/loopback host-local=$cni/ipam/host-local ;;
    kubernetes-node) printf '%s\n' kubelet=$k8s/kubelet kube-proxy=$k8s/kube-proxy ;;
    kstatus) echo "kstatus=." ;; # what Flux and helm --wait go by
    coredns) echo "coredns=." ;;
    sops) printf '%s\n' sops=github.com/getsops/sops/v3/cmd/sops age-keygen=filippo.io/age/cmd/age-keygen ;;
    actionlint) echo "actionlint=github.com/rhysd/actionlint/cmd/actionlint" ;; # looks at .github/workflows
    prometheus) echo "promtool=github.com/prometheus/prometheus/cmd/promtool" ;;
    external-secrets) echo "external-secrets=github.com/external-secrets/external-secrets" ;;
  esac
}

# Where a module's go.mod is. All of Kubernetes is one source with one pin, of which most people need one half.
source_of() { echo "$tools/${1%-node}"; } # MODULE

pinned() { # MODULE PACKAGE-PATH; the version in its go.mod
  sed -nE "s#^(require)?[[:space:]]*$2 (v[^ ]+).*#\2#p" "$(source_of "$1")/go.mod"
}

# Clients look at these versions; without them a program calls itself v0.0.0.
linker_flags() { # MODULE
  local version set=k8s.io/component-base/version
  printf -- '-s -w'
  case $1 in
    kubernetes | kubernetes-node)
      version=$(pinned kubernetes k8s.io/kubernetes)
      printf -- ' -X %s.gitVersion=%s -X %s.gitMajor=1' "$set" "$version" "$set"
      version=${version#v1.}
      printf -- ' -X %s.gitMinor=%s' "$set" "${version%%.*}"
      ;;
    helm) printf -- ' -X helm.sh/helm/v4/internal/version.version=%s' "$(pinned helm helm.sh/helm/v4)" ;;
    sealed-secrets)
      version=$(pinned sealed-secrets github.com/bitnami/sealed-secrets)
      printf -- ' -X main.VERSION=%s' "${version#v}"
      ;;
  esac
}

# A folder per module and content of its pins, so that a bump of one rebuilds only that one.
module_folder() { # MODULE
  local hash
  hash=$({ source_texts "$1"; programs "$1"; linker_flags "$1"; uname -sm; } | sha256sum)
  echo "$cache/$1-${hash:0:16}"
}

source_texts() { # MODULE
  cat "$(source_of "$1")"/go.{mod,sum}
  find "$(source_of "$1")" -name '*.go' | sort | xargs -r -d '\n' cat
}

module_of() { # PROGRAM
  local module
  for module in "${modules[@]}" "${node_modules[@]}" "${example_modules[@]}"; do
    if programs "$module" | grep "^$1=" >/dev/null; then
      echo "$module"
      return
    fi
  done
}

# The links of the state folder first: looking a program up costs more than running it.
binary() { # PROGRAM
  if [[ -x $plane/bin/$1 ]]; then echo "$plane/bin/$1"; else find_binary "$1"; fi
}

find_binary() { # PROGRAM
  if [[ -n ${KUBE_BIN_DIR:-} && -x $KUBE_BIN_DIR/$1 ]]; then
    echo "$KUBE_BIN_DIR/$1"
  else
    echo "$(module_folder "$(module_of "$1")")/$1"
  fi
}

# What has to be built: a module of which a program is neither in KUBE_BIN_DIR nor in the cache.
missing_modules() { # MODULE...
  local module program
  for module in "$@"; do
    for program in $(programs "$module"); do
      if [[ ! -x $(find_binary "${program%%=*}") ]]; then
        echo "$module"
        break
      fi
    done
  done
}

# Chosen once per start: a changed cache or KUBE_BIN_DIR does not change what a running control plane uses.
link_binaries() { # FOLDER MODULE...
  local folder=$1 module program name
  mkdir -p "$folder"
  shift
  for module in "$@"; do
    for program in $(programs "$module"); do
      name=${program%%=*}
      ln -sfn "$(cd "$(dirname "$(find_binary "$name")")" && pwd)/$name" "$folder/$name"
    done
  done
}
