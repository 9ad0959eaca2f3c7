# Starting and ending processes. A process is ours when its environment carries our mark: a pid that was reused by
# somebody else never does, and what a killed `up` left behind without a pid file is still found.

mark() { echo "LLMCONFIG_CLUSTER_MEMBER=$plane:$1"; } # NAME

pid_of() { # NAME; empty when it does not run
  local pid
  pid=$(cat "$plane/run/$1.pid" 2>/dev/null) || return 0
  if is_ours "$pid" "$1"; then echo "$pid"; fi
}

is_ours() { # PID NAME
  [[ -n $1 ]] && grep -qsxzF "$(mark "$2")" "/proc/$1/environ"
}

runs() { [[ -n $(pid_of "$1") ]]; }

frozen() { # NAME
  local pid
  pid=$(pid_of "$1")
  [[ -n $pid ]] && grep -q '^State:[[:space:]]*T' "/proc/$pid/status" 2>/dev/null
}

wake_frozen() {
  local name
  for name in "${components[@]}"; do
    if frozen "$name"; then kill -s CONT "$(pid_of "$name")"; fi
  done
}

log_of() { echo "$plane/logs/$1.log"; }

# Detached from our terminal, standard streams and lock, so that neither Ctrl-C nor a pipe ties it to the caller.
# With an environment of its own: etcd and kwok take settings from variables that a person may have set for others.
launch() { # NAME COMMAND...
  local name=$1 pid tries=0
  shift
  env -i "PATH=$PATH" "HOME=$plane/run" "$(mark "$name")" setsid "$@" >>"$(log_of "$name")" 2>&1 </dev/null 9<&- &
  pid=$!
  disown "$pid"
  echo "$pid" >"$plane/run/$name.pid"
  started+=("$name")
  # Until it has replaced the shell it carries our environment, not its own.
  until is_ours "$pid" "$name" || ((++tries > 40)) || [[ ! -e /proc/$pid ]]; do sleep 0.05; done
}

# Waits for a check. Returns 1 as soon as the process is gone: waiting longer for it would only hide the reason.
await() { # SECONDS NAME CHECK...
  local deadline=$((SECONDS + $1)) name=$2
  shift 2
  until "$@"; do
    runs "$name" || return 1
    if ((SECONDS >= deadline)); then
      fail "$name is not ready after its time limit, so the control plane cannot be used; if the machine is just busy try cluster/up again" "$(log_of "$name")"
    fi
    sleep 0.1
  done
  runs "$name" # and it was not somebody else who answered
}
