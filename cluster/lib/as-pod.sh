#!/bin/sh
# Runs a program with the files and variables that it would find in a pod. To be called inside a mount namespace.
# as-pod.sh TOKEN-FILE CA-FILE NAMESPACE PORT PROGRAM ARGUMENTS...
set -eu
# Read first: the folder that is about to be covered may hold them.
token=$(cat "$1") ca=$(cat "$2") namespace=$3
export KUBERNETES_SERVICE_HOST=127.0.0.1 KUBERNETES_SERVICE_PORT="$4"
shift 4
mount -t tmpfs -o mode=0755 tmpfs "$(readlink -f /var/run)"
folder=/var/run/secrets/kubernetes.io/serviceaccount
mkdir -p "$folder"
printf '%s' "$token" >"$folder/token"
printf '%s\n' "$ca" >"$folder/ca.crt"
printf '%s' "$namespace" >"$folder/namespace"
exec "$@"
