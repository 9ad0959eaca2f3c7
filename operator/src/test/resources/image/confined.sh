#!/usr/bin/env bash
# confined.sh ROOT UID TMP DATA ARGUMENT...: runs the program of an unpacked image as a container engine does: a root that
# cannot be written, two folders that can, a user that nobody knows, no variable but those of the image. Needs root.
set -euo pipefail
root=$1 user=$2 tmp=$3 data=$4
shift 4
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --bind "$tmp" "$root/tmp"
mount --bind "$data" "$root/data"
mount --bind /etc/resolv.conf "$root/etc/resolv.conf"
mount -o remount,bind,ro "$root"
# As the chart and the compose file start it.
options=/app/jvm.options
case ${1:-} in sidecar | standalone) options=/app/server.options ;; esac
exec env -i PATH=/jre/bin LANG=C.UTF-8 HOME=/tmp "$(PATH=$PATH:/usr/sbin:/sbin command -v chroot)" --userspec="$user:$user" "$root" \
  /jre/bin/java "@$options" "$@"
