# Free ports, remembered in the state folder so that a restarted component comes back where its clients look.

# Below the range from which the kernel takes ports for outgoing connections: those would collide at random.
lowest_port=20000
highest_port=29999

port_of() { # NAME
  local port
  port=$(sed -n "s/^$1=//p" "$plane/ports" 2>/dev/null)
  if [[ -z $port ]]; then
    port=$(free_port)
    printf '%s=%s\n' "$1" "$port" >>"$plane/ports"
  fi
  echo "$port"
}

forget_ports() { # PREFIX; all ports of a component, when another program took one of them first
  if [[ -f $plane/ports ]]; then sed -i "/^$1/d" "$plane/ports"; fi
}

free_port() {
  local port
  while true; do
    port=$((lowest_port + (RANDOM * 32768 + RANDOM) % (highest_port - lowest_port + 1)))
    if ! in_use "$port" && ! grep -q "=$port\$" "$plane/ports" 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

# Any socket on the port, listening or not, on any address.
in_use() { # PORT
  [[ -n $(sockets "$1") ]]
}

# An answer from the port is no proof: it may be another program's, which has taken the port before ours could.
listens() { # NAME [PORT-NAME]
  local pid inode state
  pid=$(pid_of "$1")
  [[ -n $pid ]] || return 1
  while read -r inode state; do
    if [[ $state == 0A && -n $(find "/proc/$pid/fd" -lname "socket:\\[$inode\\]" 2>/dev/null) ]]; then return 0; fi
  done < <(sockets "$(port_of "${2:-$1}")")
  return 1
}

sockets() { # PORT; inode and state of each, as the kernel writes them
  local suffix
  printf -v suffix ':%04X' "$1"
  # The second file is absent where IPv6 is off.
  awk -v suffix="$suffix\$" '$2 ~ suffix { print $10, $4 }' < <(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null)
}
