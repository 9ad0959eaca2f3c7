#!/usr/bin/env bash
# The first process of the real node, in namespaces of its own: builds a file system in which the node's programs find
# everything at its usual place, however long the path of the state folder is, and then collects the dead.
# node-init.sh FOLDER PROGRAMS-FOLDER LIBRARY-FOLDER
set -euo pipefail
umask 022
folder=$1 programs=$2 libraries=$3
root=$folder/root

mount --make-rprivate /
mount -t tmpfs -o mode=0755 tmpfs "$root"
# The system's programs and settings. What it stores and what people keep there stays out of reach.
for entry in /*; do
  case $entry in
    /proc | /sys | /run | /tmp | /var | /home | /root | /mnt | /media | /srv | /boot | /lost+found) continue ;;
  esac
  if [[ -L $entry ]]; then
    cp --no-dereference "$entry" "$root/"
  elif [[ -d $entry ]]; then
    mkdir "$root$entry"
    mount --rbind "$entry" "$root$entry"
  fi
done
mount -o remount,bind,ro "$root/etc"

mkdir -p "$root"/{proc,sys,run,node,var/lib,var/log}
mkdir -m 1777 "$root"/{tmp,var/tmp}
ln -s /run "$root/var/run"
mkdir -p "$folder"/{containerd,kubelet,log} "$root"/var/lib/{containerd,kubelet}
mount --bind "$folder" "$root/node"
mount --bind "$folder/containerd" "$root/var/lib/containerd"
mount --bind "$folder/kubelet" "$root/var/lib/kubelet"
mount --bind "$folder/log" "$root/var/log"
mount -t sysfs sysfs "$root/sys" 2>/dev/null || mount --rbind /sys "$root/sys"
mountpoint -q "$root/sys/fs/cgroup" || mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mount -t proc proc "$root/proc"

# The kubelet insists on these values and would set them for the whole machine. It is shown that they are set already.
tunable() { # NAME VALUE
  local file=$root/run/tunables/${1//\//-}
  mkdir -p "$root/run/tunables"
  echo "$2" >"$file"
  mount --bind "$file" "$root/proc/sys/$1"
}
tunable vm/overcommit_memory 1
tunable vm/panic_on_oom 0
tunable kernel/panic 10
tunable kernel/panic_on_oops 1
tunable kernel/keys/root_maxkeys 1000000
tunable kernel/keys/root_maxbytes 25000000

# Folders and not single files: runc copies itself by an overlay, which sees no mount upon a file.
mkdir -p "$root/run/bin"
for program in "$programs"/*; do
  file=$(readlink -f "$program")
  folder_of_it=${file%/*}
  place=/run/programs/${folder_of_it//\//_}
  if [[ ! -d $root$place ]]; then
    mkdir -p "$root$place"
    mount --bind "$folder_of_it" "$root$place"
  fi
  ln -s "$place/${file##*/}" "$root/run/bin/${program##*/}"
done
if [[ -n $libraries ]]; then
  mkdir "$root/run/lib"
  mount --bind "$libraries" "$root/run/lib"
fi

cd "$root"
pivot_root . .
umount --lazy .
mount --make-rshared /
echo real-0 >/proc/sys/kernel/hostname
echo 1 >/proc/sys/net/ipv4/ip_forward
touch /node/complete
exec 1>&- 2>&-
while true; do
  sleep 3600 &
  wait
done
