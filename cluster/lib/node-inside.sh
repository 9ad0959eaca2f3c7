# Running programs inside the real node.

# What we see is the process outside that waits for the one inside. When it dies the one inside is killed, and the other
# way round it ends with the same exit code. The mark stays outside: what a program of the node starts is not ours.
launch_inside() { # PROGRAM ARGUMENTS...
  local program=$1
  shift
  mapfile -t enter < <(enter_node)
  umask 022 # what they write is read by pods that run as somebody else
  launch "$program" "${enter[@]}" setpriv --pdeathsig KILL env -i "PATH=$inside_path" HOME=/root LD_LIBRARY_PATH=/run/lib \
    "$program" "$@"
  umask 077
}

inside_path=/run/bin:/usr/sbin:/usr/bin:/sbin:/bin

# The words of a command that goes inside, a line each.
enter_node() {
  local holder
  holder=$(pid_of node)
  printf '%s\n' nsenter --target "$holder" --mount --net --ipc --uts "--pid=/proc/$holder/ns/pid_for_children"
}

# For one command, such as ctr.
inside() { # SECONDS COMMAND...
  local limit=$1 enter
  shift
  mapfile -t enter < <(enter_node)
  timeout "$limit" "${enter[@]}" setpriv --pdeathsig KILL env -i "PATH=$inside_path" LD_LIBRARY_PATH=/run/lib "$@"
}
