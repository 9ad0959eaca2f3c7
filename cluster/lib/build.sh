# Building what is missing, with Go's own check of every download against go.sum.

build_missing() { # MODULE...
  local missing module position=0
  if [[ -n ${KUBE_BIN_DIR:-} && ! -d $KUBE_BIN_DIR ]]; then
    fail "KUBE_BIN_DIR is $KUBE_BIN_DIR, and there is no such folder; correct it, or unset it to have the programs built"
  fi
  mapfile -t missing < <(missing_modules "$@")
  if ((${#missing[@]} == 0)); then return; fi
  needs flock util-linux
  umask 022 # programs are no secret, and KUBE_BIN_DIR may share them
  mkdir -p "$cache" 2>/dev/null || fail "cannot create $cache; set XDG_CACHE_HOME to a folder that you may write"
  exec 8<"$cache"
  if ! flock --nonblock 8; then
    say "waiting for a build that another checkout has started"
    flock 8
    mapfile -t missing < <(missing_modules "$@")
  fi
  # We hold the lock, so what lies here is from a build that was interrupted.
  rm -rf "$cache"/.building-*
  for module in "${missing[@]}"; do
    position=$((position + 1))
    build "$module" "$position of ${#missing[@]}"
  done
  exec 8<&-
  umask 077
}

build() { # MODULE POSITION
  local module=$1 folder began=$SECONDS status=0
  check_go "$module"
  folder=$(module_folder "$module")
  partial=$cache/.building-$module-$$ # a build that was killed may still be writing into its own
  mkdir "$partial"
  # A process group of its own, so that an interrupt can end the compiler together with all that it started.
  set -m
  compile "$module" "$partial" >"$partial/log" 2>&1 8<&- &
  building=$!
  set +m
  progress "$building" "building $module ($2)"
  wait "$building" || status=$?
  building=
  if ((status != 0)); then
    fail "could not build $module; the compiler's own words follow (a first build downloads its source and needs the network)" \
      "$partial/log"
  fi
  rm -rf "$partial"/{log,source,go.mod,go.sum} "$folder"
  mv "$partial" "$folder"
  say "built $module ($2) in $((SECONDS - began)) s"
}

compile() { # MODULE FOLDER
  local program
  # Nothing of the caller's Go settings but where to download from: same pins, same program, everywhere.
  export GOFLAGS=-mod=readonly GOWORK=off CGO_ENABLED=0
  unset GOOS GOARCH
  cd "$(source_of "$1")" || return
  if [[ $1 == runc ]]; then cgo_for_runc; fi
  # promtool replays rules for us; what finds targets in a dozen clouds would take most of its build.
  if [[ $1 == prometheus ]]; then GOFLAGS+=" -tags=remove_all_sd"; fi
  if [[ $1 == external-secrets ]]; then leave_out_providers "$2"; fi
  for program in $(programs "$1"); do
    # What debuggers need is stripped by the linker; not to make it at all saves a tenth of the compiler's time.
    go build -trimpath -buildvcs=false -gcflags=all=-dwarf=false \
      -ldflags "$(linker_flags "$1")" -o "$2/${program%%=*}" "${program#*=}"
  done
}

# External Secrets is one module with all its providers, which together take several times as long to build as everything
# else. So it is built from a copy whose two lists of them are ours; what is copied was checked against go.sum. The copy
# is also what `go mod tidy` needs in place of the module, or it asks for everything that any provider needs.
leave_out_providers() { # FOLDER
  local name=github.com/external-secrets/external-secrets from list
  from=$(go mod download -json "$name" | sed -nE 's/^[[:space:]]*"Dir": "(.*)",?$/\1/p')
  mkdir "$1/source" "$1/crds"
  cp -R "$from"/{go.mod,main.go,apis,cmd,pkg} "$1/source"
  cp "$from"/config/crds/bases/{external-secrets.io_{externalsecrets,secretstores},generators.external-secrets.io_generatorstates}.yaml \
    "$1/crds"
  chmod -R u+w "$1/source" "$1/crds"
  for list in provider generator; do cp "$list/register.go" "$1/source/pkg/$list/register/register.go"; done
  cp go.mod go.sum "$1"
  go mod edit -replace "$name=$1/source" "$1/go.mod"
  GOFLAGS+=" -modfile=$1/go.mod"
}

progress() { # PID WHAT; a running clock on a terminal, a line now and then elsewhere
  local began=$SECONDS elapsed
  while kill -0 "$1" 2>/dev/null; do
    sleep 1
    elapsed=$((SECONDS - began))
    if [[ -t 2 ]]; then
      printf '\rcluster: %s, %d s ' "$2" "$elapsed" >&2
    elif ((elapsed % 20 == 0)); then
      say "$2, $elapsed s"
    fi
  done
  if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
}

# Asked inside the module's folder, where Go (unless forbidden to) has already fetched the release that go.mod wants.
check_go() { # MODULE
  local wanted found=none
  wanted=$(sed -n 's/^go //p' "$(source_of "$1")/go.mod")
  if command -v go >/dev/null; then
    found=$(cd "$(source_of "$1")" && GOWORK=off GOFLAGS='' go env GOVERSION 2>/dev/null) || found="an older Go"
    found=${found#go}
  fi
  if [[ $found != [0-9]* || $(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1) != "$wanted" ]]; then
    fail "building $1 needs Go $wanted or later and found ${found}; install it from https://go.dev/dl and put it on the PATH,\
 or set KUBE_BIN_DIR to a folder that holds the programs"
  fi
}

stop_building() {
  if [[ -n ${building:-} ]]; then
    kill -- "-$building" 2>/dev/null || true
    wait "$building" 2>/dev/null || true
    rm -rf "$partial"
    building=
  fi
}
