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

# In an orderly way, then by force. Returns when they are gone, so that a port or a lock of theirs is free again.
end() { # NAME...
  local name pid pids=()
  for name in "$@"; do
    pid=$(pid_of "$name")
    if [[ -n $pid ]]; then pids+=("$pid"); fi
    rm -f "$plane/run/$name.pid"
  done
  end_pids TERM 5 "${pids[@]}"
  end_pids KILL 20 "${pids[@]}"
}

end_pids() { # SIGNAL SECONDS PID...
  local signal=$1 deadline=$((SECONDS + $2)) pid left=()
  shift 2
  for pid in "$@"; do
    if carries_our_mark "$pid"; then
      left+=("$pid=$(birth "$pid")")
      kill -s "$signal" "$pid" 2>/dev/null || true
      kill -s CONT "$pid" 2>/dev/null || true # a frozen process cannot obey
    fi
  done
  for pid in "${left[@]}"; do
    while [[ $(birth "${pid%=*}") == "${pid#*=}" ]] && ((SECONDS < deadline)); do sleep 0.05; done
  done
}

# Until init has collected the dead, a process list still shows them. Some inits of containers never do: one second.
await_burial() { # PID...
  local deadline=$((SECONDS + 2)) pid
  for pid in "$@"; do
    while [[ -e /proc/$pid ]] && ((SECONDS < deadline)); do sleep 0.05; done
  done
}

carries_our_mark() { # PID
  grep -qszF "LLMCONFIG_CLUSTER_MEMBER=$plane:" "/proc/$1/environ"
}

# When a process began; empty when it is gone. Its environment is no proof of life: it goes first.
birth() { # PID
  local line fields threads
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
  read -ra fields <<<"${line##*) }"
  threads=("/proc/$1/task/"*)
  if [[ ${fields[0]} != [ZX] ]] || ((${#threads[@]} > 1)); then echo "${fields[19]}"; fi
}

# PID NAME of each process of this state folder, with or without a pid file.
members() {
  local file pid name
  while read -r file; do
    pid=${file#/proc/} pid=${pid%/environ}
    name=$(tr '\0' '\n' 2>/dev/null <"$file" | sed -n 's/^LLMCONFIG_CLUSTER_MEMBER=.*://p') || continue
    if [[ -n $name ]]; then echo "$pid $name"; fi
  done < <(grep -lsz "^LLMCONFIG_CLUSTER_MEMBER=$(quoted "$plane"):" /proc/[0-9]*/environ || true)
}

# Writes the pid files that a start which was killed, or a person, has left out. Of two of a kind one has to go.
adopt_strays() {
  local pid name
  while read -r pid name; do
    if ! runs "$name"; then
      echo "$pid" >"$plane/run/$name.pid"
    elif [[ $(pid_of "$name") != "$pid" ]]; then
      end_pids KILL 20 "$pid"
    fi
  done < <(members)
}

end_strays() {
  local pid name
  while read -r pid name; do end_pids KILL 20 "$pid"; done < <(members)
}

quoted() { printf '%s' "$1" | sed 's/[][\.*^$]/\\&/g'; }
