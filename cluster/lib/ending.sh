# Ending what runs, and finding what has lost its pid file.

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
